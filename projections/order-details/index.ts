export type { OrderDetails } from './document';
export { orderDetails } from './project';
