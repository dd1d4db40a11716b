import { accept, epochMsOf, isBlank, picturesLeftOut, picturesProblem, reject, unreachable } from '../kernel';
import type { Instant } from '../kernel';
import { add } from '../money';
import type {
  AfterSalesCommand,
  AfterSalesRejection,
  ApproveAfterSales,
  CloseAfterSales,
  DecideDispute,
  DisputeAfterSales,
  PassAfterSalesDeadline,
  RecordAfterSalesRefund,
  RecordAfterSalesRefundFailure,
  RecordReplacementFailure,
  RecordReplacementSent,
  RefundInstead,
  RefuseAfterSales,
  RemoveAfterSalesPhotos,
  RequestAfterSales,
  RetryAfterSalesRefund,
  WithdrawAfterSales,
} from './commands';
import { decidedBy, ofRequest, refundDue, settled, wrongStatus } from './decision';
import type { AfterSalesDecision } from './decision';
import {
  goodsInDispute,
  inspectParcel,
  recordParcelReceived,
  recordParcelSent,
  sendByOf,
  sendReplacement,
} from './decide-parcel';
import type { AfterSalesEvent } from './events';
import {
  deadlineOf,
  isAutomatic,
  lastRequestOf,
  requestLinesMax,
  requestPhotosMax,
  requestsMax,
} from './limits';
import type { AfterSalesState, KnownAfterSales } from './state';
import type { AfterSalesDecider, ClosingReason, EscalationCause } from './status';

const objectionTo = (command: RequestAfterSales): AfterSalesRejection | undefined => {
  const { lines, number, description, photos = [], orderedAt, at } = command;
  const products = new Set(lines.map(({ productId }) => productId));
  if (lines.length === 0 || lines.length > requestLinesMax || products.size < lines.length)
    return { code: 'AFTER_SALES_LINES_INVALID', linesMax: requestLinesMax };
  // One seller decides about a request.
  if (new Set(lines.map(({ sellerId }) => sellerId)).size > 1) return { code: 'AFTER_SALES_SELLERS_MIXED' };
  const missing = lines.find(
    ({ quantity, available }) => !Number.isInteger(quantity) || quantity < 1 || quantity > available,
  );
  if (missing !== undefined) {
    const { productId, available, quantity: wanted } = missing;
    return { code: 'AFTER_SALES_UNAVAILABLE', productId, available, wanted };
  }
  if (number > requestsMax) return { code: 'AFTER_SALES_TOO_MANY', max: requestsMax };
  const until = lastRequestOf(orderedAt);
  if (epochMsOf(at) > epochMsOf(until)) return { code: 'AFTER_SALES_TOO_LATE', until };
  // Goods that are only unwanted need no explanation.
  if (isBlank(description) && lines.some(({ reason }) => reason !== 'UNWANTED'))
    return { code: 'AFTER_SALES_DESCRIPTION_MISSING' };
  return picturesProblem(photos, requestPhotosMax);
};

const requestAfterSales = (command: RequestAfterSales, state: AfterSalesState): AfterSalesDecision => {
  const { afterSalesId, orderId, orderNumber, number, requestKey, customerId, kind, lines } = command;
  const { description, evidence, photos = [], worth, at } = command;
  if (state.status !== 'NONE')
    return state.requestKey === requestKey
      ? accept()
      : reject({ code: 'AFTER_SALES_ALREADY_REQUESTED', afterSalesId });
  const objection = objectionTo(command);
  if (objection !== undefined) return reject(objection);
  return accept({
    type: 'AfterSalesRequested',
    data: {
      ...{ afterSalesId, orderId, number, requestKey, orderNumber, customerId, kind },
      sellerId: lines[0]?.sellerId,
      lines: lines.map(({ productId, sku, name, quantity, reason }) => ({
        ...{ productId, sku, name, quantity, reason },
      })),
      ...{ description, evidence, photos: photos.length === 0 ? undefined : photos },
      ...{ worth, decideBy: deadlineOf('decide', at), requestedAt: at },
    },
  });
};

const removePhotos = ({ at }: RemoveAfterSalesPhotos, state: KnownAfterSales): AfterSalesDecision => {
  const removedPhotos = picturesLeftOut(state.photos ?? [], []);
  if (removedPhotos.length === 0) return accept();
  return accept({
    type: 'AfterSalesPhotosRemoved',
    data: { ...ofRequest(state), removedPhotos, removedAt: at },
  });
};

const withdraw = ({ at }: WithdrawAfterSales, state: KnownAfterSales): AfterSalesDecision => {
  switch (state.status) {
    case 'WITHDRAWN':
      return accept();
    case 'REQUESTED':
    case 'AWAITING_PARCEL':
    case 'REFUSED':
      return accept({ type: 'AfterSalesWithdrawn', data: { ...ofRequest(state), withdrawnAt: at } });
    default:
      // Goods that are on their way must be received.
      return wrongStatus(state);
  }
};

