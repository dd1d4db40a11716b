import { z } from 'zod';
import type { Clock } from '../../platform/clock';
import type { PostOverHttp } from '../../platform/http-client';
import { createBuckets } from '../../platform/rate-limit';
import type { Channel, Delivery, Message } from './channel';

export type WeComSettings = {
  /** The webhook of a group's bot. Its `key` is the only credential, so the whole is a secret. */
  readonly url: string;
  readonly post: PostOverHttp;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const MINUTE_MS = 60_000;
const TEXT_BYTES_MAX = 2_048;

// A bot may send 20 messages in any minute: 5 at once and 15 that are refilled.
const rate = { perSecond: 0.25, burst: 5, clientsMax: 1 };
const BOT = 'bot';

const TOO_FREQUENT = 45_009;
/** The key is invalid; the type, a parameter or the content of the message is wrong. */
const permanent: ReadonlySet<number> = new Set([93_000, 40_008, 40_058, 44_004]);

const answerSchema = z.object({ errcode: z.int(), errmsg: z.string().default('') });

/** Returns as much of a text as the bot takes, without half a character at its end. */
const cut = (text: string): string => {
  const bytes = Buffer.from(text);
  return bytes.length <= TEXT_BYTES_MAX
    ? text
    : bytes
        .subarray(0, TEXT_BYTES_MAX)
        .toString()
        .replace(/\uFFFD+$/, '');
};

/** Plain text, because a mark or a mention in words of strangers has no effect there. */
const bodyOf = ({ subject, text }: Message): Buffer =>
  Buffer.from(JSON.stringify({ msgtype: 'text', text: { content: cut(`${subject}\n\n${text}`.trim()) } }));

const failed = (reason: string, more: Partial<Extract<Delivery, { kind: 'failed' }>> = {}): Delivery => ({
  kind: 'failed',
  reason,
  isPermanent: false,
  ...more,
});

const deliveryOf = (status: number, body: string, id: string): Delivery => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return failed(`${status} without JSON`);
  }
  const { data } = answerSchema.safeParse(parsed);
  if (status !== 200 || data === undefined) return failed(`${status} without an errcode`);
  const { errcode, errmsg } = data;
  // The bot gives no id, and knows no repeat.
  if (errcode === 0) return { kind: 'sent', messageId: id };
  return failed(`${errcode} ${errmsg}`, {
    isPermanent: permanent.has(errcode),
    retryAfterMs: errcode === TOO_FREQUENT ? MINUTE_MS : undefined,
  });
};

/** Sends text into a WeCom group by the webhook of its bot, never faster than the bot may. */
export const weComChannel = ({ url, post, clock, timeoutMs = TIMEOUT_MS }: WeComSettings): Channel => {
  const buckets = createBuckets(rate, clock);
  const key = new URL(url).searchParams.get('key') ?? '';
  const withoutKey = (text: string): string => (key === '' ? text : text.replaceAll(key, '…'));
  return {
    name: 'wecom',
    send: async (message) => {
      const waitMs = buckets.take(BOT);
      if (waitMs > 0)
        return failed('more messages than a bot may send in a minute', { retryAfterMs: waitMs });
      try {
        const headers = { 'content-type': 'application/json' };
        const { status, body } = await post({ url, headers, body: bodyOf(message), timeoutMs });
        const delivery = deliveryOf(status, body, message.id);
        return delivery.kind === 'failed' ? { ...delivery, reason: withoutKey(delivery.reason) } : delivery;
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error));
      }
    },
    close: () => Promise.resolve(),
  };
};
