import type { WayOut } from '../kernel';
import type { AfterSalesEvent } from './events';
import type { AfterSalesStatus } from './status';

/**
 * The state machine of a request: for each status, the events that may change it and the statuses after them. Events that are
 * not listed do not change the status. The property suite explores the decider and finds exactly these steps.
 */
export const afterSalesTransitions: Readonly<
  Record<AfterSalesStatus, Partial<Record<AfterSalesEvent['type'], readonly AfterSalesStatus[]>>>
> = {
  REQUESTED: {
    AfterSalesApproved: ['AWAITING_PARCEL'],
    AfterSalesRefundDue: ['REFUNDING'],
    AfterSalesRefused: ['REFUSED'],
    AfterSalesEscalated: ['ESCALATED'],
    AfterSalesWithdrawn: ['WITHDRAWN'],
  },
  AWAITING_PARCEL: {
    AfterSalesParcelSent: ['IN_TRANSIT'],
    AfterSalesParcelReceived: ['RECEIVED'],
    AfterSalesWithdrawn: ['WITHDRAWN'],
    AfterSalesClosed: ['CLOSED'],
  },
  IN_TRANSIT: { AfterSalesParcelReceived: ['RECEIVED'], AfterSalesEscalated: ['ESCALATED'] },
  RECEIVED: {
    AfterSalesRefundDue: ['REFUNDING'],
    AfterSalesReplacementDue: ['REPLACING'],
    AfterSalesRefused: ['REFUSED'],
  },
  REFUSED: {
    AfterSalesEscalated: ['ESCALATED'],
    AfterSalesApproved: ['AWAITING_PARCEL'],
    AfterSalesRefundDue: ['REFUNDING'],
    AfterSalesReplacementDue: ['REPLACING'],
    AfterSalesWithdrawn: ['WITHDRAWN'],
    AfterSalesClosed: ['CLOSED'],
  },
  ESCALATED: {
    AfterSalesDisputeDecided: ['AWAITING_PARCEL'],
    AfterSalesRefundDue: ['REFUNDING'],
    AfterSalesReplacementDue: ['REPLACING'],
    AfterSalesParcelReceived: ['RECEIVED'],
    AfterSalesClosed: ['CLOSED'],
  },
  REFUNDING: { AfterSalesRefunded: ['REFUNDED'], AfterSalesRefundFailed: ['REFUND_FAILED'] },
  REFUND_FAILED: { AfterSalesRefundDue: ['REFUNDING'], AfterSalesClosed: ['CLOSED'] },
  REPLACING: { AfterSalesReplacementStarted: ['SENDING_REPLACEMENT'], AfterSalesRefundDue: ['REFUNDING'] },
  SENDING_REPLACEMENT: {
    AfterSalesReplacementSent: ['REPLACED'],
    AfterSalesReplacementFailed: ['REPLACING'],
  },
  REFUNDED: {},
  REPLACED: {},
  WITHDRAWN: {},
  CLOSED: {},
};

/** The same machine as lines of a mermaid `stateDiagram-v2`. */
export const afterSalesStateDiagram: readonly string[] = [
  '[*] --> REQUESTED : AfterSalesRequested',
  ...Object.entries(afterSalesTransitions).flatMap(([from, steps]) =>
    Object.entries(steps).flatMap(([by, targets]) => targets.map((to) => `${from} --> ${to} : ${by}`)),
  ),
];

const resting = (leadsOut: string): WayOut => ({ isFinal: false, leadsOut, alert: 'AfterSalesResting' });
const end: WayOut = { isFinal: true, leadsOut: 'Nothing.', alert: null };

/** The exits of each status. A request may stay only at a final one; the age of its status at any other is monitored. */
export const afterSalesWaysOut: Readonly<Record<AfterSalesStatus, WayOut>> = {
  REQUESTED: resting(
    'The seller or staff use `approveAfterSales` or `refuseAfterSales`, the customer `withdrawAfterSales`. After 2 days the clock approves a small request, and staff must decide about a large one.',
  ),
  AWAITING_PARCEL: resting(
    'The customer uses `sendAfterSalesParcel` or `withdrawAfterSales`. After 7 days the clock closes the request.',
  ),
  IN_TRANSIT: resting('The seller or staff use `receiveAfterSalesParcel`. After 15 days staff must decide.'),
  RECEIVED: resting(
    'The seller or staff use `inspectAfterSalesParcel`. After 7 days the clock accepts the goods.',
  ),
  REFUSED: resting(
    'The customer uses `disputeAfterSales` or `withdrawAfterSales`, the seller or staff `approveAfterSales`. After 7 days the clock closes the request.',
  ),
  ESCALATED: {
    isFinal: false,
    leadsOut:
      'Staff use `decideAfterSalesDispute`, or `receiveAfterSalesParcel` for a parcel that arrives late.',
    alert: 'AfterSalesEscalated',
  },
  REFUNDING: resting(
    'The payment provider refunds the money or refuses; the request is repeated until it answers.',
  ),
  REFUND_FAILED: resting('Staff use `retryAfterSalesRefund` or `closeAfterSales`.'),
  REPLACING: resting(
    'The seller or staff use `sendAfterSalesReplacement` or `refundAfterSalesInstead`. After 7 days the clock refunds the price.',
  ),
  SENDING_REPLACEMENT: resting('The goods are taken from the stock, or the warehouse lacks them.'),
  REFUNDED: end,
  REPLACED: end,
  WITHDRAWN: end,
  CLOSED: end,
};
