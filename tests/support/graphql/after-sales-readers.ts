import type { AccountId, AfterSalesId, Instant, OrderId, ProductId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { AfterSalesDocument } from '../../../projections/after-sales';

const at = '2026-01-31T08:00:00.000Z' as Instant;

/** Returns a request about two mugs that a seller sold. */
export const requestAbout = (of: {
  readonly id: AfterSalesId;
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly sellerId: AccountId;
  readonly productId: ProductId;
}): AfterSalesDocument => {
  const { id, orderId, customerId, sellerId, productId } = of;
  return {
    ...{ id, orderId, orderNumber: 1_001, number: 1, customerId, sellerId },
    ...{ kind: 'RETURN', status: 'REQUESTED', statusSince: at, dueAt: at },
    lines: [
      {
        ...{ productId, sku: 'SKU-1', name: 'Mug', quantity: 2, reason: 'DAMAGED' },
        ...{ restocked: 0, writtenOff: 0, refused: 0 },
      },
    ],
    ...{ description: 'Both are cracked.', evidence: [], disputeText: null, remark: null, returnTo: null },
    ...{ parcel: null, warehouseId: null, replacement: null, refunded: null, failure: null },
    photos: [],
    worth: { amountMinor: 2_600, currency: 'GBP' as CurrencyCode },
    ...{ requestedAt: at, sentAt: null, receivedAt: null, closedAt: null },
    timeline: [{ at, type: 'AfterSalesRequested', summary: 'The customer made the request.' }],
  };
};

/** Readers over after-sales requests. */
export const afterSalesReaders = (
  shop: { readonly afterSales: readonly AfterSalesDocument[] },
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Readers['afterSales'] => ({
  getMany: (wanted) =>
    told(
      'afterSales',
      shop.afterSales
        .filter(({ id }) => wanted.includes(id))
        .map((document) => ({ document, lastPosition: positionOf(12) })),
    ),
  list: ({ customerId, sellerId, status }) =>
    listing(
      'afterSales.list',
      shop.afterSales.filter(
        (one) =>
          (customerId ?? one.customerId) === one.customerId &&
          (sellerId ?? one.sellerId) === one.sellerId &&
          (status ?? one.status) === one.status,
      ),
    ),
  ofOrder: (orderId) =>
    told(
      'afterSales.ofOrder',
      shop.afterSales.filter((one) => one.orderId === orderId),
    ),
});