const escalated = (
  state: KnownAfterSales,
  cause: EscalationCause,
  at: Instant,
  description?: string,
): AfterSalesDecision =>
  accept({
    type: 'AfterSalesEscalated',
    data: { ...ofRequest(state), customerId: state.customerId, cause, description, escalatedAt: at },
  });

const dispute = ({ description, at }: DisputeAfterSales, state: KnownAfterSales): AfterSalesDecision => {
  if (state.status !== 'REFUSED') return wrongStatus(state);
  return isBlank(description)
    ? reject({ code: 'AFTER_SALES_DESCRIPTION_MISSING' })
    : escalated(state, 'DISPUTED', at, description);
};

type Approval = Pick<ApproveAfterSales, 'remark' | 'returnTo' | 'at'> & { readonly by: AfterSalesDecider };

const approved = ({ by, remark, returnTo, at }: Approval, state: KnownAfterSales): AfterSalesDecision => {
  const sendBy = sendByOf(state, at);
  const data = { ...ofRequest(state), by, remark, returnTo, sendBy, approvedAt: at };
  return accept<AfterSalesEvent>(
    { type: 'AfterSalesApproved', data },
    ...(sendBy === undefined ? [settled(state, goodsInDispute(state), 'APPROVED', at)] : []),
  );
};

const approve = (command: ApproveAfterSales, state: KnownAfterSales): AfterSalesDecision =>
  state.status === 'REQUESTED' || state.status === 'REFUSED'
    ? approved({ ...command, by: decidedBy(command.sellerId) }, state)
    : wrongStatus(state);

const refuse = ({ sellerId, remark, at }: RefuseAfterSales, state: KnownAfterSales): AfterSalesDecision =>
  state.status === 'REQUESTED'
    ? accept({
        type: 'AfterSalesRefused',
        data: {
          ...ofRequest(state),
          ...{ by: decidedBy(sellerId), remark, disputeBy: deadlineOf('dispute', at), refusedAt: at },
        },
      })
    : wrongStatus(state);

const closed = (
  state: KnownAfterSales,
  reason: ClosingReason,
  at: Instant,
  remark = '',
): AfterSalesEvent => ({
  type: 'AfterSalesClosed',
  data: { ...ofRequest(state), reason, remark, closedAt: at },
});

const decideDispute = (
  { inFavourOf, remark, returnTo, at }: DecideDispute,
  state: KnownAfterSales,
): AfterSalesDecision => {
  if (state.status !== 'ESCALATED') return wrongStatus(state);
  const isForCustomer = inFavourOf === 'CUSTOMER';
  const sendBy = isForCustomer ? sendByOf(state, at) : undefined;
  const data = { ...ofRequest(state), inFavourOf, remark, returnTo, sendBy, decidedAt: at };
  const end = isForCustomer
    ? settled(state, goodsInDispute(state), 'DISPUTE_WON', at)
    : closed(state, 'DISPUTE_LOST', at, remark);
  return accept<AfterSalesEvent>(
    { type: 'AfterSalesDisputeDecided', data },
    ...(sendBy === undefined ? [end] : []),
  );
};

const refundInstead = ({ at }: RefundInstead, state: KnownAfterSales): AfterSalesDecision =>
  state.status === 'REPLACING'
    ? accept(refundDue(state, state.settled, 'INSTEAD_OF_REPLACEMENT', at))
    : wrongStatus(state);

const retryRefund = ({ at }: RetryAfterSalesRefund, state: KnownAfterSales): AfterSalesDecision =>
  state.status === 'REFUND_FAILED'
    ? accept(refundDue(state, state.settled, 'RETRIED', at))
    : wrongStatus(state);

const close = ({ remark, at }: CloseAfterSales, state: KnownAfterSales): AfterSalesDecision =>
  state.status === 'REFUND_FAILED' ? accept(closed(state, 'BY_STAFF', at, remark)) : wrongStatus(state);

/** Tests whether the clock may approve the request. Otherwise staff decide. */
const mayApprove = (command: PassAfterSalesDeadline, { kind, worth }: KnownAfterSales): boolean =>
  // That refund may be for the same goods.
  !command.hasRefundWithoutGoods &&
  // Several small requests of an order count as one, because nothing comes back for them.
  isAutomatic(kind === 'REFUND_ONLY' ? add(worth, command.otherRefundsOnly) : worth);

