export type { OrderDetails } from './document';
export { orderDetails } from './project';
export { orderStreams } from './sources';
