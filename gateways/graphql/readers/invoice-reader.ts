import type { Reader } from '../../../platform/projections';
import type { Invoice } from '../../../projections/invoices';
import { every, listed } from './listings';
import type { Readers } from './readers';

/** In the order in which they were issued: the invoice, which all credit notes correct, first. */
const byIssue = (one: Invoice, other: Invoice): number =>
  one.kind === other.kind ? one.number.localeCompare(other.number) : one.kind === 'INVOICE' ? -1 : 1;

/** Returns the reader over the read model of invoices. */
export const invoiceReader = (reader: Reader<Invoice>): Readers['invoices'] => ({
  ...reader,
  list: ({ customerId, series, issuedFrom: gte, issuedBefore: lt }) => {
    const asked =
      customerId !== undefined
        ? { index: 'by_customer', where: { customerId, isIssued: true } }
        : series === undefined
          ? { index: 'by_day', where: { isIssued: true } }
          : { index: 'by_series', where: { series, isIssued: true } };
    return listed(reader, { ...asked, range: { gte, lt }, order: 'descending' });
  },
  byNumber: async (number) =>
    // Drafts have an empty number.
    number === '' ? undefined : (await every(reader, 'by_number', { number }))[0],
  ofOrder: async (orderId) =>
    (await every(reader, 'by_order', { orderId, isIssued: true })).toSorted(byIssue),
});
