import {
  accept,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Instant,
  type NotificationId,
} from '../kernel';
import { personalData, type HoldReason, type NotificationEvent, type SkipReason } from './events';
import type { Notice } from './notice';

type To = { readonly notificationId: NotificationId; readonly at: Instant };

type QueueNotification = To & {
  readonly type: 'QueueNotification';
  readonly accountId: AccountId;
  readonly notice: Notice;
};

type RecordSent = To & { readonly type: 'RecordSent'; readonly channel: string; readonly messageId: string };

/**
 * `retryAt`: the time of the next attempt by the same channel; absent where none can help. `channels`: all that may be used, in
 * their order.
 */
type RecordFailure = To & {
  readonly type: 'RecordFailure';
  readonly channel: string;
  readonly reason: string;
  readonly retryAt?: Instant | undefined;
  readonly channels: readonly string[];
};

type SkipNotification = To & { readonly type: 'SkipNotification'; readonly reason: SkipReason };

type HoldNotification = To & {
  readonly type: 'HoldNotification';
  readonly because: HoldReason;
  readonly until: Instant;
};

type ReleaseNotification = To & { readonly type: 'ReleaseNotification' };

type GatherNotification = To & { readonly type: 'GatherNotification'; readonly into: NotificationId };

type RequeueNotification = To & { readonly type: 'RequeueNotification' };

export type NotificationCommand =
  | QueueNotification
  | RecordSent
  | RecordFailure
  | SkipNotification
  | HoldNotification
  | ReleaseNotification
  | GatherNotification
  | RequeueNotification;

type OfRejection = { readonly notificationId: NotificationId };

export type NotificationRejection =
  | (OfRejection & { readonly code: 'NOTIFICATION_NOT_FOUND' })
  /** It was sent, or the account declined it. */
  | (OfRejection & { readonly code: 'NOTIFICATION_SETTLED' });

type KnownNotification = {
  readonly status: 'queued' | 'held' | 'sent' | 'parked' | 'skipped' | 'gathered';
  readonly accountId: AccountId;
  readonly notice: Notice;
  readonly queuedAt: Instant;
  /** The failed attempts since it was queued, by the reactor or by staff. */
  readonly failures: number;
  /** The same by channel. */
  readonly failuresBy: Readonly<Record<string, number>>;
  /** The channels that have refused it for good. */
  readonly refusedBy: readonly string[];
  /** The time before which it is not tried again, or not sent. */
  readonly retryAt: Instant | undefined;
};

export type NotificationState = { readonly status: 'none' } | KnownNotification;

const initial: NotificationState = { status: 'none' };

/** The number of attempts after which a notification is parked. */
export const attemptsMax = 8;

/** The number of failures of a channel after which the next one takes over. */
const failuresBeforeNext = 3;

type Tried = Pick<KnownNotification, 'failuresBy' | 'refusedBy'>;

/**
 * Returns the channel of the next attempt: the first that has not failed too often, or else the first that has not refused it;
 * undefined where all have.
 */
export const nextChannel = (
  channels: readonly string[],
  { failuresBy, refusedBy }: Tried,
): string | undefined => {
  const left = channels.filter((channel) => !refusedBy.includes(channel));
  return left.find((channel) => (failuresBy[channel] ?? 0) < failuresBeforeNext) ?? left[0];
};

const triedOnce = ({ failuresBy, refusedBy }: Tried, channel: string, isRefused: boolean): Tried => ({
  failuresBy: { ...failuresBy, [channel]: (failuresBy[channel] ?? 0) + 1 },
  refusedBy: isRefused ? [...refusedBy, channel] : refusedBy,
});

const untried: Tried & { readonly failures: number } = { failures: 0, failuresBy: {}, refusedBy: [] };

const existing = (state: NotificationState, event: NotificationEvent): KnownNotification => {
  if (state.status === 'none') throw new Error(`${event.type} before NotificationQueued`);
  return state;
};

const evolve = (state: NotificationState, event: NotificationEvent): NotificationState => {
  switch (event.type) {
    case 'NotificationQueued': {
      const { accountId, notice, queuedAt } = event.data;
      return { status: 'queued', accountId, notice, queuedAt, ...untried, retryAt: undefined };
    }
    case 'NotificationWorded': {
      const { subject, text } = event.data;
      const known = existing(state, event);
      return known.notice.template === 'message'
        ? { ...known, notice: { ...known.notice, words: { subject, text } } }
        : known;
    }
    case 'NotificationSent':
      return { ...existing(state, event), status: 'sent', retryAt: undefined };
    case 'NotificationAttemptFailed': {
      const { attempt, retryFrom, channel, isRefused = false } = event.data;
      const known = existing(state, event);
      return { ...known, ...triedOnce(known, channel, isRefused), failures: attempt, retryAt: retryFrom };
    }
    case 'NotificationParked':
      return { ...existing(state, event), status: 'parked', retryAt: undefined };
    case 'NotificationRequeued':
      return { ...existing(state, event), status: 'queued', ...untried, retryAt: undefined };
    case 'NotificationSkipped':
      return { ...existing(state, event), status: 'skipped', retryAt: undefined };
    case 'NotificationHeld':
      return { ...existing(state, event), status: 'held', retryAt: event.data.until };
    case 'NotificationReleased':
      return { ...existing(state, event), status: 'queued', retryAt: undefined };
    case 'NotificationGathered':
      return { ...existing(state, event), status: 'gathered', retryAt: undefined };
    default:
      return unreachable(event);
  }
};

