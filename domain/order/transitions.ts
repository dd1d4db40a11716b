import type { WayOut } from '../kernel';
import type { OrderEvent } from './events';
import type { OrderStatus } from './status';

/**
 * The order's state machine: for each status, the events that may change it and the statuses after them. Events that
 * are not listed do not change the status. The property suite explores the decider and finds exactly these steps.
 */
export const orderTransitions: Readonly<
  Record<OrderStatus, Partial<Record<OrderEvent['type'], readonly OrderStatus[]>>>
> = {
  PLACED: { OrderPaid: ['PAID'], OrderCancelled: ['CANCELLED'] },
  PAID: { OrderShipped: ['SHIPPED'], OrderRefundRequested: ['REFUNDING'] },
  SHIPPED: { OrderFulfilled: ['FULFILLED'], OrderRefundRequested: ['REFUNDING'] },
  FULFILLED: { OrderCompleted: ['COMPLETED'], OrderRefundRequested: ['REFUNDING'] },
  COMPLETED: { OrderRefundRequested: ['REFUNDING'] },
  // A payment after the cancellation is refunded in full. A parcel may have left before the cancellation reached it.
  CANCELLED: { OrderRefundRequested: ['REFUNDING'], OrderShipped: ['SHIPPED'] },
  // After a partial refund the status is the goods' progress again, however far they have come meanwhile.
  REFUNDING: {
    OrderRefunded: ['REFUNDED', 'PAID', 'SHIPPED', 'FULFILLED', 'COMPLETED', 'CANCELLED'],
    // A cancelled order stays cancelled although its refund was refused; a new refund may be requested.
    OrderRefundRefused: ['PAID', 'SHIPPED', 'FULFILLED', 'COMPLETED', 'CANCELLED'],
  },
  REFUNDED: {},
};

/** The same machine as lines of a mermaid `stateDiagram-v2`. */
export const orderStateDiagram: readonly string[] = [
  '[*] --> PLACED : OrderPlaced',
  ...Object.entries(orderTransitions).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([by, targets]) => targets.map((to) => `${from} --> ${to} : ${by}`)),
  ),
];

/** The exits of each status. An order may stay only at a final one; its age at any other is monitored. */
export const orderWaysOut: Readonly<Record<OrderStatus, WayOut>> = {
  PLACED: {
    isFinal: false,
    leadsOut:
      'It is paid or cancelled; unpaid at its `payBy`, it expires by itself, unless staff hold it: `releaseOrder`.',
    alert: 'OrderResting',
  },
  PAID: {
    isFinal: false,
    leadsOut:
      'Its goods are reserved or bought, packed and loaded. `cancelOrder` until a part is being loaded; `refundOrder` at any time. A held order waits for `releaseOrder` (alert OrderHeldLong). A packed shipment whose money the provider refuses to take waits for `retryCapture`, `cancelGoods` or `cancelOrder`.',
    alert: 'OrderResting',
  },
  SHIPPED: {
    isFinal: false,
    leadsOut: 'Its last part is delivered; `refundOrder` at any time.',
    alert: 'OrderResting',
  },
  REFUNDING: {
    isFinal: false,
    leadsOut: 'The payment provider refunds the money or refuses; the request is repeated until it answers.',
    alert: 'OrderResting',
  },
  FULFILLED: { isFinal: true, leadsOut: '`confirmReceipt`, `refundOrder`.', alert: null },
  COMPLETED: { isFinal: true, leadsOut: '`refundOrder`.', alert: null },
  CANCELLED: {
    isFinal: true,
    leadsOut: 'If the provider refused a refund, `refundOrder` requests a new one.',
    alert: 'RefundRefused',
  },
  REFUNDED: { isFinal: true, leadsOut: 'Nothing.', alert: null },
};
