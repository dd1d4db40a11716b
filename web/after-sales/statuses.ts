import type { introspection } from '../api/schema';

/** The statuses of requests, in the order of the filter. */
export const requestStatuses = [
  ...(['REQUESTED', 'AWAITING_PARCEL', 'IN_TRANSIT', 'RECEIVED', 'REFUSED', 'ESCALATED'] as const),
  ...(['REFUNDING', 'REFUND_FAILED', 'REPLACING', 'SENDING_REPLACEMENT'] as const),
  ...(['REFUNDED', 'REPLACED', 'WITHDRAWN', 'CLOSED'] as const),
] as const satisfies readonly introspection['types']['AfterSalesStatus']['enumValues'][];

export type RequestStatus = (typeof requestStatuses)[number];
