import type { RecordedEvent } from '../../platform/event-store';
import { drafted, invoiceId, numbered } from '../../tests/support/domain/invoices';
import { gbp, orderId } from '../../tests/support/domain/orders';
import { invoiceBook } from './invoice-book';

const early = '2026-11-02T09:00:00.000Z';
const late = '2026-11-02T10:00:00.000Z';

const paid = { type: 'OrderPaid', data: { orderId, paid: gbp(1_200) } };
const imported = { type: 'OrderPlaced', data: { orderId, sale: { source: 's', reference: 'r' } } };
const refunded = { type: 'OrderRefunded', data: { orderId, refundId: 'r1', amount: gbp(100) } };
const assigned = (first: number, ...invoiceIds: readonly string[]) => ({
  type: 'InvoiceNumbersAssigned',
  data: { series: 'INV-2026', first, invoiceIds },
});
const first = { ...numbered, data: { ...numbered.data, sequence: 1, number: 'INV-2026-000001' } };
const later = { type: 'CartCleared', data: {}, recordedAt: late };

const breachesOf = (...events: readonly object[]): readonly string[] => {
  const book = invoiceBook();
  for (const event of events) book.see({ recordedAt: early, ...event } as RecordedEvent);
  return book.breaches(true).map(({ invariant, subject, detail }) => `${invariant} ${subject}: ${detail}`);
};

describe('the invoices', () => {
  it('are one for each paid order, with a number', () =>
    expect(breachesOf(paid, drafted, assigned(1, invoiceId), first, later)).toEqual([]));

  it('are not there for imported orders', () => expect(breachesOf(imported, paid, later)).toEqual([]));

  it('may follow a moment later', () => expect(breachesOf(paid)).toEqual([]));

  it('are missed after that, as are credit notes', () =>
    expect(breachesOf(paid, refunded, later)).toEqual([
      `V11 order-${orderId}: has no invoice`,
      `V11 order-${orderId}: has no credit note for the refund r1`,
    ]));

  it('are over what was paid', () => {
    const less = { ...paid, data: { ...paid.data, paid: gbp(1_100) } };
    expect(breachesOf(less, drafted, assigned(1, invoiceId), first)).toEqual([
      `V11 invoice-${invoiceId}: is over 1200 GBP, and 1100 was moved`,
    ]);
  });

  it('are about one payment each', () => {
    const other = { ...drafted, data: { ...drafted.data, invoiceId: 'other' } };
    expect(breachesOf(paid, drafted, other)).toEqual([
      'V11 invoice-other: is the second one about ' + orderId,
    ]);
  });

  it('have numbers without a gap', () =>
    expect(breachesOf(paid, drafted, assigned(2, invoiceId))).toContain(
      'V11 invoice_series-INV-2026: number 2 comes after 0',
    ));

  it('have the numbers that were assigned to them, and no number is left over', () => {
    const wrong = `V11 invoice-${invoiceId}: has the number INV-2026-000001, which was not assigned to it`;
    expect(breachesOf(paid, drafted, first)).toEqual([wrong]);
    expect(breachesOf(paid, drafted, assigned(1, invoiceId))).toEqual([
      'V11 invoice_series-INV-2026: number 1 is on no invoice',
    ]);
  });
});
