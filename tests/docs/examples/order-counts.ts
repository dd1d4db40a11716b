import type { AccountId } from '../../../domain/kernel';
import type { OrderPlaced } from '../../../domain/order';
import type { Projection } from '../../../platform/projections';
import { record, text, whole } from '../../../projections/schema';

/** How often a customer has ordered, and how many pieces. */
export type OrderCount = { readonly id: AccountId; readonly placed: number; readonly pieces: number };

export const orderCounts: Projection<OrderCount, OrderPlaced> = {
  collection: {
    name: 'order_counts',
    version: 1,
    indexes: [{ name: 'by_placed', fields: ['placed'] }],
    schema: record<OrderCount>(
      {
        id: text("The customer's account id."),
        placed: whole('Orders that the customer has placed.'),
        pieces: whole('Pieces in all of them.'),
      },
      'How often a customer has ordered.',
    ),
  },
  handlers: {
    OrderPlaced: {
      ids: ({ data }) => [data.customerId],
      evolve: (found, { data: { customerId, lines } }) => ({
        id: customerId,
        placed: (found?.placed ?? 0) + 1,
        pieces: lines.reduce((sum, { quantity }) => sum + quantity, found?.pieces ?? 0),
      }),
    },
  },
};
