export { secretsInForce } from './webhook-secret';
export { webhookUseCases } from './webhook-use-cases';
export type { WebhookDeps } from './webhook-use-cases';
