import type {
  AccountId,
  Instant,
  NoteId,
  OrderId,
  PaymentId,
  Place,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../../../domain/kernel';
import { money, type CurrencyCode } from '../../../domain/money';
import type { HoldReason, OrderCommand, OrderEvent, OrderLine } from '../../../domain/order';

export type CommandOf<Type extends OrderCommand['type']> = Extract<OrderCommand, { type: Type }>;
export type EventOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
export type Part = EventOf<'OrderAllocated'>['data']['parts'][number];

/** The common fields of the commands and events of one order. */
export type OrderFacts = {
  readonly orderId: OrderId;
  readonly number: SerialNumber;
  readonly customerId: AccountId;
  readonly lines: readonly OrderLine[];
  readonly destination: Place;
  readonly at: Instant;
  readonly payBy: Instant;
  readonly paymentId: PaymentId;
  readonly refundId: RefundId;
};

/** The member of staff who sends the commands of staff. */
export const staff = 'sam' as AccountId;

export const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);

export const totalOf = (lines: readonly OrderLine[]) =>
  gbp(lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amountMinor, 0));

/** Returns the line as a customer orders it, at a price that has not changed. */
export const offered = (line: OrderLine) => ({ ...line, currentPrice: line.unitPrice });

/** Returns the commands to one order, as values, or as functions of what specs vary. */
export const orderCommands = (facts: OrderFacts) => {
  const { orderId, at, refundId } = facts;
  const to = { orderId, at };
  const place = (change: Partial<CommandOf<'PlaceOrder'>> = {}): OrderCommand => ({
    type: 'PlaceOrder',
    ...to,
    number: facts.number,
    customerId: facts.customerId,
    lines: facts.lines.map(offered),
    destination: facts.destination,
    payBy: facts.payBy,
    ...change,
  });
  const requestRefund = (
    amountMinor: number,
    change: Partial<CommandOf<'RequestRefund'>> = {},
  ): CommandOf<'RequestRefund'> => ({
    type: 'RequestRefund',
    ...{ ...to, refundId, amount: gbp(amountMinor), reason: 'came broken.' },
    ...change,
  });
  return {
    place,
    requestRefund,
    allocate: (parts: readonly Part[]): OrderCommand => ({ type: 'AllocateOrder', ...to, parts }),
    recordPayment: (
      paid = totalOf(facts.lines),
      paymentId = facts.paymentId,
    ): CommandOf<'RecordPayment'> => ({ type: 'RecordPayment', ...to, paymentId, paid }),
    recordLineSupplied: (warehouseId: WarehouseId, productId: ProductId): OrderCommand => ({
      type: 'RecordLineSupplied',
      ...to,
      warehouseId,
      productId,
    }),
    changeDestination: (destination: Place): OrderCommand => ({
      type: 'ChangeOrderDestination',
      ...to,
      destination,
    }),
    recordPartShipped: (shipmentId: ShipmentId): OrderCommand => ({
      type: 'RecordPartShipped',
      ...to,
      shipmentId,
    }),
    recordPartDelivered: (shipmentId: ShipmentId): OrderCommand => ({
      type: 'RecordPartDelivered',
      ...to,
      shipmentId,
    }),
    startPartLoading: (shipmentId: ShipmentId, attempt: number): OrderCommand => ({
      type: 'StartPartLoading',
      ...to,
      shipmentId,
      attempt,
    }),
    recordPartLoadingFailed: (shipmentId: ShipmentId, attempt: number): OrderCommand => ({
      type: 'RecordPartLoadingFailed',
      ...to,
      shipmentId,
      attempt,
    }),
    startPayment: (paymentId = facts.paymentId): OrderCommand => ({
      type: 'StartPayment',
      ...to,
      paymentId,
      method: 'test',
    }),
    recordPaymentDecline: (paymentId = facts.paymentId): OrderCommand => ({
      type: 'RecordPaymentDecline',
      ...to,
      paymentId,
    }),
    confirmReceipt: { type: 'ConfirmReceipt', ...to } satisfies OrderCommand,
    cancel: (change: Partial<CommandOf<'CancelOrder'>> = {}): OrderCommand => ({
      type: 'CancelOrder',
      ...{ ...to, refundId },
      ...change,
    }),
    expire: (when: Instant): OrderCommand => ({ type: 'ExpireOrder', orderId, at: when }),
    recordRefund: (id = refundId): OrderCommand => ({ type: 'RecordRefund', ...to, refundId: id }),
    hold: (reason: HoldReason = 'FRAUD'): OrderCommand => ({ type: 'HoldOrder', ...to, reason, by: staff }),
    release: (reason: HoldReason = 'FRAUD'): OrderCommand => ({
      type: 'ReleaseOrder',
      ...{ ...to, reason, by: staff },
    }),
    addNote: (noteId: NoteId, text = 'Calls back.'): OrderCommand => ({
      type: 'AddOrderNote',
      ...{ ...to, noteId, text, by: staff },
    }),
    tag: (tag: string): OrderCommand => ({ type: 'TagOrder', ...to, tag, by: staff }),
    untag: (tag: string): OrderCommand => ({ type: 'UntagOrder', ...to, tag, by: staff }),
    recordRefundRefusal: (id = refundId): OrderCommand => ({
      type: 'RecordRefundRefusal',
      ...to,
      refundId: id,
      reason: 'card closed',
    }),
  };
};

