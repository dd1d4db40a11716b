export { OrderDetails, OrderLine, OrderPromotion, OrderRefund, OrderShipping } from './document';
export { orderDetails, shownLine } from './read-model';
export { orderStreams } from './sources';
