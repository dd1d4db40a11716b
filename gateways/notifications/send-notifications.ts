import { account, type KnownAccount, type LinkPurpose, type PersonalDataErased } from '../../domain/account';
import { epochMsOf, later, type Language, type Millis, type NotificationChannel } from '../../domain/kernel';
import {
  nextChannel,
  notification,
  staffDesk,
  type NotificationCommand,
  type NotificationQueued,
  type NotificationReleased,
  type NotificationRequeued,
  type NotificationState,
  type Notice,
  type Template,
} from '../../domain/notification';
import { order } from '../../domain/order';
import { newLinkToken } from '../../commands/account';
import { render, type TypedOrder } from '../../commands/notification';
import type { Clock, Random } from '../../platform/clock';
import type { Aggregates, CommandContext } from '../../platform/execution';
import { backoffDelay, type Backoff } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import { reactor, requireAccepted, RetryLater, type EventOf, type Reactor } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { beginningOf } from '../../platform/visible-text';
import type { Channel, Delivery, Message } from './channel';
import { planOf } from './plan';

/** The channel of each way; absent where the shop has none. An account always has an e-mail address. */
export type Channels = { readonly email: Channel; readonly sms?: Channel | undefined };

/** A channel with an address of it. */
export type Way = { readonly channel: Channel; readonly address: string };

export type StaffDesk = { readonly ways: readonly Way[]; readonly language: Language };

export type SendDeps = {
  readonly aggregates: Aggregates;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly channels: Channels;
  /** The ways to staff, in the order in which they are tried. */
  readonly desk: StaffDesk;
  /** The time zone of those who have chosen none. */
  readonly timeZone: string;
  /** Returns the address of the shop's pages, for links; undefined while it is not known. */
  readonly shopUrl: () => string | undefined;
};

/** The delays before a failed notification is tried again: half a minute at first, six hours at most. */
const retries: Backoff = { baseMs: 30_000, factor: 4, maxMs: 6 * 3_600_000 };
const REASON_LENGTH_MAX = 300;

/** The beginning of the name of a notification's stream. */
const STREAM = `${notification.category}-`;

type Queued = EventOf<NotificationQueued | NotificationRequeued | NotificationReleased>;
type Waiting = Exclude<NotificationState, { readonly status: 'none' }>;

/** Returns the reason of a failure without the recipient, on one line. The history outlives the account. */
const reasonFor = (reason: string, address: string): string =>
  beginningOf(reason.replaceAll(address, '…'), REASON_LENGTH_MAX);

/** The person or the people who get a notification, with the ways to them, in their order. */
type Recipient = {
  readonly name: string;
  readonly language: Language | undefined;
  readonly ways: readonly Way[];
};

/** Returns the ways to a person by the channels that the person wants. E-mail stands in where none of them can be used. */
const waysTo = (
  wanted: readonly NotificationChannel[],
  { email, telephone }: KnownAccount,
  channels: Channels,
): readonly Way[] => {
  const byEmail = { channel: channels.email, address: email };
  const ways = wanted.flatMap((channel): readonly Way[] => {
    if (channel === 'email') return [byEmail];
    return channels.sms && telephone !== undefined ? [{ channel: channels.sms, address: telephone }] : [];
  });
  return ways.length > 0 ? ways : [byEmail];
};

/** The notifications that repeat what the customer typed in with the order. */
const repeating: readonly Template[] = ['order-paid', 'order-shipped'];

/** Returns the order of a notification as it is now. No notification stores its address or its words. */
const typedOrderOf = async (aggregates: Aggregates, notice: Notice): Promise<TypedOrder | undefined> => {
  if (!repeating.includes(notice.template) || !('orderId' in notice)) return undefined;
  const state = await aggregates.of(order).load(notice.orderId);
  return state.progress === 'NONE' ? undefined : state;
};

