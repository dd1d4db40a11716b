export { notificationUseCases } from './notification-use-cases';
export { notifyWithinMs, orderTemplates } from './order-notices';
export { render } from './render';
