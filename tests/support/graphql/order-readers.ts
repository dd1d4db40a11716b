import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { Stored } from '../../../platform/read-models';
import type { OrderDetails } from '../../../projections/order-details';
import type { HeldOrder } from '../../../projections/order-holds';
import type { OrderNotes } from '../../../projections/order-notes';

type OrderDocuments = {
  readonly orders: readonly Stored<OrderDetails>[];
  readonly orderHolds: readonly HeldOrder[];
  readonly orderNotes: readonly OrderNotes[];
};

const among = <D extends { readonly id: string }>(
  documents: readonly D[],
  wanted: readonly string[],
): readonly Stored<D>[] =>
  documents
    .filter(({ id }) => wanted.includes(id))
    .map((document) => ({ document, lastPosition: positionOf(1) }));

/** Readers over the documents of orders. */
export const orderReaders = (
  shop: OrderDocuments,
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Pick<Readers, 'orders' | 'orderHolds' | 'orderNotes'> => ({
  orders: {
    getMany: (wanted) =>
      told(
        'orders',
        shop.orders.filter(({ document }) => wanted.includes(document.id)),
      ),
    list: ({ customerId, status, reference, soldFrom, soldBefore }) => {
      const found = shop.orders
        .map(({ document }) => document)
        .filter((document) => (customerId ?? document.customerId) === document.customerId)
        .filter((document) => (status ?? document.status) === document.status)
        .filter((document) => (reference ?? document.reference) === document.reference)
        .filter(({ soldAt }) => soldAt >= (soldFrom ?? soldAt) && (!soldBefore || soldAt < soldBefore));
      return listing('orders.list', found);
    },
    find: (text) =>
      listing(
        'orders.find',
        shop.orders.map(({ document }) => document).filter(({ number }) => String(number).startsWith(text)),
      ),
    held: () => {
      const held = shop.orderHolds.map(({ id }) => id);
      return listing(
        'orders.held',
        shop.orders.map(({ document }) => document).filter((document) => held.includes(document.id)),
      );
    },
    tagged: (tag) => {
      const tagged = shop.orderNotes.filter(({ tags }) => tags.includes(tag)).map(({ id }) => id);
      return listing(
        'orders.tagged',
        shop.orders.map(({ document }) => document).filter((document) => tagged.includes(document.id)),
      );
    },
  },
  orderHolds: { getMany: (wanted) => told('orderHolds', among(shop.orderHolds, wanted)) },
  orderNotes: { getMany: (wanted) => told('orderNotes', among(shop.orderNotes, wanted)) },
});
