export { WebhookAttempt, webhookDeliveries, WebhookDelivery } from './deliveries';
export { webhookLimits } from './limits';
export type { WebhookLimits } from './limits';
export { startWebhooks } from './start-webhooks';
export type { WebhooksDeps } from './start-webhooks';
