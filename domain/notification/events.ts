import {
  erasedText,
  type AccountId,
  type Fact,
  type Instant,
  type NotificationId,
  type PersonalData,
} from '../kernel';
import type { Notice, Words } from './notice';

type OfNotification = { notificationId: NotificationId; accountId: AccountId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** Stored before the first attempt. The address and the language are read from the account when it is sent. */
export type NotificationQueued = Fact<
  'NotificationQueued',
  OfNotification & { notice: Notice; queuedAt: Instant }
>;

/** The words of a message to a person. Stored with the notification, which has none. */
export type NotificationWorded = Fact<'NotificationWorded', OfNotification & Words & { wordedAt: Instant }>;

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
export type SkipReason = 'unwanted' | 'not-needed';

/** It was not sent, and will not be. */
export type NotificationSkipped = Fact<
  'NotificationSkipped',
  OfNotification & { reason: SkipReason; skippedAt: Instant }
>;

/** The end of quiet hours, or the daily message. */
export type HoldReason = 'quiet-hours' | 'daily';

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
  | NotificationWorded
  | NotificationSent
  | NotificationAttemptFailed
  | NotificationParked
  | NotificationRequeued
  | NotificationSkipped
  | NotificationHeld
  | NotificationReleased
  | NotificationGathered;

/** Staff may have written anything about the person. */
export const personalData: PersonalData<NotificationEvent> = {
  NotificationWorded: { person: 'accountId', erased: { subject: erasedText, text: erasedText } },
};

export const notificationEventTypes = {
  NotificationQueued: true,
  NotificationWorded: true,
  NotificationSent: true,
  NotificationAttemptFailed: true,
  NotificationParked: true,
  NotificationRequeued: true,
  NotificationSkipped: true,
  NotificationHeld: true,
  NotificationReleased: true,
  NotificationGathered: true,
} as const satisfies Record<NotificationEvent['type'], true>;
