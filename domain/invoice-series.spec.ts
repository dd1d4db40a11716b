import { given } from '../tests/support/domain/given';
import { assignedMax, invoiceSeries, type InvoiceNumbersAssigned } from './invoice-series';
import type { Instant, InvoiceId } from './kernel';

const at = '2026-11-30T09:00:00.000Z' as Instant;
const series = 'INV-2026';
const ids = (...names: readonly string[]) => names as readonly InvoiceId[];
const assigned = (first: number, ...names: readonly string[]): InvoiceNumbersAssigned => ({
  type: 'InvoiceNumbersAssigned',
  data: { series, first, invoiceIds: ids(...names), assignedAt: at },
});
const assign = (after: number, ...names: readonly string[]) =>
  ({ type: 'AssignInvoiceNumbers', series, after, invoiceIds: ids(...names), at }) as const;

describe('AssignInvoiceNumbers', () => {
  it('begins with one', () =>
    given(invoiceSeries, [])
      .when(assign(0, 'a', 'b'))
      .then([assigned(1, 'a', 'b')]));

  it('goes on after the last number', () =>
    given(invoiceSeries, [assigned(1, 'a', 'b')])
      .when(assign(2, 'c'))
      .then([assigned(3, 'c')]));

  it('refuses a sender who does not know the last number, whose invoice may have got one since', () =>
    given(invoiceSeries, [assigned(1, 'a', 'b')])
      .when(assign(0, 'a'))
      .thenRejected({ code: 'INVOICE_SERIES_MOVED_ON', last: 2 }));

  it('refuses the same invoices in another order', () =>
    given(invoiceSeries, [assigned(1, 'a', 'b')])
      .when(assign(0, 'b', 'a'))
      .thenRejected({ code: 'INVOICE_SERIES_MOVED_ON', last: 2 }));

  it.each([
    ['no', []],
    ['too many', Array.from({ length: assignedMax + 1 }, (_, index) => `i${index}`)],
    ['repeated', ['a', 'a']],
  ])('refuses %s invoices', (_, names) =>
    given(invoiceSeries, [])
      .when(assign(0, ...names))
      .thenRejected({ code: 'INVOICE_COUNT_OUT_OF_RANGE', count: names.length, max: assignedMax }),
  );
});
