import type { AccountId, Instant, OrderId } from '../domain/kernel';
import type { OrderCancelled, OrderPaid, OrderPlaced } from '../domain/order';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { instant, record, text, whole } from './schema';

/** An order that waits for its payment; `id` is the order's. Gone as soon as it is paid or cancelled. */
export type Deadline = {
  readonly id: OrderId;
  readonly orderNumber: number;
  readonly customerId: AccountId;
  readonly payBy: Instant;
};

const collection: CollectionSpec = {
  name: 'deadlines',
  version: 1,
  indexes: [{ name: 'by_pay_by', fields: ['payBy'] }],
  schema: record<Deadline>(
    {
      id: text("The order's id, a UUID."),
      orderNumber: whole('The number that the customer knows.'),
      customerId: text("The customer's account id."),
      payBy: instant('The order expires after this.'),
    },
    'An order that waits for its payment.',
  ),
};

const idOf = ({ data }: { readonly data: { readonly orderId: string } }) => [data.orderId];

/** Which orders wait for their payment, and until when: few, however many orders there have been. */
export const deadlines: Projection<Deadline, OrderPlaced | OrderPaid | OrderCancelled> = {
  collection,
  handlers: {
    OrderPlaced: {
      ids: idOf,
      evolve: (_, { data: { orderId, number, customerId, payBy } }) => ({
        id: orderId,
        orderNumber: number,
        customerId,
        payBy,
      }),
    },
    OrderPaid: { ids: idOf, evolve: () => undefined },
    OrderCancelled: { ids: idOf, evolve: () => undefined },
  },
};
