import { column, field, flatModel, money, ofItem, pairOf } from '../../platform/read-models/flat';
import { salesByDay } from '../sales-by-day';

const SOLD = ['OrderPlaced', 'OrderSaleRecorded'];
const ANY = [
  'OrderPlaced',
  'OrderSaleRecorded',
  'OrderPaid',
  'OrderCancelled',
  'OrderRefundRequested',
  'OrderRefundRefused',
];

const currency = ofItem('currency');
const sum = (path: string) => ({ minor: ofItem(path), currency });

export const salesDaily = flatModel('sales_daily', salesByDay, {
  meaning:
    'Sales by day: one row a day and currency. The counts are those of the whole day, in each of its rows. A day without sums has no row.',
  each: 'amounts',
  key: 'sales_id',
  time: 'day',
  columns: {
    sales_id: column(pairOf(field('day'), '/', currency), ANY, {
      type: 'text',
      meaning: 'The unique identifier: `<day>/<currency>`.',
    }),
    day: column(field('day'), ANY, { type: 'date', unit: 'UTC' }),
    currency: column(currency, ANY),
    order_count: column(field('orders'), SOLD),
    pieces: column(field('units'), SOLD, { unit: 'pieces' }),
    cancelled_count: column(field('cancelled'), ['OrderPlaced', 'OrderCancelled']),
    ...money('sold', sum('sold'), SOLD, 'The price of the orders that were sold on the day.'),
    ...money(
      'paid',
      sum('paid'),
      ANY,
      'The sum that was paid on the day; held money counts when it is held.',
    ),
    ...money('refunded', sum('refunded'), ANY, 'The sum of the refunds that were requested on the day.'),
    ...money(
      'refunds_refused',
      sum('refundsRefused'),
      ANY,
      'The sum of the refunds that the payment provider refused on the day.',
    ),
  },
});
