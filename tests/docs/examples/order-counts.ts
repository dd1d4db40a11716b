import { z } from 'zod';
import type { AccountId } from '../../../domain/kernel';
import type { OrderPlaced } from '../../../domain/order';
import { readModel, type DocumentOf } from '../../../platform/projections';
import { uuid } from '../../../projections/fields';

export const OrderCount = z
  .strictObject({
    id: uuid<AccountId>().describe("The customer's account."),
    placed: z.int().describe('The number of orders that the customer has placed.'),
    pieces: z.int().describe('The number of pieces in all of them.'),
  })
  .describe('The orders of one customer, counted.');
export type OrderCount = DocumentOf<typeof OrderCount>;

export const orderCounts = readModel<OrderCount, OrderPlaced>('order_counts', {
  question: 'How often has each customer ordered?',
  version: 1,
  document: OrderCount,
  indexes: { by_placed: ['placed'] },
  key: ({ data }) => data.customerId,
  on: {
    OrderPlaced: (found, { data: { customerId, lines } }) => ({
      id: customerId,
      placed: (found?.placed ?? 0) + 1,
      pieces: lines.reduce((sum, { quantity }) => sum + quantity, found?.pieces ?? 0),
    }),
  },
});
