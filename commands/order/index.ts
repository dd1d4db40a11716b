export { cancelOrder } from './cancel-order';
export { changeDestination } from './change-destination';
export { confirmReceipt } from './confirm-receipt';
export { importOrder } from './import-order';
export { payOrder } from './pay-order';
export { checkOutPurpose, placeOrder } from './place-order';
export { refundOrder } from './refund-order';
