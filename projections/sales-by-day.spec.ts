import type { Instant, OrderId } from '../domain/kernel';
import type { CurrencyCode, Money } from '../domain/money';
import {
  at,
  cancelled,
  gbp,
  lines,
  paid,
  placed,
  refundRefused,
  refundRequested,
} from '../tests/support/domain/orders';
import { itProjects, projected } from '../tests/support/projections/it-projects';
import { salesByDay, type SalesDay } from './sales-by-day';

const day = at.slice(0, 10);
const sale = { source: 'old-shop', reference: '536365', soldAt: '2010-12-01T23:59:59.999Z' as Instant };
const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
const { total } = placed.data;

const amounts = (more: Partial<SalesDay['amounts'][number]> = {}, currency = 'GBP') => ({
  ...{ currency: currency as CurrencyCode, sold: 0, paid: 0, refunded: 0, refundsRefused: 0 },
  ...more,
});
const dayOf = (id: string, more: Partial<SalesDay> = {}): SalesDay => ({
  ...{ id, day: id, orders: 0, units: 0, cancelled: 0, amounts: [] },
  ...more,
});
const sold = (id: string, times = 1): SalesDay =>
  dayOf(id, {
    ...{ orders: times, units: times * units },
    amounts: [amounts({ sold: times * total.amountMinor })],
  });
const recordedLater = (order?: { placedAt: Instant; total: Money; units: number }, soldAt = sale.soldAt) => ({
  type: 'OrderSaleRecorded' as const,
  data: { orderId: 'o' as OrderId, sale: { ...sale, soldAt }, ...(order && { order }), recordedAt: at },
});
const counted = { placedAt: at, total, units };

itProjects(salesByDay, [
  { on: placed, because: 'is the first of its day', touches: [{ id: day, after: sold(day) }] },
  { on: placed, because: 'adds up', touches: [{ id: day, before: sold(day), after: sold(day, 2) }] },
  {
    on: { ...placed, data: { ...placed.data, sale } },
    because: 'counts for the day of its sale in UTC, not of its import',
    touches: [{ id: '2010-12-01', after: sold('2010-12-01') }],
  },
  {
    on: { ...placed, data: { ...placed.data, total: { amountMinor: 5, currency: 'EUR' as CurrencyCode } } },
    because: 'has sums of its own in another currency',
    touches: [
      {
        id: day,
        before: sold(day),
        after: {
          ...sold(day, 2),
          amounts: [amounts({ sold: 5 }, 'EUR'), amounts({ sold: total.amountMinor })],
        },
      },
    ],
  },
  {
    on: recordedLater(counted),
    because: 'goes from the day of its import to the day of its sale',
    touches: [
      {
        id: day,
        before: sold(day, 2),
        after: sold(day),
      },
      { id: '2010-12-01', after: sold('2010-12-01') },
    ],
  },
  {
    on: recordedLater(undefined),
    because: 'of an older version does not say what was counted',
    touches: [],
  },
  {
    on: recordedLater(counted, at),
    because: 'was sold on the day of its import',
    touches: [],
  },
  {
    on: paid,
    because: 'is of the day of the payment',
    touches: [{ id: day, after: dayOf(day, { amounts: [amounts({ paid: total.amountMinor })] }) }],
  },
  {
    on: cancelled('payment-overdue'),
    because: 'is of the day of the cancellation',
    touches: [{ id: day, before: sold(day), after: { ...sold(day), cancelled: 1 } }],
  },
  {
    on: refundRequested(890),
    because: 'is of the day on which it was requested',
    touches: [{ id: day, after: dayOf(day, { amounts: [amounts({ refunded: 890 })] }) }],
  },
  {
    on: refundRefused(890),
    because: 'returned no money',
    touches: [{ id: day, after: dayOf(day, { amounts: [amounts({ refundsRefused: 890 })] }) }],
  },
]);

it('adds up to the largest exact number and no further', () => {
  const huge = { ...placed, data: { ...placed.data, total: gbp(Number.MAX_SAFE_INTEGER) } };
  const [found] = projected(salesByDay, [huge, huge]).values();
  expect(found).toMatchObject({ orders: 2, amounts: [{ sold: Number.MAX_SAFE_INTEGER }] });
});
