export type { Payment, PaymentRefund } from './document';
export { payments } from './project';
