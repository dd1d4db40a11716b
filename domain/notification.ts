import {
  accept,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type NotificationId,
  type NotificationTopic,
  type OrderId,
  type SerialNumber,
} from './kernel';
import type { Money } from './money';

type OfOrder = { readonly orderId: OrderId; readonly orderNumber: SerialNumber };

/** The content of a notification, without the words and without personal data. `template` names the text. */
export type Notice =
  | (OfOrder & { readonly template: 'order-paid'; readonly paid: Money })
  | (OfOrder & { readonly template: 'order-shipped' })
  | (OfOrder & { readonly template: 'order-delivered' })
  | (OfOrder & { readonly template: 'order-delayed' })
  /** With a link that has an effect. Its token is drawn when the e-mail is sent, and is not stored. */
  | { readonly template: 'verify-email' | 'reset-password' };

export type Template = Notice['template'];

/** The topic by which an account declines a notification; undefined for one that cannot be declined. */
export const topicOf: Readonly<Record<Template, NotificationTopic | undefined>> = {
  'order-paid': 'payments',
  'order-shipped': 'deliveries',
  'order-delivered': 'deliveries',
  'order-delayed': 'deliveries',
  'verify-email': undefined,
  'reset-password': undefined,
};

type OfNotification = { notificationId: NotificationId; accountId: AccountId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before the first attempt. The address and the language are read from the account when it is sent. */
export type NotificationQueued = Fact<
  'NotificationQueued',
  OfNotification & { notice: Notice; queuedAt: Instant }
>;

/** The channel has taken it. `messageId`: the name by which the channel knows a repeat. */
export type NotificationSent = Fact<
  'NotificationSent',
  OfNotification & { channel: string; messageId: string; attempt: number; sentAt: Instant }
>;

/** `reason` names no recipient. */
export type NotificationAttemptFailed = Fact<
  'NotificationAttemptFailed',
  OfNotification & {
    channel: string;
    attempt: number;
    reason: string;
    /** The time before which it is not tried again. */
    retryFrom: Instant;
    failedAt: Instant;
  }
>;

/** It is not sent again until staff have it retried. */
export type NotificationParked = Fact<
  'NotificationParked',
  OfNotification & { channel: string; attempt: number; reason: string; parkedAt: Instant }
>;

export type NotificationRequeued = Fact<'NotificationRequeued', OfNotification & { requeuedAt: Instant }>;

/**
 * The reason why a notification was not sent. `unwanted`: the account declined its topic. `not-needed`: its link would have no
 * effect, or there is no account.
 */
type SkipReason = 'unwanted' | 'not-needed';

/** It was not sent, and will not be. */
export type NotificationSkipped = Fact<
  'NotificationSkipped',
  OfNotification & { reason: SkipReason; skippedAt: Instant }
>;

export type NotificationEvent =
  | NotificationQueued
  | NotificationSent
  | NotificationAttemptFailed
  | NotificationParked
  | NotificationRequeued
  | NotificationSkipped;

export const notificationEventTypes = {
  NotificationQueued: true,
  NotificationSent: true,
  NotificationAttemptFailed: true,
  NotificationParked: true,
  NotificationRequeued: true,
  NotificationSkipped: true,
} as const satisfies Record<NotificationEvent['type'], true>;

type To = { readonly notificationId: NotificationId; readonly at: Instant };

type QueueNotification = To & {
  readonly type: 'QueueNotification';
  readonly accountId: AccountId;
  readonly notice: Notice;
};

type RecordSent = To & { readonly type: 'RecordSent'; readonly channel: string; readonly messageId: string };

/** `retryAt`: absent where a further attempt cannot help. */
type RecordFailure = To & {
  readonly type: 'RecordFailure';
  readonly channel: string;
  readonly reason: string;
  readonly retryAt?: Instant | undefined;
};

type SkipNotification = To & { readonly type: 'SkipNotification'; readonly reason: SkipReason };

type RequeueNotification = To & { readonly type: 'RequeueNotification' };

export type NotificationCommand =
  QueueNotification | RecordSent | RecordFailure | SkipNotification | RequeueNotification;

type OfRejection = { readonly notificationId: NotificationId };

export type NotificationRejection =
  | (OfRejection & { readonly code: 'NOTIFICATION_NOT_FOUND' })
  /** It was sent, or the account declined it. */
  | (OfRejection & { readonly code: 'NOTIFICATION_SETTLED' });

type KnownNotification = {
  readonly status: 'queued' | 'sent' | 'parked' | 'skipped';
  readonly accountId: AccountId;
  readonly notice: Notice;
  readonly queuedAt: Instant;
  /** The failed attempts since it was queued, by the reactor or by staff. */
  readonly failures: number;
  /** The time before which it is not tried again. */
  readonly retryAt: Instant | undefined;
};

export type NotificationState = { readonly status: 'none' } | KnownNotification;

const initial: NotificationState = { status: 'none' };

/** The number of attempts after which a notification is parked. */
export const attemptsMax = 8;

const existing = (state: NotificationState, event: NotificationEvent): KnownNotification => {
  if (state.status === 'none') throw new Error(`${event.type} before NotificationQueued`);
  return state;
};

const evolve = (state: NotificationState, event: NotificationEvent): NotificationState => {
  switch (event.type) {
    case 'NotificationQueued': {
      const { accountId, notice, queuedAt } = event.data;
      return { status: 'queued', accountId, notice, queuedAt, failures: 0, retryAt: undefined };
    }
    case 'NotificationSent':
      return { ...existing(state, event), status: 'sent', retryAt: undefined };
    case 'NotificationAttemptFailed': {
      const { attempt, retryFrom } = event.data;
      return { ...existing(state, event), failures: attempt, retryAt: retryFrom };
    }
    case 'NotificationParked':
      return { ...existing(state, event), status: 'parked', retryAt: undefined };
    case 'NotificationRequeued':
      return { ...existing(state, event), status: 'queued', failures: 0, retryAt: undefined };
    case 'NotificationSkipped':
      return { ...existing(state, event), status: 'skipped', retryAt: undefined };
    default:
      return unreachable(event);
  }
};

type NotificationDecision = Decision<NotificationEvent, NotificationRejection>;

const queue = (
  { notificationId, accountId, notice, at }: QueueNotification,
  { status }: NotificationState,
): NotificationDecision =>
  // The id is derived from the cause, so a repeat is the same notification.
  status === 'none'
    ? accept({ type: 'NotificationQueued', data: { notificationId, accountId, notice, queuedAt: at } })
    : accept();

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
  { notificationId, channel, reason, retryAt, at }: RecordFailure,
  { status, accountId, failures }: KnownNotification,
): NotificationDecision => {
  if (status !== 'queued') return accept();
  const attempt = failures + 1;
  const data = { notificationId, accountId, channel, attempt, reason };
  return retryAt === undefined || attempt >= attemptsMax
    ? accept({ type: 'NotificationParked', data: { ...data, parkedAt: at } })
    : accept({ type: 'NotificationAttemptFailed', data: { ...data, retryFrom: retryAt, failedAt: at } });
};

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
      return accept();
    case 'sent':
    case 'skipped':
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
> = { category: 'notification', initial, decide, evolve };
