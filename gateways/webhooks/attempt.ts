import { secretsInForce } from '../../commands/webhook';
import type { Instant } from '../../domain/kernel';
import type { WebhookEndpoint } from '../../domain/webhook-endpoints';
import type { Random } from '../../platform/clock';
import type { PostOverHttp } from '../../platform/http-client';
import { withSpan } from '../../platform/telemetry';
import { beginningOf } from '../../platform/visible-text';
import { signWebhook } from '../../platform/webhook-signing';
import type { WebhookAttempt, WebhookDelivery } from './deliveries';
import type { WebhookLimits } from './limits';
import type { Messages } from './messages';
import { dataFor, type RecipientDeps } from './recipients';

export type AttemptDeps = RecipientDeps & {
  readonly random: Random;
  readonly messages: Messages;
  readonly post: PostOverHttp;
  readonly limits: WebhookLimits;
  readonly signal: AbortSignal;
};

const DETAIL_LENGTH_MAX = 300;

/** Returns the body of the message, as Standard Webhooks recommend it, and its trace context; or why there is none. */
const messageOf = async (
  delivery: WebhookDelivery,
  deps: AttemptDeps,
): Promise<{ readonly body: Buffer; readonly traceparent: string | undefined } | string> => {
  const message = await deps.messages.ofDelivery(delivery);
  if (message === undefined) return 'the store does not have the event any more';
  const { type, time: timestamp, traceparent } = message.event;
  const data = await dataFor(message, delivery.ownerId, deps);
  const body = Buffer.from(JSON.stringify({ type, timestamp, data }));
  const { bodyBytesMax } = deps.limits;
  return body.length > bodyBytesMax
    ? `the message has more than ${bodyBytesMax} bytes`
    : { body, traceparent };
};

/** An attempt. `isPosted`: false if there was nothing to post, which says nothing about the endpoint. */
export type Attempted = { readonly attempt: WebhookAttempt; readonly isPosted: boolean };

/** Posts a delivery once, signed with the secrets in force. Never throws for a failure of the endpoint. */
export const attempt = async (
  delivery: WebhookDelivery,
  endpoint: WebhookEndpoint,
  deps: AttemptDeps,
): Promise<Attempted> => {
  const { clock, post, limits, signal } = deps;
  const at: Instant = clock.now();
  const startedMs = clock.monotonicMs();
  const outcome = (httpStatus: number | null, detail: string, isPosted = true): Attempted => {
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    return {
      attempt: { at, durationMs, httpStatus, detail: beginningOf(detail, DETAIL_LENGTH_MAX) },
      isPosted,
    };
  };
  const message = await messageOf(delivery, deps);
  if (typeof message === 'string') return outcome(null, message, false);
  const { body, traceparent } = message;
  const secrets = await secretsInForce(deps, delivery.endpointId, endpoint, at);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Waybill-Webhooks',
    ...(traceparent === undefined ? {} : { traceparent }),
    ...signWebhook(delivery.eventId, body, secrets, at),
  };
  const attributes = { 'waybill.webhook_endpoint': delivery.endpointId, 'waybill.event_type': delivery.type };
  return withSpan('webhook', { kind: 'client', parent: traceparent, attributes }, async () => {
    try {
      const { url } = endpoint;
      const answer = await post({ url, headers, body, timeoutMs: limits.timeoutMs, signal });
      return outcome(answer.status, answer.body);
    } catch (error) {
      // Interrupted by our own stop, which is no failure of the endpoint.
      signal.throwIfAborted();
      return outcome(null, error instanceof Error ? error.message : String(error));
    }
  });
};
