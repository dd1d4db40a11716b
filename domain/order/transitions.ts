import type { OrderEvent } from './events';
import type { OrderStatus } from './rejections';

/**
 * The order's state machine: from each status, which event may lead to which others. Events that are not listed leave the
 * status as it is. The property suite walks the decider and finds these steps and no others.
 */
export const orderTransitions: Readonly<
  Record<OrderStatus, Partial<Record<OrderEvent['type'], readonly OrderStatus[]>>>
> = {
  PLACED: { OrderPaid: ['PAID'], OrderCancelled: ['CANCELLED'] },
  PAID: { OrderShipped: ['SHIPPED'], OrderRefundRequested: ['REFUNDING'] },
  SHIPPED: { OrderFulfilled: ['FULFILLED'], OrderRefundRequested: ['REFUNDING'] },
  FULFILLED: { OrderCompleted: ['COMPLETED'], OrderRefundRequested: ['REFUNDING'] },
  COMPLETED: { OrderRefundRequested: ['REFUNDING'] },
  // A payment that comes after the cancellation goes back whole. A parcel may have left before it could be called back.
  CANCELLED: { OrderRefundRequested: ['REFUNDING'], OrderShipped: ['SHIPPED'] },
  // After a refund of a part the status is again what the goods say, however far they have come meanwhile.
  REFUNDING: {
    OrderRefunded: ['REFUNDED', 'PAID', 'SHIPPED', 'FULFILLED', 'COMPLETED', 'CANCELLED'],
    // What was called off before it left stays so, although the money could not go back; it may be asked back anew.
    OrderRefundRefused: ['PAID', 'SHIPPED', 'FULFILLED', 'COMPLETED', 'CANCELLED'],
  },
  REFUNDED: {},
};

/** The lines of a mermaid `stateDiagram-v2` of the same machine. */
export const orderStateDiagram: readonly string[] = [
  '[*] --> PLACED : OrderPlaced',
  ...Object.entries(orderTransitions).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([by, targets]) => targets.map((to) => `${from} --> ${to} : ${by}`)),
  ),
];
