import { given } from '../tests/support/domain/given';
import { content, drafted, invoiceId, numbered } from '../tests/support/domain/invoices';
import { at, gbp } from '../tests/support/domain/orders';
import { invoice, invoiceNumberOf, invoiceSeriesOf, sumOf } from './invoice';

const draft = { type: 'DraftInvoice', draft: drafted.data } as const;
const number = { type: 'NumberInvoice', invoiceId, sequence: 7, at } as const;
const demand = { type: 'DemandNumber', invoiceId } as const;

describe('DraftInvoice', () => {
  it('says all but the number', () => given(invoice, []).when(draft).then([drafted]));

  it('is decided once', () => {
    const other = { ...drafted.data, content: { ...content, total: gbp(1) } };
    given(invoice, [drafted, numbered]).when({ type: 'DraftInvoice', draft: other }).then([]);
  });

  it('refuses rows that do not add up to the total', () =>
    given(invoice, [])
      .when({ type: 'DraftInvoice', draft: { ...drafted.data, content: { ...content, total: gbp(1_199) } } })
      .thenRejected({ code: 'INVOICE_SUMS_DIFFER', total: 1_199, sum: 1_200 }));
});

describe('NumberInvoice', () => {
  it('issues the draft', () => given(invoice, [drafted]).when(number).then([numbered]));

  it('never gives a second number', () =>
    given(invoice, [drafted, numbered])
      .when({ ...number, sequence: 8 })
      .thenRejected({ code: 'INVOICE_NUMBERED', invoiceId, number: 'INV-2026-000007' }));

  it('refuses what is not drafted', () =>
    given(invoice, []).when(number).thenRejected({ code: 'INVOICE_NOT_DRAFTED', invoiceId }));
});

describe('DemandNumber', () => {
  it('finds that a draft has none', () => given(invoice, [drafted]).when(demand).then([]));

  it('finds the number', () =>
    given(invoice, [drafted, numbered])
      .when(demand)
      .thenRejected({ code: 'INVOICE_NUMBERED', invoiceId, number: 'INV-2026-000007' }));

  it('refuses what is not drafted', () =>
    given(invoice, []).when(demand).thenRejected({ code: 'INVOICE_NOT_DRAFTED', invoiceId }));
});

it('has numbers that sort as texts, in the series of a kind and year', () => {
  expect(invoiceSeriesOf('INVOICE', '2026-12-31')).toBe('INV-2026');
  expect(invoiceNumberOf(invoiceSeriesOf('CREDIT_NOTE', '2027-01-01'), 12)).toBe('CN-2027-000012');
});

it('adds a tax that the rows do not contain', () => {
  expect(sumOf(content)).toBe(1_200);
  expect(sumOf({ ...content, tax: { ...content.tax!, isIncluded: false } })).toBe(1_400);
});
