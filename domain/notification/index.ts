export { notificationEventTypes } from './events';
export type {
  NotificationQueued,
  NotificationWorded,
  NotificationSent,
  NotificationAttemptFailed,
  NotificationParked,
  NotificationRequeued,
  NotificationSkipped,
  NotificationHeld,
  NotificationReleased,
  NotificationGathered,
  NotificationEvent,
} from './events';
export { staffDesk, topicOf } from './notice';
export type {
  SingleNotice,
  Words,
  AfterSalesStep,
  AlertSubject,
  GatheredNotice,
  Notice,
  Template,
} from './notice';
export { attemptsMax, nextChannel, notification } from './notification';
export type { NotificationCommand, NotificationRejection, NotificationState } from './notification';
