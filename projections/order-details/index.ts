export {
  Gift,
  ItemTax,
  OrderDetails,
  OrderLine,
  OrderPromotion,
  OrderRefund,
  OrderShipping,
  OrderTax,
  PayerAction,
  RefusedCapture,
  TaxEntry,
} from './document';
export { withCancelled } from './cancelled-lines';
export { orderDetails, shownLine } from './read-model';
export { orderStreams } from './sources';
