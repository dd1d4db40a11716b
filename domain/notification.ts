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
  type ProductId,
  type SerialNumber,
  type WarehouseId,
  type WebhookEndpointId,
} from './kernel';
import type { Money, TaxEntry } from './money';

type OfOrder = { readonly orderId: OrderId; readonly orderNumber: SerialNumber };

/** The content of a notification, without the words and without personal data. `template` names the text. */
export type SingleNotice =
  /** `shipping`: the part of the payment that is the charge of the shipping; absent where there is none. */
  | (OfOrder & {
      readonly template: 'order-paid';
      readonly paid: Money;
      readonly shipping?: Money | undefined;
      /** The tax that the payment includes, by rate; absent where there is none. */
      readonly taxes?: readonly Pick<TaxEntry, 'rateHundredths' | 'tax'>[] | undefined;
    })
  | (OfOrder & { readonly template: 'order-shipped' })
  | (OfOrder & { readonly template: 'order-delivered' })
  | (OfOrder & { readonly template: 'order-delayed' })
  | (OfOrder & { readonly template: 'after-sales'; readonly step: AfterSalesStep })
  /** The platform has disabled a webhook endpoint. `host`: of its URL. */
  | {
      readonly template: 'webhook-disabled';
      readonly endpointId: WebhookEndpointId;
      readonly host: string;
      readonly because: 'failing' | 'backlog' | 'gone';
      readonly isOfPlatform: boolean;
    }
  /** A warehouse has fewer pieces of a product than its threshold. `isForStaff`: to `staffDesk`, not to the seller. */
  | {
      readonly template: 'low-stock';
      readonly productId: ProductId;
      readonly sku: string;
      readonly productName: string;
      readonly warehouseId: WarehouseId;
      readonly onHand: number;
      readonly threshold: number;
      readonly isForStaff: boolean;
    }
  /** The account was logged in from a device that it did not know. The name of the device is personal, so it is not here. */
  | { readonly template: 'new-device'; readonly loggedInAt: Instant }
  /** Staff must act. `accountId` is `staffDesk`. */
  | (OfOrder & { readonly template: 'alert'; readonly about: AlertSubject })
  /** With a link that has an effect. Its token is drawn when the e-mail is sent, and is not stored. */
  | { readonly template: 'verify-email' | 'reset-password' };

/** The step of an after-sales request. */
export type AfterSalesStep = 'approved' | 'refused' | 'refunded' | 'replaced' | 'closed';

/** The subject of an alert. */
export type AlertSubject = 'shipment-parked' | 'refund-refused' | 'request-escalated';

/** A notice that a daily message has in place of a message of its own. */
export type GatheredNotice = { readonly notificationId: NotificationId; readonly notice: SingleNotice };

/** `digest`: those that were held back until the daily message, oldest first. */
export type Notice =
  SingleNotice | { readonly template: 'digest'; readonly items: readonly GatheredNotice[] };

/** In place of an account: staff, whose addresses for alerts are settings. */
export const staffDesk = '00000000-0000-0000-0000-000000000000' as AccountId;

export type Template = Notice['template'];

/** The topic by which an account declines a notification; undefined for one that cannot be declined. */
export const topicOf: Readonly<Record<Template, NotificationTopic | undefined>> = {
  'order-paid': 'payments',
  'order-shipped': 'deliveries',
  'order-delivered': 'deliveries',
  'order-delayed': 'deliveries',
  'after-sales': 'requests',
  'webhook-disabled': undefined,
  'new-device': undefined,
  'low-stock': 'stock',
  alert: undefined,
  digest: undefined,
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

/** `reason` names no recipient. `isRefused`: for good, so this channel is not tried again. */
export type NotificationAttemptFailed = Fact<
  'NotificationAttemptFailed',
  OfNotification & {
    channel: string;
    attempt: number;
    reason: string;
    isRefused?: true | undefined;
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

/** The end of quiet hours, or the daily message. */
type HoldReason = 'quiet-hours' | 'daily';

/** It is not sent before `until`. */
export type NotificationHeld = Fact<
  'NotificationHeld',
  OfNotification & { notice: Notice; because: HoldReason; until: Instant; heldAt: Instant }
>;

/** It waits no longer. */
export type NotificationReleased = Fact<'NotificationReleased', OfNotification & { releasedAt: Instant }>;

/** The daily message `into` has it, so it is not sent by itself. */
export type NotificationGathered = Fact<
  'NotificationGathered',
  OfNotification & { into: NotificationId; gatheredAt: Instant }
>;

export type NotificationEvent =
  | NotificationQueued
  | NotificationSent
  | NotificationAttemptFailed
  | NotificationParked
  | NotificationRequeued
  | NotificationSkipped
  | NotificationHeld
  | NotificationReleased
  | NotificationGathered;

export const notificationEventTypes = {
  NotificationQueued: true,
  NotificationSent: true,
  NotificationAttemptFailed: true,
  NotificationParked: true,
  NotificationRequeued: true,
  NotificationSkipped: true,
  NotificationHeld: true,
  NotificationReleased: true,
  NotificationGathered: true,
} as const satisfies Record<NotificationEvent['type'], true>;

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
> = { category: 'notification', initial, decide, evolve };
