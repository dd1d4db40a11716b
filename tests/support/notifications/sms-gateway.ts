import { realClock } from '../../../platform/clock';
import { verifyWebhook } from '../../../platform/webhook-signing';
import { HttpReceiver, type Answered } from './http-receiver';

export type ReceivedSms = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
};

/** A simulated SMS gateway. It takes what has its token and a valid signature, and knows a repeat by its id. */
export class SmsGateway {
  /** Each short message once. */
  readonly messages = new Map<string, ReceivedSms>();
  /** The answer to each request, in place of the usual one. */
  script: Answered | undefined;
  requests = 0;
  private receiver!: HttpReceiver;

  private constructor(readonly token: string) {}

  static async start(token: string): Promise<SmsGateway> {
    const gateway = new SmsGateway(token);
    gateway.receiver = await HttpReceiver.start(({ headers, body }) => {
      gateway.requests += 1;
      if (gateway.script !== undefined) return gateway.script;
      if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: '{"code":"TOKEN"}' };
      const signed = {
        'webhook-id': headers['webhook-id'] as string,
        'webhook-timestamp': headers['webhook-timestamp'] as string,
        'webhook-signature': headers['webhook-signature'] as string,
      };
      const verified = verifyWebhook(signed, body, [token], realClock.now());
      if (!verified.ok)
        return { status: 401, body: JSON.stringify({ code: 'SIGNATURE', message: verified.why }) };
      const sms = JSON.parse(body.toString()) as ReceivedSms;
      if (verified.messageId !== sms.id) return { status: 400, body: '{"code":"ID"}' };
      gateway.messages.set(sms.id, sms);
      return { status: 202, body: JSON.stringify({ id: `sms-${sms.id}` }) };
    });
    return gateway;
  }

  get url(): string {
    return `${this.receiver.url}/v1/messages`;
  }

  stop(): Promise<void> {
    return this.receiver.stop();
  }
}
