import type { CarrierReport } from '../../domain/carrier-inbound';
import type { CarrierNotice } from '../../domain/carrier-message';
import type { CarrierMessageId, Instant, SerialNumber } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import type { PostOverHttp } from '../../platform/http-client';
import { beginningOf } from '../../platform/visible-text';
import { signBody, signWebhook } from '../../platform/webhook-signing';
import { dialects } from './dialects';
import type { CarrierConfig } from './settings';

/** A message of ours, ready to be sent. */
export type Sendable = {
  readonly id: CarrierMessageId;
  readonly seqnum: SerialNumber;
  readonly notice: CarrierNotice;
  readonly queuedAt: Instant;
  readonly traceparent: string | undefined;
  readonly email: string | undefined;
};

/** The result of one attempt. `reason`: a short text for operators. `answer`: the body with the reports. */
export type TryResult =
  | { readonly kind: 'acked'; readonly reports: readonly CarrierReport[]; readonly answer: string }
  | { readonly kind: 'refused' | 'unclear'; readonly reason: string };

export type ClientDeps = {
  readonly post: PostOverHttp;
  readonly clock: Clock;
  readonly tryTimeoutMs: number;
  readonly signal: AbortSignal;
};

const REASON_MAX = 300;

const signatures = (
  { dialect, secrets }: CarrierConfig,
  id: string,
  body: Uint8Array,
  now: Instant,
): Record<string, string> => {
  const [secret] = secrets;
  if (secret === undefined) return {};
  if (dialect === 'signed') return { ...signWebhook(id, body, secrets, now) };
  return dialect === 'enveloped' ? { 'X-Amazon-Signature': signBody(body, secret) } : {};
};

/** Sends a message to a carrier once. A failure is returned as the reason of a missing acknowledgement. */
export const tryToSend = async (
  { post, clock, tryTimeoutMs, signal }: ClientDeps,
  carrier: CarrierConfig,
  message: Sendable,
): Promise<TryResult> => {
  const dialect = dialects[carrier.dialect];
  const now = clock.now();
  const outbound = dialect.write(message.notice, { ...message, messageId: message.id, now });
  // The dialect has no such message.
  if (outbound === undefined) return { kind: 'acked', reports: [], answer: '' };
  const body = Buffer.from(JSON.stringify(outbound.body));
  const { dialect: name } = carrier;
  const headers = {
    'content-type': name === 'signed' ? 'application/cloudevents+json' : 'application/json',
    ...(message.traceparent === undefined ? {} : { traceparent: message.traceparent }),
    ...signatures(carrier, message.id, body, now),
  };
  const url = `${carrier.baseUrl.replace(/\/$/, '')}${carrier.prefix}${outbound.path}`;
  try {
    const answer = await post({ url, headers, body, timeoutMs: tryTimeoutMs, signal });
    const verdict = dialect.judge(answer, message);
    if (verdict.kind === 'acked')
      return { kind: 'acked', reports: verdict.reports ?? [], answer: answer.body };
    return { kind: verdict.kind, reason: beginningOf(`HTTP ${answer.status}: ${answer.body}`, REASON_MAX) };
  } catch (error) {
    return {
      kind: 'unclear',
      reason: beginningOf(error instanceof Error ? error.message : String(error), REASON_MAX),
    };
  }
};
