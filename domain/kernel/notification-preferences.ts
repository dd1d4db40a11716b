/** The topics of notifications that an account can decline. */
export const notificationTopics = ['payments', 'deliveries', 'requests', 'stock'] as const;
export type NotificationTopic = (typeof notificationTopics)[number];

/** The ways by which a person gets notifications. */
export const notificationChannels = ['email', 'sms'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** The ways of one topic: the first is tried first, and another one only where those before it fail. */
export type NotificationRoute = {
  readonly topic: NotificationTopic;
  readonly channels: readonly NotificationChannel[];
};

/** The pace of notifications: each at once, or all of a day together. */
export const notificationPaces = ['at_once', 'daily'] as const;
export type NotificationPace = (typeof notificationPaces)[number];

/** A part of each day in local time, as `HH:MM`. One whose end is before its beginning goes on over midnight. */
export type QuietHours = { readonly from: string; readonly until: string };

/** The choices of a person about the notifications that can be declined. */
export type NotificationPreferences = {
  /** The topics of which no notifications are wanted. */
  readonly unwanted: readonly NotificationTopic[];
  /** The topics that do not go by e-mail alone. */
  readonly routes: readonly NotificationRoute[];
  readonly pace: NotificationPace;
  readonly quietHours?: QuietHours | undefined;
  /** The time zone of the quiet hours and of the daily message; absent: that of the shop. */
  readonly timeZone?: string | undefined;
};
