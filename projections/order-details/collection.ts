import type { OrderStatus } from '../../domain/order';
import type { CollectionSpec } from '../../platform/read-models';
import { choice, flag, instant, list, maybe, money, place, record, text, whole } from '../schema';
import { shipmentStatusSchema } from '../shipments';
import { timelineSchema } from '../timeline';
import type { OrderDetails } from './document';

const progresses: Readonly<Record<OrderDetails['progress'], true>> = {
  PLACED: true,
  PAID: true,
  SHIPPED: true,
  FULFILLED: true,
  COMPLETED: true,
  CANCELLED: true,
};
const statuses: Readonly<Record<OrderStatus, true>> = { ...progresses, REFUNDING: true, REFUNDED: true };

const line = record<OrderDetails['lines'][number]>(
  {
    productId: text('UUID.'),
    sku: text("The seller's own key for it."),
    name: text('What it was called when it was ordered.'),
    quantity: whole('How many.'),
    unitPrice: money('The price of one, at that time.'),
  },
  'So many of one product.',
);

const refund = record<OrderDetails['refunds'][number]>(
  {
    id: text('UUID.'),
    amount: money('How much.'),
    reason: text('Why.'),
    done: flag('Whether the money has gone back.'),
    refusal: maybe(text('Why the payment provider will not give it back, where it said so.')),
  },
  'Money asked back.',
);

const shipment = record<OrderDetails['shipments'][number]>(
  {
    id: text('UUID.'),
    number: whole("The World's `shipid`."),
    warehouseId: whole('Where it leaves from.'),
    status: shipmentStatusSchema,
  },
  'The part of the order that leaves one warehouse.',
);

export const collection: CollectionSpec = {
  name: 'order_details',
  version: 3,
  indexes: [
    { name: 'by_number', fields: ['number'] },
    { name: 'by_reference', fields: ['reference', 'soldAt'] },
    { name: 'by_sold_at', fields: ['soldAt'] },
    { name: 'by_sold_on', fields: ['soldOn'] },
    { name: 'by_status', fields: ['status', 'soldAt'] },
    { name: 'by_customer', fields: ['customerId', 'soldAt'] },
    { name: 'by_customer_and_status', fields: ['customerId', 'status', 'soldAt'] },
  ],
  schema: record<OrderDetails>(
    {
      id: text('UUID.'),
      number: whole('The number that the customer knows.'),
      customerId: text("The customer's account id."),
      status: choice(Object.keys(statuses), 'How it stands: a refund outshines how far the goods are.'),
      progress: choice(Object.keys(progresses), 'How far the goods are, whatever happens to the money.'),
      placedAt: instant('When it was placed.'),
      soldAt: instant('When it was sold: before it was placed, where it was imported.'),
      soldOn: text('The day of `soldAt`, in UTC: `2026-01-31`.'),
      source: maybe(text('The list that it was imported from; null where it was made here.')),
      reference: maybe(text('Its name in that list, such as an invoice number.')),
      country: maybe(text("The buyer's country, where the list tells it.")),
      payBy: instant('It expires unpaid after this.'),
      total: money('What it costs.'),
      paid: money('What was paid.'),
      refunded: money('What has been given back.'),
      askedBackInFull: flag('All of it was, at some time, on its way back or there: no more goods leave.'),
      refunds: list(refund, 'What was asked back, in the order of asking.'),
      destination: place('Where it goes.'),
      carrierAccount: maybe(text("The customer's account with the carrier.")),
      paymentId: maybe(text('The payment that paid it; null before.')),
      paymentIds: list(text('UUID.'), 'Every attempt to pay it, in the order of asking.'),
      lines: list(line, 'What was ordered.'),
      shipments: list(shipment, 'The parcels it travels in.'),
      timeline: timelineSchema,
    },
    'One order with all that happened to it.',
  ),
};
