/**
 * Every type of an integration event, with those who may receive it: the `platform`'s own systems only, or a `merchant` too, as
 * far as it is about own goods. The names are public and stable.
 */
export const integrationEventTypes = {
  'order.created': 'merchant',
  'order.sale.recorded': 'platform',
  'order.paid': 'merchant',
  'order.shipped': 'merchant',
  'order.fulfilled': 'merchant',
  'order.completed': 'merchant',
  'order.cancelled': 'merchant',
  'order.refund.requested': 'platform',
  'order.refunded': 'platform',
  'order.refund.refused': 'platform',
  'payment.captured': 'platform',
  'payment.declined': 'platform',
  'payment.refunded': 'platform',
  'shipment.created': 'platform',
  'shipment.packed': 'platform',
  'shipment.loaded': 'platform',
  'shipment.delivered': 'platform',
  'shipment.tracking.assigned': 'platform',
  'shipment.failed': 'platform',
  'shipment.cancelled': 'platform',
  'product.registered': 'merchant',
  'product.price.changed': 'merchant',
  'product.described': 'merchant',
  'product.discontinued': 'merchant',
  'product.reinstated': 'merchant',
  'product.stock.updated': 'merchant',
  'product.review.written': 'merchant',
  'product.review.edited': 'merchant',
  'product.review.withdrawn': 'merchant',
  'product.review.hidden': 'merchant',
  'product.review.restored': 'merchant',
  'seller.review.written': 'merchant',
  'seller.review.edited': 'merchant',
  'seller.review.withdrawn': 'merchant',
  'seller.review.hidden': 'merchant',
  'seller.review.restored': 'merchant',
  'user.registered': 'platform',
  'user.roles.granted': 'platform',
  'user.erased': 'platform',
} as const satisfies Readonly<Record<string, 'platform' | 'merchant'>>;

export type IntegrationEventType = keyof typeof integrationEventTypes;

/** The types that merchants may receive. */
export type MerchantEventType = {
  [Type in IntegrationEventType]: (typeof integrationEventTypes)[Type] extends 'merchant' ? Type : never;
}[IntegrationEventType];

export const isIntegrationEventType = (text: string): text is IntegrationEventType =>
  Object.hasOwn(integrationEventTypes, text);
