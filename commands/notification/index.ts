export { notificationUseCases } from './notification-use-cases';
export { afterSalesSteps, alertSubjects, notifyWithinMs, orderTemplates } from './order-notices';
export { render } from './render';
export type { TypedOrder } from './render';
