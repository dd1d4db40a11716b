import { afterSales, isOpenAfterSales, requestsMax, type KnownAfterSales } from '../../domain/after-sales';
import type { OrderId, ProductId, RefundId } from '../../domain/kernel';
import { dueOf, mayBeGone, paymentOf, remainingOf, type KnownOrder } from '../../domain/order';
import type { Aggregates } from '../../platform/execution';
import { afterSalesId as idOf, refundId as refundIdOf } from '../../platform/ids';

/** Returns the requests of an order, by their numbers. There are few: each has a stream, and they are numbered from 1. */
export const requestsOf = async (
  aggregates: Aggregates,
  orderId: OrderId,
): Promise<readonly KnownAfterSales[]> => {
  const requests: KnownAfterSales[] = [];
  for (let number = 1; number <= requestsMax; number += 1) {
    const state = await aggregates.of(afterSales).load(idOf(orderId, number));
    if (state.status === 'NONE') break;
    requests.push(state);
  }
  return requests;
};

/** Returns the id of the refund that a request has asked of its order, or will ask with its next attempt. */
export const refundIdOfRequest = (
  { orderId, afterSalesId }: Pick<KnownAfterSales, 'orderId' | 'afterSalesId'>,
  attempt: number,
): RefundId => refundIdOf(orderId, `after-sales ${afterSalesId} ${attempt}`);

const quantityOf = (
  lines: readonly { readonly productId: ProductId; readonly quantity: number }[],
  product: ProductId,
): number =>
  lines.reduce((sum, { productId, quantity }) => (productId === product ? sum + quantity : sum), 0);

/** Tests whether the goods of a request are not there for another one: it is open, or it was refunded. */
export const takesGoods = ({ status }: KnownAfterSales): boolean =>
  isOpenAfterSales(status) || status === 'REFUNDED';

/** Tests whether the order has already counted the goods of a request among those that were refunded. */
const isCounted = (order: KnownOrder, request: KnownAfterSales): boolean => {
  const refundId = refundIdOfRequest(request, request.refundAttempts);
  return paymentOf(order)?.refunds.some((one) => one.refundId === refundId && !one.refused) ?? false;
};

/**
 * Returns the pieces of a product for which something can be requested: those that were delivered, and for a refund without a
 * return those that have left, less those that were refunded or are in a request that is open or was refunded.
 */
export const availableOf = (
  order: KnownOrder,
  requests: readonly KnownAfterSales[],
  { kind, productId }: { readonly kind: KnownAfterSales['kind']; readonly productId: ProductId },
): number => {
  // Cancelled pieces are not in the parts.
  const refunded = Math.max(0, dueOf(order, productId) - remainingOf(order, productId).quantity);
  const there = order.parts.filter((part) => (kind === 'REFUND_ONLY' ? mayBeGone(part) : part.delivered));
  const taken = requests
    // A refund of 0 leaves no trace in the order.
    .filter((request) => takesGoods(request) && !isCounted(order, request))
    .flatMap(({ settled, lines }) => (settled.length > 0 ? settled : lines));
  const pieces = quantityOf(
    there.flatMap(({ lines }) => lines),
    productId,
  );
  return Math.max(0, pieces - refunded - quantityOf(taken, productId));
};
