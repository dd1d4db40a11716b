import { account, type KnownAccount, type LinkPurpose } from '../../domain/account';
import { epochMsOf, later } from '../../domain/kernel';
import {
  notification,
  topicOf,
  type NotificationCommand,
  type NotificationQueued,
  type NotificationRequeued,
  type NotificationState,
} from '../../domain/notification';
import { newLinkToken } from '../../commands/account';
import { render } from '../../commands/notification';
import type { Clock, Random } from '../../platform/clock';
import type { Aggregates, CommandContext } from '../../platform/execution';
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

/** The parts of the links of a mail. */
type Links = { readonly shopUrl: string; readonly token?: string | undefined };

const mailTo = (
  { name, language, email: address }: KnownAccount,
  { notice }: Waiting,
  { recordedAt: queuedAt, data: { notificationId: id } }: Queued,
  links: Links,
): Mail => ({
  ...render(notice, { name, language, ...links }),
  to: { name, address },
  id,
  queuedAt,
});

/** Returns the context of a command that records what became of an event. */
const contextOf = ({ metadata }: Queued, { clock, random, channel }: SendDeps): CommandContext => ({
  commandId: uuidV7(clock, random),
  correlationId: metadata.$correlationId,
  principal: { kind: 'gateway', id: `notifications:${channel.name}`, roles: [] },
  traceparent: metadata.traceparent,
});

/**
 * Draws the token of a link, and stores its hash before the mail is sent. A mail that is sent again gets another token, because
 * none is stored; both are valid.
 *
 * @returns undefined where the link would have no effect.
 */
const issueLink = async (
  purpose: LinkPurpose,
  { queuedAt: requested }: Waiting,
  event: Queued,
  deps: SendDeps,
): Promise<string | undefined> => {
  const { notificationId: requestId, accountId } = event.data;
  const { text, hash: tokenHash } = newLinkToken(accountId, deps.random);
  const at = deps.clock.now();
  const command = { type: 'IssueLink', accountId, purpose, requestId, requested, tokenHash, at } as const;
  const accounts = deps.aggregates.of(account);
  const issued = await accounts.execute(accountId, command, contextOf(event, deps));
  requireAccepted(issued);
  return issued.kind === 'accepted' && issued.events.length > 0 ? text : undefined;
};

/**
 * The reactor that sends queued notifications. What is sent is recorded afterwards: if the process dies between the two, the
 * mail is sent again under the same message id.
 */
export const sendNotifications = (deps: SendDeps): Reactor => {
  const { aggregates, clock, random, logger, channel } = deps;

  const record = async (event: Queued, command: NotificationCommand): Promise<void> => {
    const { notificationId } = event.data;
    requireAccepted(
      await aggregates.of(notification).execute(notificationId, command, contextOf(event, deps)),
    );
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
    const skip = (reason: 'unwanted' | 'not-needed'): Promise<void> =>
      record(event, { type: 'SkipNotification', notificationId, reason, at: clock.now() });
    const recipient = await aggregates.of(account).load(accountId);
    // Anyone may ask for a link to any address.
    if (recipient.status === 'NONE') return skip('not-needed');
    const { template } = state.notice;
    const topic = topicOf[template];
    if (topic !== undefined && recipient.unwanted.includes(topic)) return skip('unwanted');
    const shopUrl = deps.shopUrl();
    if (shopUrl === undefined) throw new RetryLater('The address of the pages is not known yet');
    const hasLink = template === 'verify-email' || template === 'reset-password';
    const token = hasLink ? await issueLink(template, state, event, deps) : undefined;
    if (hasLink && token === undefined) return skip('not-needed');
    const delivery = await channel.send(mailTo(recipient, state, event, { shopUrl, token }));
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
