import type { WayOut } from '../kernel';
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

/** What leads out of each status. An order may rest only at a final one; at any other its age is watched. */
export const orderWaysOut: Readonly<Record<OrderStatus, WayOut>> = {
  PLACED: {
    isFinal: false,
    leadsOut: 'It is paid or cancelled; unpaid at its `payBy`, it expires by itself.',
    alert: 'OrderResting',
  },
  PAID: {
    isFinal: false,
    leadsOut:
      'Its goods are set aside or bought, packed and loaded. `cancelOrder` until something is being loaded; `refundOrder` at any time.',
    alert: 'OrderResting',
  },
  SHIPPED: {
    isFinal: false,
    leadsOut: 'Its last part is delivered; `refundOrder` at any time.',
    alert: 'OrderResting',
  },
  REFUNDING: {
    isFinal: false,
    leadsOut: 'The payment provider gives the money back or refuses; it is asked until it answers.',
    alert: 'OrderResting',
  },
  FULFILLED: { isFinal: true, leadsOut: '`confirmReceipt`, `refundOrder`.', alert: null },
  COMPLETED: { isFinal: true, leadsOut: '`refundOrder`.', alert: null },
  CANCELLED: {
    isFinal: true,
    leadsOut: 'Money that the provider refused to give back is asked back anew with `refundOrder`.',
    alert: 'RefundRefused',
  },
  REFUNDED: { isFinal: true, leadsOut: 'Nothing.', alert: null },
};
