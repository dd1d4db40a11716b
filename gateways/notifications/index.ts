export type { Channel, Delivery, Message } from './channel';
export { fileOutbox, smsFileOutbox } from './file-outbox';
export { queueAlerts, queueNotices } from './queue-notices';
export { releaseHeld } from './release-held';
export { sendNotifications } from './send-notifications';
export type { Channels, StaffDesk } from './send-notifications';
export { smsChannel } from './sms';
export { smtpChannel } from './smtp';
export { weComChannel } from './wecom';
