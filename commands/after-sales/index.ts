export { afterSalesUseCases } from './after-sales-use-cases';
export { passDeadline } from './pass-deadline';
export { refundIdOfRequest, requestsOf } from './available';
