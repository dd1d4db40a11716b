import { z } from 'zod';
import type { AccountId, OrderId } from '../domain/kernel';
import type { OrderCancelled, OrderHeld, OrderHoldReleased, OrderPaid, OrderPlaced } from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const Deadline = z
  .strictObject({
    id: uuid<OrderId>().describe('The order.'),
    orderNumber: z.int().describe('The order number shown to the customer.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    payBy: instant.describe('The moment at which the order expires unless it is paid.'),
  })
  .describe(
    'An order that waits for its payment. It is removed as soon as the order is paid, cancelled or held.',
  );
export type Deadline = DocumentOf<typeof Deadline>;

type Fact = OrderPlaced | OrderPaid | OrderCancelled | OrderHeld | OrderHoldReleased;

export const deadlines = readModel<Deadline, Fact>('deadlines', {
  question: 'Which orders wait for their payment, and until when?',
  version: 2,
  document: Deadline,
  indexes: { by_pay_by: ['payBy'] },
  key: ({ data }) => data.orderId,
  on: {
    OrderPlaced: (_, { data: { orderId, number, customerId, payBy } }) => ({
      id: orderId,
      orderNumber: number,
      customerId,
      payBy,
    }),
    OrderPaid: () => undefined,
    OrderCancelled: () => undefined,
    OrderHeld: () => undefined,
    OrderHoldReleased: (_, { data: { orderId: id, unpaid } }) =>
      unpaid && { id, orderNumber: unpaid.number, customerId: unpaid.customerId, payBy: unpaid.payBy },
  },
});
