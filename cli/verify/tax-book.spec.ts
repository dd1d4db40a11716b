import type { RecordedEvent } from '../../platform/event-store';
import { taxBook } from './tax-book';

const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });
const entry = (net: number, tax: number) => ({
  ...{ category: 'STANDARD', rateHundredths: 2_000, net: gbp(net), tax: gbp(tax) },
});
const placed = (lineTax: number, shippingTax: number) => ({
  type: 'OrderPlaced',
  data: {
    orderId: 'o',
    lines: [{ tax: { category: 'STANDARD', amount: gbp(lineTax) } }],
    shipping: { tax: { category: 'STANDARD', amount: gbp(shippingTax) } },
    tax: { country: 'GB', isIncluded: true, entries: [entry(100, 20)] },
  },
});
const requested = (refundId: string, amount: number, net: number, tax: number) => ({
  type: 'OrderRefundRequested',
  data: { orderId: 'o', refundId, amount: gbp(amount), tax: [entry(net, tax)] },
});
const refused = (refundId: string) => ({ type: 'OrderRefundRefused', data: { orderId: 'o', refundId } });

const breachesOf = (...events: readonly object[]): readonly string[] => {
  const book = taxBook();
  for (const event of events) book.see(event as RecordedEvent);
  return book.breaches(true).map(({ invariant, subject, detail }) => `${invariant} ${subject}: ${detail}`);
};

describe('the taxes of an order', () => {
  it('add up with those of its refunds, a refused one not counted', () =>
    expect(
      breachesOf(
        ...[placed(15, 5), requested('1', 60, 50, 10), refused('1')],
        ...[requested('2', 119, 100, 19), requested('3', 1, 0, 1)],
      ),
    ).toEqual([]));

  it('are not more or less than those of its lines and its shipping', () =>
    expect(breachesOf(placed(15, 4))).toEqual([
      'V10 order-o: its taxes of category STANDARD add up to 19, its entry is 20',
    ]));

  it('do not go back twice', () =>
    expect(breachesOf(placed(15, 5), requested('1', 60, 45, 15), requested('2', 20, 10, 10))).toEqual([
      'V10 order-o: after a refund, -5 of its tax of category STANDARD is left, in a price of 40',
    ]));

  it('all go back with the whole payment', () =>
    expect(breachesOf(placed(15, 5), requested('1', 120, 101, 19))).toEqual([
      'V10 order-o: after a refund, 1 of its tax of category STANDARD is left, in a price of 0',
    ]));

  it('are a part of each refund', () =>
    expect(breachesOf(placed(15, 5), requested('1', 60, 50, 9))).toEqual([
      'V10 order-o: the parts of a refund add up to 59, its amount is 60',
    ]));
});
