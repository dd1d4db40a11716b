import { createTransport } from 'nodemailer';
import type { Channel, Delivery, Sender } from './channel';
import { messageOf } from './message';

export type SmtpSettings = Sender & {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the start. */
  readonly url: string;
  readonly timeouts?: Partial<SmtpTimeouts>;
};

/** In milliseconds. */
export type SmtpTimeouts = {
  /** The longest time until the connection can be used, with the greeting. */
  readonly connect: number;
  readonly greeting: number;
  /** The longest silence of the server. */
  readonly socket: number;
};

// Servers hold back their greeting against spam, Postfix for 6 s, and look into a message before they take it. Who gives up then
// sends it twice. Another channel may wait for the outcome, so there is no more time than that.
const timeoutDefaults: SmtpTimeouts = { connect: 15_000, greeting: 10_000, socket: 30_000 };
const CONNECTIONS_MAX = 4;

type SmtpError = Error & { readonly code?: string; readonly responseCode?: number };

const failureOf = (error: SmtpError): Delivery => ({
  kind: 'failed',
  reason: error.message,
  // 5xx is the server's last word on a message (RFC 5321). Wrong credentials are the operator's to correct.
  isPermanent: (error.responseCode ?? 0) >= 500 && error.code !== 'EAUTH',
});

/** Sends e-mails to an SMTP server, over a few connections that stay open. */
export const smtpChannel = ({ url, from, timeouts }: SmtpSettings): Channel => {
  const { connect, greeting, socket } = { ...timeoutDefaults, ...timeouts };
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    connectionTimeout: connect,
    greetingTimeout: greeting,
    socketTimeout: socket,
  });
  return {
    name: 'smtp',
    send: async (mail) => {
      try {
        const { messageId } = await transport.sendMail(messageOf(mail, from));
        return { kind: 'sent', messageId };
      } catch (error) {
        return failureOf(error as SmtpError);
      }
    },
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
};
