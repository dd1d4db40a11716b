import { erasedPlace, type Instant } from '../../../domain/kernel';
import type { OrderDetails } from '../../../projections/order-details';
import { erased } from '../domain/erased';

const missed = (summary: string) => ({
  at: '2026-11-02T09:00:00.000Z' as Instant,
  type: 'OrderRedirectMissed',
  summary,
});

/** A row of the erasure of the customer of an order whose timeline names two places. */
export const orderErased = (order: OrderDetails) => ({
  on: erased(order.customerId, `order-${order.id}`, 'shipment-1'),
  because: 'is of a person who was erased',
  touches: [
    {
      id: order.id,
      before: {
        ...order,
        timeline: [missed('A parcel was at (1, 2) already, and did not go to (-7, 4).')],
      },
      after: {
        ...order,
        ...{ destination: erasedPlace, carrierAccount: null },
        timeline: [missed('A parcel was at an erased place already, and did not go to an erased place.')],
      },
    },
  ],
});
