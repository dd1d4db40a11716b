import type {
  AccountId,
  AfterSalesId,
  Instant,
  OrderId,
  ProductId,
  SerialNumber,
  WarehouseId,
} from '../../../domain/kernel';
import { instantOf, epochMsOf } from '../../../domain/kernel';
import type {
  AfterSalesCommand,
  AfterSalesEvent,
  AfterSalesKind,
  AfterSalesState,
} from '../../../domain/after-sales';
import { gbp } from './orders';

/** A request about three mugs of an order, which a seller sold. */
export const afterSalesId = '5d0b6c3e-0000-5000-8000-0000000000a5' as AfterSalesId;
export const orderId = '5d0b6c3e-0000-5000-8000-000000000002' as OrderId;
export const customerId = '5d0b6c3e-0000-5000-8000-000000000003' as AccountId;
export const sellerId = '5d0b6c3e-0000-5000-8000-000000000005' as AccountId;
export const mug = '5d0b6c3e-0000-5000-8000-000000000004' as ProductId;
export const warehouseId = 7 as WarehouseId;
export const at = '2026-11-02T09:00:00.000Z' as Instant;
export const worth = gbp(2670);
/** More than the clock may approve. */
export const largeWorth = gbp(20_001);

/** Returns the time so many days after `at`. */
export const day = (days: number): Instant => instantOf(epochMsOf(at) + days * 86_400_000);

const to = { afterSalesId, at };
export const of = { afterSalesId, orderId };
export const goods = [{ productId: mug, quantity: 3 }];
export const mugs = { productId: mug, sku: 'MUG-01', name: 'Dockside mug', quantity: 3 };

type Command<Type extends AfterSalesCommand['type']> = Extract<AfterSalesCommand, { type: Type }>;
type Event<Type extends AfterSalesEvent['type']> = Extract<AfterSalesEvent, { type: Type }>;

export const request = (
  kind: AfterSalesKind = 'RETURN',
  more: Partial<Command<'RequestAfterSales'>> = {},
): Command<'RequestAfterSales'> => ({
  type: 'RequestAfterSales',
  ...to,
  ...{ orderId, orderNumber: 1001 as SerialNumber, number: 1, requestKey: 'command-1', customerId, kind },
  lines: [{ ...mugs, reason: 'DAMAGED', available: 3, sellerId }],
  description: 'All three are cracked.',
  evidence: ['https://pictures.example/crack.jpg'],
  ...{ worth, orderedAt: at },
  ...more,
});

export const inspect = (
  restocked: number,
  writtenOff: number,
  refused: number,
): Command<'InspectParcel'> => ({
  type: 'InspectParcel',
  ...{ ...to, remark: 'As counted.' },
  lines: [{ productId: mug, restocked, writtenOff, refused }],
});

export const command = {
  withdraw: { type: 'WithdrawAfterSales', ...to },
  dispute: { type: 'DisputeAfterSales', ...to, description: 'They were cracked.' },
  parcelSent: { type: 'RecordParcelSent', ...to, carrier: 'Post', trackingNumber: 'RT-1' },
  approve: { type: 'ApproveAfterSales', ...to, remark: 'Sorry.', returnTo: 'Dock 4' },
  refuse: { type: 'RefuseAfterSales', ...to, remark: 'No.' },
  parcelReceived: { type: 'RecordParcelReceived', ...to, warehouseId },
  sendReplacement: { type: 'SendReplacement', ...to, warehouseId, carrier: 'Post', trackingNumber: 'RE-1' },
  refundInstead: { type: 'RefundInstead', ...to },
  forCustomer: { type: 'DecideDispute', ...to, inFavourOf: 'CUSTOMER', remark: 'Granted.' },
  forSeller: { type: 'DecideDispute', ...to, inFavourOf: 'SELLER', remark: 'Refused.' },
  retryRefund: { type: 'RetryAfterSalesRefund', ...to },
  close: { type: 'CloseAfterSales', ...to, remark: 'Paid by hand.' },
} as const satisfies Record<string, AfterSalesCommand>;

export const passDeadline = (
  days: number,
  more: Partial<Command<'PassAfterSalesDeadline'>> = {},
): Command<'PassAfterSalesDeadline'> => ({
  type: 'PassAfterSalesDeadline',
  ...{ afterSalesId, at: day(days), otherRefundsOnly: gbp(0), hasRefundWithoutGoods: false },
  ...more,
});

export const outcome = {
  refunded: (attempt = 1): Command<'RecordAfterSalesRefund'> => ({
    type: 'RecordAfterSalesRefund',
    ...{ ...to, attempt, amount: worth },
  }),
  refundFailed: (attempt = 1): Command<'RecordAfterSalesRefundFailure'> => ({
    type: 'RecordAfterSalesRefundFailure',
    ...{ ...to, attempt, reason: 'no' },
  }),
  replacementSent: (attempt = 1): Command<'RecordReplacementSent'> => ({
    type: 'RecordReplacementSent',
    ...{ ...to, attempt },
  }),
  replacementFailed: (attempt = 1): Command<'RecordReplacementFailure'> => ({
    type: 'RecordReplacementFailure',
    ...{ ...to, attempt, productId: mug },
  }),
};

