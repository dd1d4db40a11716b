import { z } from 'zod';
import type { Clock } from '../../platform/clock';
import type { PostOverHttp } from '../../platform/http-client';
import { signWebhook } from '../../platform/webhook-signing';
import type { Channel, Delivery } from './channel';

export type SmsSettings = {
  /** The address of the gateway. */
  readonly url: string;
  /** The secret that is shared with the gateway: it is sent as a bearer token, and signs the body. */
  readonly token: string;
  /** The sender that the telephone shows. */
  readonly from: string;
  readonly post: PostOverHttp;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const RETRY_AFTER_SECONDS_MAX = 3_600;

const TOO_MANY_REQUESTS = 429;
/** The gateway's last word on a message. Every other refusal is about the settings or the gateway, and may pass. */
const refusesMessage: ReadonlySet<number> = new Set([400, 422]);

// A field of another form must not hide the others.
const answerSchema = z.object({
  id: z.string().max(200).optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  retryAfterSeconds: z
    .number()
    .positive()
    .transform((seconds) => Math.min(seconds, RETRY_AFTER_SECONDS_MAX))
    .optional()
    .catch(undefined),
});

const answerOf = (body: string): Partial<z.output<typeof answerSchema>> => {
  try {
    return answerSchema.safeParse(JSON.parse(body)).data ?? {};
  } catch {
    return {};
  }
};

const deliveryOf = (status: number, body: string, id: string): Delivery => {
  const answer = answerOf(body);
  if (status >= 200 && status < 300) return { kind: 'sent', messageId: answer.id ?? id };
  const words = [answer.code, answer.message].filter((word) => word !== undefined).join(' ');
  return {
    kind: 'failed',
    reason: `${status} ${words}`.trim(),
    isPermanent: refusesMessage.has(status),
    retryAfterMs:
      status === TOO_MANY_REQUESTS && answer.retryAfterSeconds !== undefined
        ? answer.retryAfterSeconds * 1_000
        : undefined,
  };
};

/**
 * Sends short messages by a gateway over HTTP: `{id, from, to, text}` as JSON, with a bearer token and the signature of Standard
 * Webhooks, whose id is the same for each attempt (how-to: send notifications).
 */
export const smsChannel = ({
  url,
  token,
  from,
  post,
  clock,
  timeoutMs = TIMEOUT_MS,
}: SmsSettings): Channel => ({
  name: 'sms',
  send: async ({ id, to, brief }) => {
    const body = Buffer.from(JSON.stringify({ id, from, to: to.address, text: brief }));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Waybill-Notifications',
      authorization: `Bearer ${token}`,
      ...signWebhook(id, body, [token], clock.now()),
    };
    try {
      const answer = await post({ url, headers, body, timeoutMs });
      const delivery = deliveryOf(answer.status, answer.body, id);
      return delivery.kind === 'failed'
        ? { ...delivery, reason: delivery.reason.replaceAll(token, '…') }
        : delivery;
    } catch (error) {
      // Faults of the client name no path and no query.
      return {
        kind: 'failed',
        reason: error instanceof Error ? error.message : String(error),
        isPermanent: false,
      };
    }
  },
  close: () => Promise.resolve(),
});
