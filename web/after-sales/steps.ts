import type { RequestStatus as Status } from './statuses';

/** The steps of those who decide, by the right that each needs. */
const rights = {
  approve: 'decide',
  refuse: 'decide',
  receive: 'decide',
  inspect: 'decide',
  replace: 'decide',
  refundInstead: 'decide',
  settle: 'settle',
  retryRefund: 'settle',
  close: 'settle',
} as const;

export type Step = keyof typeof rights;

/** The rights of a viewer: `decide` about requests, and `settle` disputes and failed refunds. */
export type Rights = ReadonlySet<(typeof rights)[Step]>;

/** The steps that are possible in each status, in the order of the page. */
const stepsIn: Readonly<Record<Status, readonly Step[]>> = {
  REQUESTED: ['approve', 'refuse'],
  AWAITING_PARCEL: ['receive'],
  IN_TRANSIT: ['receive'],
  RECEIVED: ['inspect'],
  REFUSED: ['approve'],
  ESCALATED: ['settle', 'receive'],
  REFUNDING: [],
  REFUND_FAILED: ['retryRefund', 'close'],
  REPLACING: ['replace', 'refundInstead'],
  SENDING_REPLACEMENT: [],
  REFUNDED: [],
  REPLACED: [],
  WITHDRAWN: [],
  CLOSED: [],
};

/** The progress of a request. */
type Progress = {
  readonly status: Status;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
};

/** Returns the steps that the request allows to a viewer with these rights; the server decides again. */
export const stepsOf = ({ status, sentAt, receivedAt }: Progress, held: Rights): readonly Step[] => {
  // Of the requests that staff decide, only those whose parcel is on its way still wait for it.
  const isOnItsWay = sentAt !== null && receivedAt === null;
  return stepsIn[status].filter(
    (step) => held.has(rights[step]) && (status !== 'ESCALATED' || step !== 'receive' || isOnItsWay),
  );
};