/** Returns the events of one order, as values, or as functions of what specs vary. */
export const orderEvents = (facts: OrderFacts) => {
  const { orderId, at, paymentId, refundId } = facts;
  const total = totalOf(facts.lines);
  const of = { orderId };
  const refund = (amountMinor: number, id = refundId) => ({ ...of, refundId: id, amount: gbp(amountMinor) });
  return {
    placed: {
      type: 'OrderPlaced',
      data: {
        ...of,
        number: facts.number,
        customerId: facts.customerId,
        lines: facts.lines,
        total,
        destination: facts.destination,
        payBy: facts.payBy,
        placedAt: at,
      },
    } satisfies OrderEvent,
    allocated: (parts: readonly Part[]): EventOf<'OrderAllocated'> => ({
      type: 'OrderAllocated',
      data: { ...of, parts, allocatedAt: at },
    }),
    supplied: (warehouseId: WarehouseId, productId: ProductId): OrderEvent => ({
      type: 'OrderLineSupplied',
      data: { ...of, warehouseId, productId, suppliedAt: at },
    }),
    paid: { type: 'OrderPaid', data: { ...of, paymentId, paid: total, paidAt: at } } satisfies OrderEvent,
    released: (
      part: Pick<EventOf<'OrderPartReleased'>['data'], 'shipmentId' | 'warehouseId' | 'lines'>,
      change: Partial<EventOf<'OrderPartReleased'>['data']> = {},
    ): OrderEvent => ({
      type: 'OrderPartReleased',
      data: {
        ...of,
        orderNumber: facts.number,
        customerId: facts.customerId,
        destination: facts.destination,
        releasedAt: at,
        ...part,
        ...change,
      },
    }),
    shipped: { type: 'OrderShipped', data: { ...of, shippedAt: at } } satisfies OrderEvent,
    delivered: (shipmentId: ShipmentId): OrderEvent => ({
      type: 'OrderPartDelivered',
      data: { ...of, shipmentId, deliveredAt: at },
    }),
    destinationChanged: (destination: Place): OrderEvent => ({
      type: 'OrderDestinationChanged',
      data: { ...of, customerId: facts.customerId, destination, changedAt: at },
    }),
    fulfilled: { type: 'OrderFulfilled', data: { ...of, fulfilledAt: at } } satisfies OrderEvent,
    completed: { type: 'OrderCompleted', data: { ...of, completedAt: at } } satisfies OrderEvent,
    cancelled: (reason: EventOf<'OrderCancelled'>['data']['reason']): EventOf<'OrderCancelled'> => ({
      type: 'OrderCancelled',
      data: { ...of, reason, cancelledAt: at },
    }),
    refundRequested: (
      amountMinor: number,
      change: Partial<EventOf<'OrderRefundRequested'>['data']> = {},
    ): EventOf<'OrderRefundRequested'> => ({
      type: 'OrderRefundRequested',
      data: { ...refund(amountMinor), paymentId, reason: 'came broken.', requestedAt: at, ...change },
    }),
    refunded: (
      amountMinor: number,
      inFull = amountMinor === total.amountMinor,
      id = refundId,
    ): EventOf<'OrderRefunded'> => ({
      type: 'OrderRefunded',
      data: { ...refund(amountMinor, id), inFull, refundedAt: at },
    }),
    held: (reason: HoldReason = 'FRAUD', tooLateFor: readonly ShipmentId[] = []): OrderEvent => ({
      type: 'OrderHeld',
      data: { ...of, reason, tooLateFor, heldBy: staff, heldAt: at },
    }),
    holdReleased: (change: Partial<EventOf<'OrderHoldReleased'>['data']> = {}): OrderEvent => ({
      type: 'OrderHoldReleased',
      data: { ...of, reason: 'FRAUD', goesOn: true, releasedBy: staff, releasedAt: at, ...change },
    }),
    noteAdded: (noteId: NoteId, text = 'Calls back.'): OrderEvent => ({
      type: 'OrderNoteAdded',
      data: { ...of, noteId, text, addedBy: staff, addedAt: at, customerId: facts.customerId },
    }),
    tagged: (tag: string): OrderEvent => ({
      type: 'OrderTagged',
      data: { ...of, tag, taggedBy: staff, taggedAt: at },
    }),
    untagged: (tag: string): OrderEvent => ({
      type: 'OrderUntagged',
      data: { ...of, tag, untaggedBy: staff, untaggedAt: at },
    }),
    refundRefused: (amountMinor: number): EventOf<'OrderRefundRefused'> => ({
      type: 'OrderRefundRefused',
      data: { ...refund(amountMinor), reason: 'card closed', refusedAt: at },
    }),
  };
};
