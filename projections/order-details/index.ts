export type { OrderDetails } from './document';
export { orderDetails } from './project';
export { orderFactAt, orderStreams } from './sources';
