/** The kinds of requests. `REFUND_ONLY`: nothing comes back. `EXCHANGE`: the same goods are sent again at no charge. */
export const afterSalesKinds = ['REFUND_ONLY', 'RETURN', 'EXCHANGE'] as const;
export type AfterSalesKind = (typeof afterSalesKinds)[number];

export const afterSalesReasons = [
  'DAMAGED',
  'WRONG_ITEM',
  'MISSING',
  'NOT_AS_DESCRIBED',
  'UNWANTED',
  'OTHER',
] as const;
export type AfterSalesReason = (typeof afterSalesReasons)[number];

export const afterSalesStatuses = [
  'REQUESTED',
  'AWAITING_PARCEL',
  'IN_TRANSIT',
  'RECEIVED',
  'REFUSED',
  'ESCALATED',
  'REFUNDING',
  'REFUND_FAILED',
  'REPLACING',
  'SENDING_REPLACEMENT',
  'REFUNDED',
  'REPLACED',
  'WITHDRAWN',
  'CLOSED',
] as const;
export type AfterSalesStatus = (typeof afterSalesStatuses)[number];

/** The one who decided: the seller of the goods, staff, or the clock after a deadline. */
export type AfterSalesDecider = 'SELLER' | 'STAFF' | 'CLOCK';

/** The reason why staff must decide. */
export type EscalationCause = 'DISPUTED' | 'UNDECIDED' | 'NOT_RECEIVED';

/** The reason why a request ended without effect. */
export type ClosingReason = 'NOT_SENT' | 'NOT_DISPUTED' | 'DISPUTE_LOST' | 'BY_STAFF';

const final: ReadonlySet<AfterSalesStatus> = new Set(['REFUNDED', 'REPLACED', 'WITHDRAWN', 'CLOSED']);

/** Tests whether something may still follow. The goods of an open request are not available for another one. */
export const isOpenAfterSales = (status: AfterSalesStatus): boolean => !final.has(status);

/**
 * The number of a request in shops that know three states of a service order: 0 waits for a decision or for the goods,
 * 1 the seller agreed, 2 the seller refused or the request ended without effect.
 */
export const serviceOrderNumbers: Readonly<Record<AfterSalesStatus, 0 | 1 | 2>> = {
  REQUESTED: 0,
  AWAITING_PARCEL: 0,
  IN_TRANSIT: 0,
  RECEIVED: 0,
  ESCALATED: 0,
  REFUNDING: 1,
  REFUND_FAILED: 1,
  REPLACING: 1,
  SENDING_REPLACEMENT: 1,
  REFUNDED: 1,
  REPLACED: 1,
  REFUSED: 2,
  WITHDRAWN: 2,
  CLOSED: 2,
};

/** The facts on which the number of an order depends. */
type NumberedOrder = {
  readonly hasLeft: boolean;
  readonly isCompleted: boolean;
  /** Whether the whole payment was refunded. */
  readonly isRefunded: boolean;
  readonly isRefunding: boolean;
  /** The statuses of its requests, in the order of their numbers. */
  readonly requests: readonly AfterSalesStatus[];
};

/**
 * Returns the number of an order in such shops: 0 waits for its shipment, 1 waits for its receipt, 2 completed,
 * 3 completed after all was refunded, 4 completed after a request was refused, -1 while a request or a refund is open. After a
 * partial refund, which those shops do not know, it is the number from before.
 */
export const orderNumberIn = ({
  hasLeft,
  isCompleted,
  isRefunded,
  isRefunding,
  requests,
}: NumberedOrder): -1 | 0 | 1 | 2 | 3 | 4 => {
  // A refused request is over in these shops, although its customer may still dispute it.
  const isOpen = (status: AfterSalesStatus) => isOpenAfterSales(status) && status !== 'REFUSED';
  if (isRefunding || requests.some(isOpen)) return -1;
  if (isRefunded) return 3;
  const last = requests.filter((status) => status !== 'WITHDRAWN').at(-1);
  if (last === 'REFUSED' || last === 'CLOSED') return 4;
  if (isCompleted) return 2;
  return hasLeft ? 1 : 0;
};
