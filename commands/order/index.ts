export { requestPayment } from './attempt-payment';
export { cancelOrder } from './cancel-order';
export { changeDestination } from './change-destination';
export { checkOutOf, checkOutPurpose } from './check-out-cart';
export { confirmReceipt } from './confirm-receipt';
export { importOrder } from './import-order';
export { payOrder } from './pay-order';
export { placeOrder } from './place-order';
export { refundOrder } from './refund-order';