type NotificationDecision = Decision<NotificationEvent, NotificationRejection>;

const queue = (
  { notificationId, accountId, notice, at }: QueueNotification,
  { status }: NotificationState,
): NotificationDecision => {
  // The id is derived from the cause, so a repeat is the same notification.
  if (status !== 'none') return accept();
  const of = { notificationId, accountId };
  if (notice.template !== 'message' || notice.words === undefined)
    return accept({ type: 'NotificationQueued', data: { ...of, notice, queuedAt: at } });
  const { words, ...wordless } = notice;
  return accept(
    { type: 'NotificationQueued', data: { ...of, notice: wordless, queuedAt: at } },
    { type: 'NotificationWorded', data: { ...of, ...words, wordedAt: at } },
  );
};

const recordSent = (
  { notificationId, channel, messageId, at }: RecordSent,
  { status, accountId, failures }: KnownNotification,
): NotificationDecision =>
  status === 'sent'
    ? accept()
    : accept({
        type: 'NotificationSent',
        data: { notificationId, accountId, channel, messageId, attempt: failures + 1, sentAt: at },
      });

const recordFailure = (
  { notificationId, channel, channels, reason, retryAt, at }: RecordFailure,
  { status, accountId, failures, ...tried }: KnownNotification,
): NotificationDecision => {
  if (status !== 'queued') return accept();
  const attempt = failures + 1;
  const data = { notificationId, accountId, channel, attempt, reason };
  const isRefused = retryAt === undefined;
  const next = nextChannel(channels, triedOnce(tried, channel, isRefused));
  if (next === undefined || attempt >= attemptsMax)
    return accept({ type: 'NotificationParked', data: { ...data, parkedAt: at } });
  // Another channel need not wait for this one.
  const retryFrom = next === channel ? (retryAt ?? at) : at;
  const refused = isRefused ? { isRefused } : {};
  return accept({
    type: 'NotificationAttemptFailed',
    data: { ...data, ...refused, retryFrom, failedAt: at },
  });
};

const hold = (
  { notificationId, because, until, at }: HoldNotification,
  { status, accountId, notice }: KnownNotification,
): NotificationDecision =>
  status === 'queued'
    ? accept({
        type: 'NotificationHeld',
        data: { notificationId, accountId, notice, because, until, heldAt: at },
      })
    : accept();

const release = (
  { notificationId, at }: ReleaseNotification,
  { status, accountId, retryAt }: KnownNotification,
): NotificationDecision =>
  status === 'held' && (retryAt === undefined || retryAt <= at)
    ? accept({ type: 'NotificationReleased', data: { notificationId, accountId, releasedAt: at } })
    : accept();

const gather = (
  { notificationId, into, at }: GatherNotification,
  { status, accountId }: KnownNotification,
): NotificationDecision =>
  status === 'held'
    ? accept({ type: 'NotificationGathered', data: { notificationId, accountId, into, gatheredAt: at } })
    : accept();

const skip = (
  { notificationId, reason, at }: SkipNotification,
  { status, accountId }: KnownNotification,
): NotificationDecision =>
  status === 'queued'
    ? accept({ type: 'NotificationSkipped', data: { notificationId, accountId, reason, skippedAt: at } })
    : accept();

const requeue = (
  { notificationId, at }: RequeueNotification,
  { status, accountId }: KnownNotification,
): NotificationDecision => {
  switch (status) {
    case 'queued':
    case 'held':
      return accept();
    case 'sent':
    case 'skipped':
    case 'gathered':
      return reject({ code: 'NOTIFICATION_SETTLED', notificationId });
    case 'parked':
      return accept({ type: 'NotificationRequeued', data: { notificationId, accountId, requeuedAt: at } });
    default:
      return unreachable(status);
  }
};

const decide = (command: NotificationCommand, state: NotificationState): NotificationDecision => {
  if (command.type === 'QueueNotification') return queue(command, state);
  if (state.status === 'none')
    return reject({ code: 'NOTIFICATION_NOT_FOUND', notificationId: command.notificationId });
  switch (command.type) {
    case 'RecordSent':
      return recordSent(command, state);
    case 'RecordFailure':
      return recordFailure(command, state);
    case 'SkipNotification':
      return skip(command, state);
    case 'HoldNotification':
      return hold(command, state);
    case 'ReleaseNotification':
      return release(command, state);
    case 'GatherNotification':
      return gather(command, state);
    case 'RequeueNotification':
      return requeue(command, state);
    default:
      return unreachable(command);
  }
};

/** One notification to one account, until it is sent, declined or parked. Each has a stream of its own. */
export const notification: Decider<
  NotificationState,
  NotificationCommand,
  NotificationEvent,
  NotificationRejection
> = { category: 'notification', initial, decide, evolve, personalData };