export const requested = (
  kind: AfterSalesKind = 'RETURN',
  more: Partial<Event<'AfterSalesRequested'>['data']> = {},
): Event<'AfterSalesRequested'> => ({
  type: 'AfterSalesRequested',
  data: {
    ...of,
    ...{ number: 1, requestKey: 'command-1', orderNumber: 1001 as SerialNumber, customerId, sellerId, kind },
    lines: [{ ...mugs, reason: 'DAMAGED' }],
    description: 'All three are cracked.',
    evidence: ['https://pictures.example/crack.jpg'],
    ...{ worth, decideBy: day(2), requestedAt: at },
    ...more,
  },
});

export const event = {
  withdrawn: { type: 'AfterSalesWithdrawn', data: { ...of, withdrawnAt: at } },
  approved: {
    type: 'AfterSalesApproved',
    data: { ...of, by: 'STAFF', remark: 'Sorry.', returnTo: 'Dock 4', sendBy: day(7), approvedAt: at },
  },
  approvedAtOnce: {
    type: 'AfterSalesApproved',
    data: { ...of, by: 'STAFF', remark: 'Sorry.', returnTo: 'Dock 4', approvedAt: at },
  },
  refused: {
    type: 'AfterSalesRefused',
    data: { ...of, by: 'STAFF', remark: 'No.', disputeBy: day(7), refusedAt: at },
  },
  disputed: {
    type: 'AfterSalesEscalated',
    data: { ...of, customerId, cause: 'DISPUTED', description: 'They were cracked.', escalatedAt: at },
  },
  disputeDecided: {
    type: 'AfterSalesDisputeDecided',
    data: { ...of, inFavourOf: 'CUSTOMER', remark: 'Granted.', decidedAt: at },
  },
  parcelSent: {
    type: 'AfterSalesParcelSent',
    data: { ...of, carrier: 'Post', trackingNumber: 'RT-1', receiveBy: day(15), sentAt: at },
  },
  parcelReceived: {
    type: 'AfterSalesParcelReceived',
    data: { ...of, warehouseId, inspectBy: day(7), receivedAt: at },
  },
  refunded: { type: 'AfterSalesRefunded', data: { ...of, attempt: 1, amount: worth, refundedAt: at } },
  refundFailed: {
    type: 'AfterSalesRefundFailed',
    data: { ...of, attempt: 1, reason: 'no', failedAt: at },
  },
  replacementStarted: {
    type: 'AfterSalesReplacementStarted',
    data: {
      ...{ ...of, attempt: 1, warehouseId, lines: goods, carrier: 'Post', trackingNumber: 'RE-1' },
      startedAt: at,
    },
  },
  replacementSent: { type: 'AfterSalesReplacementSent', data: { ...of, attempt: 1, sentAt: at } },
  replacementFailed: {
    type: 'AfterSalesReplacementFailed',
    data: { ...of, attempt: 1, productId: mug, replaceBy: day(7), failedAt: at },
  },
} as const satisfies Record<string, AfterSalesEvent>;

export const inspected = (
  restocked: number,
  writtenOff: number,
  refused: number,
): Event<'AfterSalesInspected'> => ({
  type: 'AfterSalesInspected',
  data: {
    ...{ ...of, by: 'STAFF', warehouseId, remark: 'As counted.', inspectedAt: at },
    lines: [{ productId: mug, restocked, writtenOff, refused }],
  },
});

export const refundDue = (
  cause: Event<'AfterSalesRefundDue'>['data']['cause'],
  { attempt = 1, quantity = 3, dueAt = at } = {},
): Event<'AfterSalesRefundDue'> => ({
  type: 'AfterSalesRefundDue',
  data: { ...of, attempt, lines: [{ productId: mug, quantity }], cause, dueAt },
});

export const replacementDue = (
  cause: Event<'AfterSalesReplacementDue'>['data']['cause'],
  dueAt = at,
): Event<'AfterSalesReplacementDue'> => ({
  type: 'AfterSalesReplacementDue',
  data: {
    ...{ ...of, lines: goods, cause, dueAt },
    replaceBy: instantOf(epochMsOf(dueAt) + 7 * 86_400_000),
  },
});

export const closed = (
  reason: Event<'AfterSalesClosed'>['data']['reason'],
  { remark = '', closedAt = at } = {},
): Event<'AfterSalesClosed'> => ({ type: 'AfterSalesClosed', data: { ...of, reason, remark, closedAt } });

const ATTEMPTS_MAX = 2;

/** Every command that may have an effect, bounded in attempts. The clock is offered at the deadline. */
export const offers = (state: AfterSalesState): readonly AfterSalesCommand[] => {
  if (state.status === 'NONE')
    return (['REFUND_ONLY', 'RETURN', 'EXCHANGE'] as const).flatMap((kind) =>
      [worth, largeWorth].map((each) => request(kind, { worth: each })),
    );
  const { dueAt = at, refundAttempts: refund, replacementAttempts: replacement } = state;
  const { retryRefund, sendReplacement, ...always } = command;
  return [
    ...Object.values(always),
    ...(refund < ATTEMPTS_MAX ? [retryRefund] : []),
    ...(replacement < ATTEMPTS_MAX ? [sendReplacement] : []),
    ...[inspect(3, 0, 0), inspect(0, 1, 2), inspect(0, 0, 3), inspect(0, 0, 0)],
    passDeadline(0, { at: dueAt }),
    passDeadline(-1),
    ...[refund, refund - 1].flatMap((attempt) => [outcome.refunded(attempt), outcome.refundFailed(attempt)]),
    ...[replacement, replacement - 1].flatMap((attempt) => [
      outcome.replacementSent(attempt),
      outcome.replacementFailed(attempt),
    ]),
  ];
};
