export {
  accountId,
  commandId,
  decisionId,
  eventId,
  orderIdOfCart,
  orderIdOfImport,
  paymentId,
  productId,
  refundId,
  replenishmentId,
  reviewId,
  shipmentId,
} from './derive';
export { uuidV5, uuidV7 } from './uuid';
