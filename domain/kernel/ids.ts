import type { Brand } from './brand';

/** UUID. Derived from the normalised e-mail address, so an address has one account. */
export type AccountId = Brand<string, 'AccountId'>;
/** UUID of a postal address. Derived from the command that added it. */
export type AddressId = Brand<string, 'AddressId'>;
/** UUID of a role that administrators define. Derived from the command that defined it. */
export type RoleId = Brand<string, 'RoleId'>;
/** UUID. Derived from the event that the notification is about. */
export type NotificationId = Brand<string, 'NotificationId'>;
/** UUID. Derived from the SKU, so a SKU has one product. */
export type ProductId = Brand<string, 'ProductId'>;
/** UUID of products that differ in the values of options. Derived from the command that created the family. */
export type ProductFamilyId = Brand<string, 'ProductFamilyId'>;
/** The SHA-256 of an uploaded picture as it is stored, in hexadecimal digits: the same picture has one id. */
export type PictureId = Brand<string, 'PictureId'>;
/** UUID. Derived from the code of a coupon, so a code has one promotion, or from the command that created the promotion. */
export type PromotionId = Brand<string, 'PromotionId'>;
/** UUID of a way in which goods are sent. Derived from the command that offered it. */
export type CategoryId = Brand<string, 'CategoryId'>;
export type PriceScheduleId = Brand<string, 'PriceScheduleId'>;
export type ShippingMethodId = Brand<string, 'ShippingMethodId'>;
/** UUID. Derived from the customer and the cart's generation, so a cart is ordered once. */
export type OrderId = Brand<string, 'OrderId'>;
/** UUID. Derived from the order and the payment attempt's command id. */
export type PaymentId = Brand<string, 'PaymentId'>;
/** UUID. Derived from the order and the request's command id. */
export type RefundId = Brand<string, 'RefundId'>;
/** UUID of one capture of an authorised payment. Derived from the shipment and the attempt. */
export type CaptureId = Brand<string, 'CaptureId'>;
/** UUID of an invoice or a credit note. Derived from the order or the refund, so each has one. */
export type InvoiceId = Brand<string, 'InvoiceId'>;
/** UUID. Derived from the order and the warehouse: an order leaves a warehouse in one shipment. */
export type ShipmentId = Brand<string, 'ShipmentId'>;
/** UUID of one after-sales request. Derived from the order and the request's number among those of the order. */
export type AfterSalesId = Brand<string, 'AfterSalesId'>;
/** UUID. Derived from the author and the subject, so an author has one review of a subject. */
export type ReviewId = Brand<string, 'ReviewId'>;
/** UUID of an internal note on an order. Derived from the command that added it. */
export type NoteId = Brand<string, 'NoteId'>;
/** UUID. Of a question derived from the command, of an answer from its author and what it answers, so an author has one answer to it. */
export type PostId = Brand<string, 'PostId'>;
/** UUID. Derived from the voter and the contribution, so an account has one vote on it. */
export type VoteId = Brand<string, 'VoteId'>;
/** UUID of one request for more stock. */
export type ReplenishmentId = Brand<string, 'ReplenishmentId'>;
/** UUID. Derived from the command that added the endpoint. */
export type WebhookEndpointId = Brand<string, 'WebhookEndpointId'>;
/** UUID. Derived from the endpoint and the event, so an event is delivered to an endpoint under one id. */
export type WebhookDeliveryId = Brand<string, 'WebhookDeliveryId'>;
/** The World's `whnum`: a positive int32, assigned in order. */
export type WarehouseId = Brand<number, 'WarehouseId'>;
/** The World's `truckid`: an int32. */
export type TruckId = Brand<number, 'TruckId'>;
/**
 * A positive whole number below 2^53, assigned once and in rising order, with gaps: the World's `shipid` and product
 * `id`, and the number of an order that a customer reads.
 */
export type SerialNumber = Brand<number, 'SerialNumber'>;
/** A World's number: an int64 as decimal text, because it need not fit a JavaScript number. */
export type WorldId = Brand<string, 'WorldId'>;
/** UUID. Derived from the cause, so one cause sends one command to the World. */
export type WorldCommandId = Brand<string, 'WorldCommandId'>;
/** UUID. Derived from the cause, so one cause sends one message to the carrier. */
export type CarrierMessageId = Brand<string, 'CarrierMessageId'>;
/** UUID. Derived from the carrier and the message's id at the carrier. */
export type CarrierInboundId = Brand<string, 'CarrierInboundId'>;
