import { z } from 'zod';
import type { OrderId } from '../domain/kernel';
import type { OrderPlaced } from '../domain/order';
import type { ShipmentTrackingAssigned } from '../domain/shipment';
import { readModel, type DocumentOf } from '../platform/projections';
import { uuid } from './fields';

export const OrderWords = z
  .strictObject({
    id: uuid<OrderId>().describe('The order.'),
    words: z
      .string()
      .describe(
        'The order number, the name in the list that it was imported from, the SKUs of its products, and the tracking numbers of its shipments.',
      ),
  })
  .describe('The words by which staff find an order. No personal data.');
export type OrderWords = DocumentOf<typeof OrderWords>;

/** Apart from `order_details`, whose documents change often, and so that the search has an index of few words. */
export const orderWords = readModel<OrderWords, OrderPlaced | ShipmentTrackingAssigned>('order_words', {
  question: 'Which orders have a number, a SKU or a tracking number?',
  version: 1,
  document: OrderWords,
  indexes: {},
  searchFields: ['words'],
  key: ({ data }) => data.orderId,
  on: {
    OrderPlaced: (_, { data: { orderId: id, number, sale, lines } }) => ({
      id,
      words: [number, ...(sale ? [sale.reference] : []), ...new Set(lines.map(({ sku }) => sku))].join(' '),
    }),
    ShipmentTrackingAssigned: (found, { data: { trackingNumber } }) =>
      found &&
      (found.words.includes(trackingNumber)
        ? found
        : { ...found, words: `${found.words} ${trackingNumber}` }),
  },
});
