import {
  column,
  countOf,
  days,
  differenceOf,
  field,
  flatModel,
  itemNumber,
  moment,
  money,
  ofItem,
  pairOf,
  productOf,
  sumOf,
  timeOf,
} from '../../platform/read-models/flat';
import { orderDetails } from '../order-details';

const PLACED = ['OrderPlaced'];
const SOLD = ['OrderPlaced', 'OrderSaleRecorded'];
const MOVED = [
  'OrderPlaced',
  'OrderPaid',
  'OrderShipped',
  'OrderFulfilled',
  'OrderCompleted',
  'OrderCancelled',
];
const SETTLED = [...MOVED, 'OrderRefundRequested', 'OrderRefunded', 'OrderRefundRefused'];
const DESTINED = ['OrderPlaced', 'OrderDestinationChanged', 'OrderRedirectMissed'];

const currency = field('total.currency');
const soldAt = field('soldAt');

/** Columns that an order and each of its lines have. */
const sale = {
  ...moment('sold_at', soldAt, SOLD),
  ...days('sold', soldAt, SOLD),
  source: column(field('source'), SOLD),
  country: column(field('country'), SOLD),
};

export const orders = flatModel('orders', orderDetails, {
  meaning: 'Orders: one row an order, with its sums, its times and its destination.',
  key: 'order_id',
  time: 'sold_at',
  columns: {
    order_id: column(field('id'), PLACED),
    order_number: column(field('number'), PLACED),
    customer_id: column(field('customerId'), PLACED),
    status: column(field('status'), SETTLED),
    progress: column(field('progress'), MOVED),
    ...moment('placed_at', field('placedAt'), PLACED),
    ...sale,
    reference: column(field('reference'), SOLD),
    ...moment(
      'paid_at',
      timeOf('OrderPaid'),
      ['OrderPaid'],
      'The time when the order was paid; null before.',
    ),
    ...moment(
      'fulfilled_at',
      timeOf('OrderFulfilled'),
      ['OrderFulfilled'],
      'The time when all parcels were delivered; null before.',
    ),
    ...moment(
      'cancelled_at',
      timeOf('OrderCancelled'),
      ['OrderCancelled'],
      'The time when the order was cancelled; null where it was not.',
    ),
    currency: column(currency, PLACED, {
      meaning: 'The currency of the sums: an ISO 4217 code in capitals.',
    }),
    ...money(
      'total',
      { minor: field('total.amountMinor'), currency },
      PLACED,
      'The price of all lines, with the shipping and the tax.',
    ),
    ...money(
      'shipping',
      { minor: field('shipping.charge.amountMinor'), currency },
      PLACED,
      'The charge of the shipping; null where no method was chosen.',
    ),
    tax_country: column(field('tax.country'), PLACED, {
      type: 'text',
      meaning: 'The country whose tax it is: two letters, ISO 3166-1; null where none was due.',
    }),
    ...money(
      'tax',
      { minor: sumOf('tax.entries', 'tax.amountMinor'), currency },
      PLACED,
      'The tax, in the total in either way; 0 where none was due.',
    ),
    ...money(
      'paid',
      { minor: field('paid.amountMinor'), currency },
      ['OrderPlaced', 'OrderPaid'],
      'The sum that was paid; 0 before.',
    ),
    ...money(
      'refunded',
      { minor: field('refunded.amountMinor'), currency },
      ['OrderPlaced', 'OrderRefunded'],
      'The sum that has been returned to the customer.',
    ),
    line_count: column(countOf('lines'), PLACED, { type: 'integer', meaning: 'The number of lines.' }),
    pieces: column(sumOf('lines', 'quantity'), PLACED, {
      type: 'integer',
      unit: 'pieces',
      meaning: 'The number of pieces in all lines.',
    }),
    shipment_count: column(countOf('shipments'), ['OrderPlaced', 'ShipmentCreated'], {
      type: 'integer',
      meaning: 'The number of parcels.',
    }),
    destination_x: column(field('destination.x'), DESTINED, { unit: "fields of the World's grid" }),
    destination_y: column(field('destination.y'), DESTINED, { unit: "fields of the World's grid" }),
    payment_id: column(field('paymentId'), ['OrderPlaced', 'OrderPaid']),
  },
});

const unitPrice = ofItem('unitPrice.amountMinor');
const discount = ofItem('discount.amountMinor');
const lineCurrency = ofItem('unitPrice.currency');

export const orderLines = flatModel('order_lines', orderDetails, {
  meaning: 'The lines of the orders: one row a product in an order, with its price at that time.',
  each: 'lines',
  key: 'line_id',
  time: 'sold_at',
  columns: {
    line_id: column(pairOf(field('id'), '/', itemNumber), PLACED, {
      type: 'text',
      meaning: 'The unique identifier: `<order_id>/<line_number>`.',
    }),
    order_id: column(field('id'), PLACED, { meaning: 'The order.' }),
    order_number: column(field('number'), PLACED),
    line_number: column(itemNumber, PLACED, {
      type: 'integer',
      meaning: 'The number of the line in its order, from 1.',
    }),
    customer_id: column(field('customerId'), PLACED),
    order_status: column(field('status'), SETTLED),
    ...sale,
    product_id: column(ofItem('productId'), PLACED),
    sku: column(ofItem('sku'), PLACED),
    name: column(ofItem('name'), PLACED),
    quantity: column(ofItem('quantity'), PLACED, { unit: 'pieces' }),
    currency: column(lineCurrency, PLACED, {
      meaning: 'The currency of the sums: an ISO 4217 code in capitals.',
    }),
    ...money(
      'unit_price',
      { minor: unitPrice, currency: lineCurrency },
      PLACED,
      'The price of one piece when it was ordered.',
    ),
    ...money(
      'discount',
      { minor: discount, currency: lineCurrency },
      PLACED,
      'The sum that promotions took off the price of all pieces; null where none did.',
    ),
    tax_category: column(ofItem('tax.category'), PLACED, {
      type: 'text',
      meaning: 'The category at whose rate the line is taxed; null where the order has no tax.',
    }),
    ...money(
      'tax',
      { minor: ofItem('tax.amount.amountMinor'), currency: lineCurrency },
      PLACED,
      'The tax of all pieces of the line; null where the order has none.',
    ),
    ...money(
      'total',
      { minor: differenceOf(productOf(unitPrice, ofItem('quantity')), discount), currency: lineCurrency },
      PLACED,
      'The price of all pieces of the line after the discount.',
    ),
  },
});