const passDeadline = (command: PassAfterSalesDeadline, state: KnownAfterSales): AfterSalesDecision => {
  const { at } = command;
  const { status, dueAt, lines } = state;
  // A person has decided before the clock.
  if (dueAt === undefined || epochMsOf(at) < epochMsOf(dueAt)) return accept();
  switch (status) {
    case 'REQUESTED':
      return mayApprove(command, state)
        ? approved({ by: 'CLOCK', remark: '', at }, state)
        : escalated(state, 'UNDECIDED', at);
    case 'AWAITING_PARCEL':
      return accept(closed(state, 'NOT_SENT', at));
    case 'IN_TRANSIT':
      return escalated(state, 'NOT_RECEIVED', at);
    case 'RECEIVED':
      return accept(settled(state, lines, 'NOT_INSPECTED', at));
    case 'REFUSED':
      return accept(closed(state, 'NOT_DISPUTED', at));
    case 'REPLACING':
      return accept(refundDue(state, state.settled, 'REPLACEMENT_OVERDUE', at));
    default:
      throw new Error(`${status} has no deadline`);
  }
};

type Outcome = { readonly attempt: number };

/** Tests whether an outcome belongs to the refund that is under way. An earlier one is a repeat. */
const isRefund = ({ attempt }: Outcome, { status, refundAttempts }: KnownAfterSales): boolean =>
  status === 'REFUNDING' && attempt === refundAttempts;

const recordRefund = (command: RecordAfterSalesRefund, state: KnownAfterSales): AfterSalesDecision => {
  const { attempt, amount, at: refundedAt } = command;
  return isRefund(command, state)
    ? accept({ type: 'AfterSalesRefunded', data: { ...ofRequest(state), attempt, amount, refundedAt } })
    : accept();
};

const recordRefundFailure = (
  command: RecordAfterSalesRefundFailure,
  state: KnownAfterSales,
): AfterSalesDecision => {
  const { attempt, reason, at: failedAt } = command;
  return isRefund(command, state)
    ? accept({ type: 'AfterSalesRefundFailed', data: { ...ofRequest(state), attempt, reason, failedAt } })
    : accept();
};

const isReplacement = ({ attempt }: Outcome, { status, replacementAttempts }: KnownAfterSales): boolean =>
  status === 'SENDING_REPLACEMENT' && attempt === replacementAttempts;

const recordReplacementSent = (
  command: RecordReplacementSent,
  state: KnownAfterSales,
): AfterSalesDecision => {
  const { attempt, at: sentAt } = command;
  return isReplacement(command, state)
    ? accept({ type: 'AfterSalesReplacementSent', data: { ...ofRequest(state), attempt, sentAt } })
    : accept();
};

const recordReplacementFailure = (
  command: RecordReplacementFailure,
  state: KnownAfterSales,
): AfterSalesDecision => {
  const { attempt, productId, warehouseId, taken, at } = command;
  if (!isReplacement(command, state)) return accept();
  const goods = { attempt, productId, warehouseId, taken };
  // A new deadline would let failing attempts put off the refund for ever.
  const data = { ...goods, replaceBy: state.replaceBy ?? deadlineOf('replace', at), failedAt: at };
  return accept({ type: 'AfterSalesReplacementFailed', data: { ...ofRequest(state), ...data } });
};

/** The existence of another's request is private. */
const isForeign = (command: AfterSalesCommand, { customerId, sellerId }: KnownAfterSales): boolean =>
  ('requestedBy' in command && command.requestedBy !== undefined && command.requestedBy !== customerId) ||
  ('sellerId' in command && command.sellerId !== undefined && command.sellerId !== sellerId);

export const decide = (command: AfterSalesCommand, state: AfterSalesState): AfterSalesDecision => {
  if (command.type === 'RequestAfterSales') return requestAfterSales(command, state);
  if (state.status === 'NONE' || isForeign(command, state))
    return reject({ code: 'AFTER_SALES_NOT_FOUND', afterSalesId: command.afterSalesId });
  switch (command.type) {
    case 'RemoveAfterSalesPhotos':
      return removePhotos(command, state);
    case 'WithdrawAfterSales':
      return withdraw(command, state);
    case 'DisputeAfterSales':
      return dispute(command, state);
    case 'RecordParcelSent':
      return recordParcelSent(command, state);
    case 'ApproveAfterSales':
      return approve(command, state);
    case 'RefuseAfterSales':
      return refuse(command, state);
    case 'RecordParcelReceived':
      return recordParcelReceived(command, state);
    case 'InspectParcel':
      return inspectParcel(command, state);
    case 'SendReplacement':
      return sendReplacement(command, state);
    case 'RefundInstead':
      return refundInstead(command, state);
    case 'DecideDispute':
      return decideDispute(command, state);
    case 'RetryAfterSalesRefund':
      return retryRefund(command, state);
    case 'CloseAfterSales':
      return close(command, state);
    case 'PassAfterSalesDeadline':
      return passDeadline(command, state);
    case 'RecordAfterSalesRefund':
      return recordRefund(command, state);
    case 'RecordAfterSalesRefundFailure':
      return recordRefundFailure(command, state);
    case 'RecordReplacementSent':
      return recordReplacementSent(command, state);
    case 'RecordReplacementFailure':
      return recordReplacementFailure(command, state);
    default:
      return unreachable(command);
  }
};
