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
  trackingNumberId,
} from './derive';
export { uuidV5, uuidV7 } from './uuid';
