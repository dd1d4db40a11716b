import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { Invoice } from '../../../projections/invoices';

/** Readers over the invoices of a shop. */
export const invoiceReaders = (
  shop: { readonly invoices: readonly Invoice[] },
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Readers['invoices'] => ({
  getMany: (wanted) =>
    told(
      'invoices',
      shop.invoices
        .filter(({ id }) => wanted.includes(id))
        .map((document) => ({ document, lastPosition: positionOf(9) })),
    ),
  list: ({ customerId, series }) =>
    listing(
      'invoices.list',
      shop.invoices
        .filter((one) => (customerId ?? one.customerId) === one.customerId)
        .filter((one) => (series ?? one.series) === one.series),
    ),
  byNumber: (number) =>
    told(
      'invoices.byNumber',
      shop.invoices.find((one) => one.number === number),
    ),
  ofOrder: (orderId) =>
    told(
      'invoices.ofOrder',
      shop.invoices.filter((one) => one.orderId === orderId),
    ),
});
