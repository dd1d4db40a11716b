export { OrderDetails, OrderLine, OrderRefund } from './document';
export { orderDetails } from './read-model';
export { orderFactAt, orderStreams } from './sources';
