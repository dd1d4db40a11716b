export type { Channel, Delivery, Mail } from './channel';
export { fileOutbox } from './file-outbox';
export { queueNotices } from './queue-notices';
export { sendNotifications } from './send-notifications';
export { smtpChannel } from './smtp';
