import { createHmac } from 'node:crypto';
import type {
  AccountId,
  AddressId,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  ReplenishmentId,
  ReviewId,
  ShipmentId,
  WarehouseId,
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
/** @param command - the id of the command that added the address. */
export const addressId = (command: string): AddressId => derive('address', command) as AddressId;
export const productId = (sku: string): ProductId => derive('product', sku) as ProductId;
export const orderIdOfCart = (customer: AccountId, generation: number): OrderId =>
  derive('order', customer, generation) as OrderId;
/** @param source - the list, e.g. the shop. @param reference - the order's name in it, e.g. an invoice number. */
export const orderIdOfImport = (source: string, reference: string): OrderId =>
  derive('imported', source, reference) as OrderId;
export const paymentId = (order: OrderId, attempt: string): PaymentId =>
  derive('payment', order, attempt) as PaymentId;
export const refundId = (order: OrderId, attempt: string): RefundId =>
  derive('refund', order, attempt) as RefundId;
/** @param moves - the number of the order's parts that were moved before; a part may come back to a warehouse. */
export const shipmentId = (order: OrderId, warehouse: WarehouseId, moves = 0): ShipmentId =>
  derive('shipment', order, warehouse, ...(moves === 0 ? [] : [moves])) as ShipmentId;
export const reviewId = (author: AccountId, subject: string): ReviewId =>
  derive('review', author, subject) as ReviewId;
/** @param carrier - the carrier of the number. */
export const trackingNumberId = (carrier: string, number: string): string =>
  derive('tracking-number', carrier, number);
export const replenishmentId = (cause: string): ReplenishmentId =>
  derive('replenishment', cause) as ReplenishmentId;
