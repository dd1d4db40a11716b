import { account, type KnownAccount } from '../../domain/account';
import { epochMsOf, later } from '../../domain/kernel';
import {
  notification,
  topicOf,
  type NotificationCommand,
  type NotificationQueued,
  type NotificationRequeued,
  type NotificationState,
} from '../../domain/notification';
import { render } from '../../commands/notification';
import type { Clock, Random } from '../../platform/clock';
import type { Aggregates } from '../../platform/execution';
import { backoffDelay, type Backoff } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import { reactor, requireAccepted, RetryLater, type EventOf, type Reactor } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { inOneLine } from '../../platform/visible-text';
import type { Channel, Delivery, Mail } from './channel';

export type SendDeps = {
  readonly aggregates: Aggregates;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly channel: Channel;
  /** Returns the address of the shop's pages, for links; undefined while it is not known. */
  readonly shopUrl: () => string | undefined;
};

/** The delays before a failed notification is tried again: half a minute at first, six hours at most. */
const retries: Backoff = { baseMs: 30_000, factor: 4, maxMs: 6 * 3_600_000 };
const REASON_LENGTH_MAX = 300;

type Queued = EventOf<NotificationQueued | NotificationRequeued>;
type Waiting = Exclude<NotificationState, { readonly status: 'none' }>;

/** Returns the reason of a failure without the recipient, on one line. The history outlives the account. */
const reasonFor = (reason: string, address: string): string =>
  inOneLine(reason.replaceAll(address, '…')).slice(0, REASON_LENGTH_MAX);

/** @throws RetryLater while the address of the pages is not known. */
const mailTo = (
  { name, language, email: address }: KnownAccount,
  { notice }: Waiting,
  { recordedAt: queuedAt, data: { notificationId: id } }: Queued,
  shopUrl: string | undefined,
): Mail => {
  if (shopUrl === undefined) throw new RetryLater('The address of the pages is not known yet');
  return { ...render(notice, { name, language, shopUrl }), to: { name, address }, id, queuedAt };
};

/**
 * The reactor that sends queued notifications. What is sent is recorded afterwards: if the process dies between the two, the
 * mail is sent again under the same message id.
 */
export const sendNotifications = (deps: SendDeps): Reactor => {
  const { aggregates, clock, random, logger, channel } = deps;

  const record = async (event: Queued, command: NotificationCommand): Promise<void> => {
    const { notificationId } = event.data;
    const context = {
      commandId: uuidV7(clock, random),
      correlationId: event.metadata.$correlationId,
      principal: { kind: 'gateway', id: `notifications:${channel.name}`, roles: [] },
      traceparent: event.metadata.traceparent,
    } as const;
    requireAccepted(await aggregates.of(notification).execute(notificationId, command, context));
  };

  const recordFailure = async (
    event: Queued,
    { failures }: Waiting,
    { reason, isPermanent }: Extract<Delivery, { readonly kind: 'failed' }>,
  ): Promise<void> => {
    const { notificationId } = event.data;
    const at = clock.now();
    const retryAt = isPermanent ? undefined : later(at, backoffDelay(failures, retries, random));
    const failed = {
      type: 'RecordFailure',
      notificationId,
      channel: channel.name,
      reason,
      retryAt,
      at,
    } as const;
    await record(event, failed);
    const after = await aggregates.of(notification).load(notificationId);
    if (after.status === 'queued') throw new RetryLater(reason);
    logger.error({ notificationId, reason }, 'A notification is parked');
  };

  const send = async (event: Queued): Promise<void> => {
    const { notificationId, accountId } = event.data;
    const state = await aggregates.of(notification).load(notificationId);
    if (state.status !== 'queued') return;
    if (state.retryAt !== undefined && epochMsOf(clock.now()) < epochMsOf(state.retryAt))
      throw new RetryLater(`The next attempt is at ${state.retryAt}`);
    const recipient = await aggregates.of(account).load(accountId);
    if (recipient.status === 'NONE') throw new Error(`There is no account ${accountId}`);
    if (recipient.unwanted.includes(topicOf[state.notice.template])) {
      await record(event, { type: 'SkipNotification', notificationId, reason: 'unwanted', at: clock.now() });
      return;
    }
    const delivery = await channel.send(mailTo(recipient, state, event, deps.shopUrl()));
    if (delivery.kind === 'failed') {
      const reason = reasonFor(delivery.reason, recipient.email);
      await recordFailure(event, state, { ...delivery, reason });
      return;
    }
    const { messageId } = delivery;
    const sent = { type: 'RecordSent', notificationId, channel: channel.name, messageId } as const;
    await record(event, { ...sent, at: clock.now() });
  };

  return reactor<NotificationQueued | NotificationRequeued>('notification-sender', {
    NotificationQueued: send,
    NotificationRequeued: send,
  });
};
