export {
  addressId,
  commandId,
  decisionId,
  eventId,
  formerAccountId,
  keyedAccountId,
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
export { uuidV5, uuidV7, uuidV8 } from './uuid';
