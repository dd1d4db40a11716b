import { createHmac } from 'node:crypto';
import type {
  AccountId,
  AddressId,
  NoteId,
  AfterSalesId,
  CaptureId,
  InvoiceId,
  OrderId,
  PaymentId,
  PostId,
  ProductFamilyId,
  ProductId,
  PromotionId,
  RefundId,
  ReplenishmentId,
  ReviewId,
  RoleId,
  ShipmentId,
  CategoryId,
  PriceScheduleId,
  ShippingMethodId,
  VoteId,
  WarehouseId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '../../domain/kernel';
import { uuidV5, uuidV8 } from './uuid';

/** The namespace of all derived ids; a change would change the id of every account, product and order. */
const WAYBILL = 'a3f1f9d2-6f0e-5c1b-9d55-0a7f6f3f5b61';

const derive = (kind: string, ...parts: readonly (string | number)[]): string =>
  uuidV5(WAYBILL, [kind, ...parts].join('\n'));

/**
 * Returns the id of one decision of a command. Another decision of the same command (at another moment, on another state) has
 * another id, so that a store which takes equal ids for the same append never takes one decision for another.
 *
 * @param json - the JSON text of the decision's facts.
 */
export const decisionId = (commandId: string, json: string): string => uuidV5(commandId, json);

/** @param decision - `decisionId` of the event's decision. @param index - 0-based, among the decision's events. */
export const eventId = (decision: string, index: number): string => uuidV5(decision, String(index));

/** Returns the id of a following command: the same cause and purpose give the same id. */
export const commandId = (cause: string, purpose: string): string => derive('command', cause, purpose);

/**
 * Returns an account's id, which does not disclose the address without the key.
 *
 * @param email - normalised by the caller's schema.
 */
export const keyedAccountId = (key: string, email: string): AccountId =>
  uuidV8(createHmac('sha256', key).update(`account\n${email}`).digest()) as AccountId;
/** Returns the id of an account from versions without a key. Anyone can derive it from the address. */
export const formerAccountId = (email: string): AccountId => derive('account', email) as AccountId;
/** @param command - the id of the command that added the note. */
export const noteId = (command: string): NoteId => derive('note', command) as NoteId;
/** @param command - the id of the command that added the address. */
export const addressId = (command: string): AddressId => derive('address', command) as AddressId;
/** @param command - the id of the command that defined the role. */
export const roleId = (command: string): RoleId => derive('role', command) as RoleId;
export const productId = (sku: string): ProductId => derive('product', sku) as ProductId;
/** @param command - the id of the command that created the family. */
export const productFamilyId = (command: string): ProductFamilyId =>
  derive('product-family', command) as ProductFamilyId;
/** @param coupon - the code in capitals. */
export const promotionIdOfCoupon = (coupon: string): PromotionId => derive('coupon', coupon) as PromotionId;
/** @param command - the id of the command that created the promotion. */
export const promotionId = (command: string): PromotionId => derive('promotion', command) as PromotionId;
/** @param command - the id of the command that added the category. */
export const categoryId = (command: string): CategoryId => derive('category', command) as CategoryId;
/** @param command - the id of the command that scheduled the price. */
export const priceScheduleId = (command: string): PriceScheduleId =>
  derive('price-schedule', command) as PriceScheduleId;
/** @param command - the id of the command that offered the method. */
export const shippingMethodId = (command: string): ShippingMethodId =>
  derive('shipping-method', command) as ShippingMethodId;
export const orderIdOfCart = (customer: AccountId, generation: number): OrderId =>
  derive('order', customer, generation) as OrderId;
/** @param source - the list, e.g. the shop. @param reference - the order's name in it, e.g. an invoice number. */
export const orderIdOfImport = (source: string, reference: string): OrderId =>
  derive('imported', source, reference) as OrderId;
export const paymentId = (order: OrderId, attempt: string): PaymentId =>
  derive('payment', order, attempt) as PaymentId;
export const refundId = (order: OrderId, attempt: string): RefundId =>
  derive('refund', order, attempt) as RefundId;
/** @param attempt - what tells the captures for one shipment apart, such as the id of the command that tries again. */
export const captureId = (shipment: ShipmentId | OrderId, attempt: string): CaptureId =>
  derive('capture', shipment, attempt) as CaptureId;
export const invoiceIdOfOrder = (order: OrderId): InvoiceId => derive('invoice', order) as InvoiceId;
export const invoiceIdOfRefund = (refund: RefundId): InvoiceId => derive('credit-note', refund) as InvoiceId;
/** @param number - 1 for the first request of the order. */
export const afterSalesId = (order: OrderId, number: number): AfterSalesId =>
  derive('after-sales', order, number) as AfterSalesId;
/** @param moves - the number of the order's parts that were moved before; a part may come back to a warehouse. */
export const shipmentId = (order: OrderId, warehouse: WarehouseId, moves = 0): ShipmentId =>
  derive('shipment', order, warehouse, ...(moves === 0 ? [] : [moves])) as ShipmentId;
export const reviewId = (author: AccountId, subject: string): ReviewId =>
  derive('review', author, subject) as ReviewId;
/** @param command - the id of the command that asked it. */
export const questionId = (command: string): PostId => derive('question', command) as PostId;
export const answerId = (author: AccountId, question: PostId): PostId =>
  derive('answer', author, question) as PostId;
/** Returns the id of the one answer that the seller, or the shop, gives to a review. */
export const reviewAnswerId = (review: ReviewId): PostId => derive('review-answer', review) as PostId;
/** @param contribution - the id of the review or the post. */
export const voteId = (voter: AccountId, contribution: ReviewId | PostId): VoteId =>
  derive('vote', voter, contribution) as VoteId;
/** @param carrier - the carrier of the number. */
export const trackingNumberId = (carrier: string, number: string): string =>
  derive('tracking-number', carrier, number);
export const replenishmentId = (cause: string): ReplenishmentId =>
  derive('replenishment', cause) as ReplenishmentId;
/** @param command - the id of the command that added the endpoint. */
export const webhookEndpointId = (command: string): WebhookEndpointId =>
  derive('webhook-endpoint', command) as WebhookEndpointId;
/** @param event - the id of the integration event. */
export const webhookDeliveryId = (endpoint: WebhookEndpointId, event: string): WebhookDeliveryId =>
  derive('webhook-delivery', endpoint, event) as WebhookDeliveryId;
