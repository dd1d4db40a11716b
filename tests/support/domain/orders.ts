import type { Instant, PaymentId, RefundId, SerialNumber, WarehouseId } from '../../../domain/kernel';
import { money } from '../../../domain/money';
import type { CurrencyCode } from '../../../domain/money';
import type { CancellationReason, OrderEvent, OrderLine } from '../../../domain/order';
import type { PaymentEvent } from '../../../domain/payment';
import { at, customerId, items, orderId, place, shipmentId, warehouseId } from './shipments';

/** An order of three mugs, its facts and those of its payment; it travels in the shipment of `shipments.ts`. */
export { at, customerId, orderId };
export const paymentId = 'payment-1' as PaymentId;
export const refundId = 'refund-1' as RefundId;
export const payBy = '2026-11-02T09:30:00.000Z' as Instant;
export const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);

export const lines: readonly OrderLine[] = items.map((item) => ({ ...item, unitPrice: gbp(890) }));
export const total = gbp(2670);

type Order<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
type Payment<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { type: Type }>;

export const placed: Order<'OrderPlaced'> = {
  type: 'OrderPlaced',
  data: {
    orderId,
    number: 1001 as SerialNumber,
    customerId,
    cartGeneration: 0,
    lines,
    total,
    destination: place,
    payBy,
    placedAt: at,
  },
};
export const allocated = (
  awaitingStock: boolean,
  warehouses: readonly WarehouseId[] = [warehouseId],
): Order<'OrderAllocated'> => ({
  type: 'OrderAllocated',
  data: {
    orderId,
    parts: warehouses.map((from) => ({
      shipmentId,
      warehouseId: from,
      lines: lines.map(({ productId, quantity }) => ({ productId, quantity, awaitingStock })),
    })),
    allocatedAt: at,
  },
});
export const paid: Order<'OrderPaid'> = {
  type: 'OrderPaid',
  data: { orderId, paymentId, paid: total, paidAt: at },
};
export const cancelled = (reason: CancellationReason): Order<'OrderCancelled'> => ({
  type: 'OrderCancelled',
  data: { orderId, reason, cancelledAt: at },
});
export const refundRequested = (amountMinor: number): Order<'OrderRefundRequested'> => ({
  type: 'OrderRefundRequested',
  data: { orderId, paymentId, refundId, amount: gbp(amountMinor), reason: 'came broken.', requestedAt: at },
});
export const refunded = (amountMinor: number): Order<'OrderRefunded'> => ({
  type: 'OrderRefunded',
  data: { orderId, refundId, amount: gbp(amountMinor), inFull: amountMinor === 2670, refundedAt: at },
});
export const refundRefused = (amountMinor: number): Order<'OrderRefundRefused'> => ({
  type: 'OrderRefundRefused',
  data: { orderId, refundId, amount: gbp(amountMinor), reason: 'card closed', refusedAt: at },
});

const attempt = { paymentId, orderId };
export const paymentRequested: Payment<'PaymentRequested'> = {
  type: 'PaymentRequested',
  data: { ...attempt, customerId, amount: total, method: 'test', requestedAt: at },
};
export const paymentActionRequired: Payment<'PaymentActionRequired'> = {
  type: 'PaymentActionRequired',
  data: {
    ...attempt,
    method: 'test-redirect',
    action: { kind: 'REDIRECT', url: 'https://pay.example/1' },
    requiredAt: at,
  },
};
export const paymentPending: Payment<'PaymentPending'> = {
  type: 'PaymentPending',
  data: { ...attempt, method: 'test-pending', pendingAt: at },
};
export const captured: Payment<'PaymentCaptured'> = {
  type: 'PaymentCaptured',
  data: { ...attempt, amount: total, reference: 'test_1', capturedAt: at },
};
export const declined: Payment<'PaymentDeclined'> = {
  type: 'PaymentDeclined',
  data: { ...attempt, reason: 'insufficient funds', declinedAt: at },
};
export const paymentRefundRequested: Payment<'PaymentRefundRequested'> = {
  type: 'PaymentRefundRequested',
  data: { ...attempt, refundId, amount: gbp(890), requestedAt: at },
};
export const paymentRefundPending: Payment<'PaymentRefundPending'> = {
  type: 'PaymentRefundPending',
  data: { ...attempt, refundId, pendingAt: at },
};
export const paymentRefunded: Payment<'PaymentRefunded'> = {
  type: 'PaymentRefunded',
  data: { ...attempt, refundId, amount: gbp(890), reference: 'test_2', refundedAt: at },
};
export const paymentRefundFailed: Payment<'PaymentRefundFailed'> = {
  type: 'PaymentRefundFailed',
  data: { ...attempt, refundId, reason: 'card closed', failedAt: at },
};

/** Some pieces of the first line were cancelled. */
export const goodsCancelled = (
  quantity: number,
  reason: Order<'OrderGoodsCancelled'>['data']['reason'],
  parts: Order<'OrderGoodsCancelled'>['data']['parts'],
): Order<'OrderGoodsCancelled'> => ({
  type: 'OrderGoodsCancelled',
  data: {
    ...{ orderId, refundId, parts, reason, cancelledAt: at },
    lines: [{ productId: lines[0]!.productId, quantity }],
  },
});
