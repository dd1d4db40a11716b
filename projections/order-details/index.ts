export { OrderDetails, OrderLine, OrderRefund } from './document';
export { orderDetails } from './read-model';
export { orderStreams } from './sources';