/** Returns the context of a command that records what became of an event. */
const contextOf = ({ metadata }: Queued, { clock, random }: SendDeps): CommandContext => ({
  commandId: uuidV7(clock, random),
  correlationId: metadata.$correlationId,
  principal: { kind: 'gateway', id: 'notifications', roles: [] },
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

type Failed = Extract<Delivery, { readonly kind: 'failed' }> & {
  /** The name of the channel that failed. */
  readonly channel: string;
  /** All ways to the recipient. */
  readonly ways: readonly Way[];
};

/** Records the outcomes of notifications. */
const recording = (deps: SendDeps) => {
  const { aggregates, clock, random, logger, channels, desk, timeZone } = deps;

  const record = async (event: Queued, command: NotificationCommand): Promise<void> => {
    const { notificationId } = event.data;
    requireAccepted(
      await aggregates.of(notification).execute(notificationId, command, contextOf(event, deps)),
    );
  };

  const recordFailure = async (
    event: Queued,
    { failuresBy }: Waiting,
    { ways, channel, ...failed }: Failed,
  ): Promise<void> => {
    const { notificationId } = event.data;
    const { reason, isPermanent, retryAfterMs = 0 } = failed;
    const at = clock.now();
    const waitMs = Math.max(backoffDelay(failuresBy[channel] ?? 0, retries, random), retryAfterMs);
    const retryAt = isPermanent ? undefined : later(at, waitMs as Millis);
    const all = ways.map((way) => way.channel.name);
    await record(event, {
      ...{ type: 'RecordFailure', notificationId, channel, channels: all, reason, retryAt, at },
    });
    const after = await aggregates.of(notification).load(notificationId);
    if (after.status !== 'queued')
      logger.error({ notificationId, channel, reason }, 'A notification is parked');
  };

  /** Returns who gets a notification now; undefined where it is not sent now, which is recorded. */
  const recipientOf = async (event: Queued, { notice }: Waiting): Promise<Recipient | undefined> => {
    const { notificationId, accountId } = event.data;
    if (accountId === staffDesk) return { name: '', language: desk.language, ways: desk.ways };
    const at = clock.now();
    const skip = async (reason: 'unwanted' | 'not-needed'): Promise<undefined> => {
      await record(event, { type: 'SkipNotification', notificationId, reason, at });
      return undefined;
    };
    const known = await aggregates.of(account).load(accountId);
    // Anyone may ask for a link to any address.
    if (known.status === 'NONE') return skip('not-needed');
    const plan = planOf(notice, known, { at, zone: timeZone });
    if (plan.kind === 'unwanted') return skip('unwanted');
    if (plan.hold !== undefined) {
      await record(event, { type: 'HoldNotification', notificationId, ...plan.hold, at });
      return undefined;
    }
    const { name, language } = known;
    return { name, language, ways: waysTo(plan.channels, known, channels) };
  };

  return { record, recordFailure, recipientOf };
};

/**
 * The reactor that sends queued notifications. What is sent is recorded afterwards: if the process dies between the two, the
 * mail is sent again under the same message id. Copies of mails to an erased account are removed.
 */
export const sendNotifications = (deps: SendDeps): Reactor => {
  const { aggregates, clock, channels } = deps;

  const { record, recordFailure, recipientOf } = recording(deps);

  /** Makes one attempt. @returns false where another one follows. */
  const attempt = async (event: Queued): Promise<boolean> => {
    const { notificationId } = event.data;
    const state = await aggregates.of(notification).load(notificationId);
    if (state.status !== 'queued') return true;
    if (state.retryAt !== undefined && epochMsOf(clock.now()) < epochMsOf(state.retryAt))
      throw new RetryLater(`The next attempt is at ${state.retryAt}`);
    const recipient = await recipientOf(event, state);
    if (recipient === undefined) return true;
    const { name, language, ways } = recipient;
    const names = ways.map(({ channel }) => channel.name);
    const next = nextChannel(names, state);
    // Where all have refused it by now, such as after a change of the settings, the last one says so again.
    const way = ways.find(({ channel }) => channel.name === next) ?? ways.at(-1);
    if (way === undefined) throw new RetryLater('There is no way to staff');
    const shopUrl = deps.shopUrl();
    if (shopUrl === undefined) throw new RetryLater('The address of the pages is not known yet');
    const { template } = state.notice;
    const hasLink = template === 'verify-email' || template === 'reset-password';
    const token = hasLink ? await issueLink(template, state, event, deps) : undefined;
    if (hasLink && token === undefined) {
      await record(event, {
        type: 'SkipNotification',
        notificationId,
        reason: 'not-needed',
        at: clock.now(),
      });
      return true;
    }
    const { channel, address } = way;
    const typed = await typedOrderOf(aggregates, state.notice);
    const message: Message = {
      ...render(state.notice, { name, language, shopUrl, order: typed, token }),
      to: { name, address },
      id: notificationId,
      queuedAt: event.recordedAt,
    };
    const delivery = await channel.send(message);
    if (delivery.kind === 'failed') {
      const reason = reasonFor(delivery.reason, address);
      await recordFailure(event, state, { ...delivery, reason, channel: channel.name, ways });
      return false;
    }
    const { messageId } = delivery;
    const sent = { type: 'RecordSent', notificationId, channel: channel.name, messageId } as const;
    await record(event, { ...sent, at: clock.now() });
    return true;
  };

  /** Another channel takes over at once; another attempt by the same one waits, which ends this. */
  const send = async (event: Queued): Promise<void> => {
    while (!(await attempt(event)));
  };

  const forget = async ({ data: { streams } }: EventOf<PersonalDataErased>): Promise<void> => {
    const ids = streams
      .filter((stream) => stream.startsWith(STREAM))
      .map((stream) => stream.slice(STREAM.length));
    if (ids.length === 0) return;
    for (const channel of [channels.email, channels.sms]) await channel?.forget?.(new Set(ids));
  };

  return reactor<NotificationQueued | NotificationRequeued | NotificationReleased | PersonalDataErased>(
    'notification-sender',
    {
      NotificationQueued: send,
      NotificationRequeued: send,
      NotificationReleased: send,
      PersonalDataErased: forget,
    },
  );
};
