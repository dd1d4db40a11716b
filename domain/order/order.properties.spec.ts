import fc from 'fast-check';
import { fold } from '../kernel';
import type {
  AccountId,
  Instant,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../kernel';
import { money } from '../money';
import type { CurrencyCode } from '../money';
import { payment } from '../payment';
import { isCalledOff, mayBeGone, order, orderStateDiagram, paymentOf, refundableOf, statusOf } from './';
import type { KnownOrder, OrderCommand, OrderEvent, OrderLine, OrderPart, OrderState, OrderStatus } from './';

const pence = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const orderId = 'order-1' as OrderId;
const customerId = 'ada' as AccountId;
const before = '2026-01-01T10:00:00.000Z' as Instant;
const payBy = '2026-01-01T11:00:00.000Z' as Instant;
const to = { orderId, at: before };
const choose = <T>(choices: readonly T[], pick: number): T | undefined => choices[pick % choices.length];

type Draw = { readonly kind: number; readonly pick: number; readonly size: number };

const lineOf = (id: string, quantity: number, price: number): OrderLine => ({
  productId: id as ProductId,
  productNumber: 1 as SerialNumber,
  sku: id,
  name: id,
  quantity,
  unitPrice: pence(price),
});
// One product stands on two lines, at two prices.
const lines = [lineOf('mug', 3, 100), lineOf('lamp', 1, 1000), lineOf('mug', 2, 90)];

const placeOrder: OrderCommand = {
  type: 'PlaceOrder',
  ...to,
  number: 7 as SerialNumber,
  customerId,
  lines: lines.map((line) => ({ ...line, currentPrice: line.unitPrice })),
  destination: { x: 0, y: 0 },
  payBy,
};

/** Two parts; `pick` says which of the three lines wait, and now and then a piece too many. */
const partsFrom = (pick: number): readonly OrderPart[] => {
  const part = (warehouse: number, ...goods: [string, number][]): OrderPart => ({
    shipmentId: `shipment-${warehouse}` as ShipmentId,
    warehouseId: warehouse as WarehouseId,
    lines: goods.map(([id, quantity], index) => ({
      productId: id as ProductId,
      quantity,
      awaitingStock: ((pick >> (warehouse + index)) & 1) === 1,
    })),
  });
  return [part(1, ['mug', 4]), part(2, ['mug', pick % 7 === 6 ? 2 : 1], ['lamp', 1])];
};

const paymentIdOf = (size: number): PaymentId => `payment-${size % 2}` as PaymentId;

/** What the order is waiting for, so that lives reach their end now and then. */
const dueCommand = (state: KnownOrder): OrderCommand => {
  if (state.parts.length === 0) return { type: 'AllocateOrder', ...to, parts: partsFrom(4) };
  if (state.progress === 'PLACED')
    return { type: 'RecordPayment', ...to, paymentId: paymentIdOf(0), paid: state.total };
  for (const { warehouseId, lines: goods } of state.parts) {
    const awaited = goods.find(({ awaitingStock }) => awaitingStock);
    if (awaited !== undefined)
      return { type: 'RecordLineSupplied', ...to, warehouseId, productId: awaited.productId };
  }
  const underWay = state.parts.find(({ delivered }) => !delivered);
  return underWay === undefined
    ? { type: 'ConfirmReceipt', ...to }
    : { type: 'RecordPartDelivered', ...to, shipmentId: underWay.shipmentId };
};

const commandFrom = (state: KnownOrder, { kind, pick, size }: Draw): OrderCommand => {
  const paid = paymentOf(state);
  const refunds = paid?.refunds.map(({ refundId }) => refundId) ?? [];
  const fresh = `refund-${refunds.length}` as RefundId;
  const refundId = choose([...refunds, fresh], pick) ?? fresh;
  const shipmentId = `shipment-${(pick % 2) + 1}` as ShipmentId;
  const warehouseId = ((pick % 2) + 1) as WarehouseId;
  const rest = paid === undefined ? 1 : refundableOf(paid).amountMinor;
  switch (kind) {
    case 0:
    case 1:
      return { type: 'AllocateOrder', ...to, parts: partsFrom(pick) };
    case 18:
      return {
        type: 'RecordRedirectMissed',
        ...{ ...to, shipmentId, missed: state.destination, deliveredTo: { x: -1, y: 0 } },
      };
    case 16:
      return { type: 'StartPartLoading', ...to, shipmentId, attempt: (size % 3) + 1 };
    case 17:
      return { type: 'RecordPartLoadingFailed', ...to, shipmentId, attempt: (size % 3) + 1 };
    case 14:
      return { type: 'StartPayment', ...to, paymentId: paymentIdOf(size), method: 'test' };
    case 15:
      return { type: 'RecordPaymentDecline', ...to, paymentId: paymentIdOf(size) };
    case 2:
      return { type: 'RecordPayment', ...to, paymentId: paymentIdOf(size), paid: state.total };
    case 3:
      return {
        type: 'RecordLineSupplied',
        ...to,
        warehouseId,
        productId: (size % 3 === 0 ? 'lamp' : 'mug') as ProductId,
      };
    case 4:
      return { type: 'ExpireOrder', orderId, at: size % 4 === 0 ? payBy : before };
    case 5:
      return size % 3 === 0
        ? {
            type: 'CancelOrder',
            ...to,
            refundId: fresh,
            ...(pick % 2 === 0 ? {} : { requestedBy: customerId }),
          }
        : { type: 'ConfirmReceipt', ...to };
    case 6:
    case 7:
      return { type: 'RecordPartShipped', ...to, shipmentId };
    case 8:
    case 9:
      return { type: 'RecordPartDelivered', ...to, shipmentId };
    case 10: {
      const amount = pence(choose([rest, rest + 1, size, size], pick) ?? 1);
      const back = [{ productId: 'mug' as ProductId, quantity: (size % 3) + 1 }];
      return {
        type: 'RequestRefund',
        ...to,
        refundId,
        amount,
        reason: 'broken',
        ...(pick % 2 === 0 ? {} : { lines: back }),
      };
    }
    case 11:
      return { type: 'ChangeOrderDestination', ...to, destination: { x: size, y: 0 } };
    case 12:
      return size % 3 === 0
        ? { type: 'RecordRefundRefusal', ...to, refundId, reason: 'the card is closed' }
        : { type: 'RecordRefund', ...to, refundId };
    default:
      return dueCommand(state);
  }
};

const draws = fc.array(fc.record({ kind: fc.nat(20), pick: fc.nat(63), size: fc.nat(200) }), {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

type Step = {
  readonly command: OrderCommand;
  readonly events: readonly OrderEvent[];
  readonly was: OrderState;
  readonly after: KnownOrder;
};

const known = (state: OrderState): KnownOrder => {
  if (state.progress === 'NONE') throw new Error('The order was placed first.');
  return state;
};

/** A life of an order: each command is made from, and decided on, what the ones before it led to. */
const lifeOf = (numbers: readonly Draw[]): readonly Step[] => {
  let was: OrderState = order.initial;
  const steps: Step[] = [];
  const take = (command: OrderCommand): void => {
    const decision = order.decide(command, was);
    const events = decision.ok ? decision.events : [];
    const after = known(fold(order.evolve, was, events));
    steps.push({ command, events, was, after });
    was = after;
  };
  take(placeOrder);
  for (const draw of numbers) take(commandFrom(known(was), draw));
  return steps;
};

const everyLife = (check: (steps: readonly Step[]) => void, numRuns = 500): void => {
  fc.assert(
    fc.property(draws, (numbers) => {
      check(lifeOf(numbers));
    }),
    { numRuns },
  );
};

const eventsOf = (steps: readonly Step[]): readonly OrderEvent[] => steps.flatMap(({ events }) => events);

/** Each change of the status, one event at a time: `PLACED --> PAID : OrderPaid`. */
const changesOf = (steps: readonly Step[]): readonly string[] => {
  let state: OrderState = order.initial;
  const changes: string[] = [];
  for (const event of eventsOf(steps)) {
    const from: OrderStatus | '[*]' = state.progress === 'NONE' ? '[*]' : statusOf(state);
    state = known(order.evolve(state, event));
    if (statusOf(state) !== from) changes.push(`${from} --> ${statusOf(state)} : ${event.type}`);
  }
  return changes;
};

describe('whatever happens to an order', () => {
  it('a command told twice is recorded once', () =>
    everyLife((steps) => {
      for (const { command, after } of steps) {
        const again = order.decide(command, after);
        expect(again.ok ? again.events : []).toEqual([]);
      }
    }));

  it('its status takes the steps of the state machine, all of them and no others', () => {
    const walked = new Set<string>();
    // A fixed seed, because this asks what thousands of lives saw together.
    fc.assert(
      fc.property(draws, (numbers) => {
        for (const change of changesOf(lifeOf(numbers))) walked.add(change);
      }),
      { numRuns: 3_000, seed: 7 },
    );
    expect([...walked].sort()).toEqual([...orderStateDiagram].sort());
  });

  it('is held for one payment at a time, and no payment starts beside one that has paid', () =>
    everyLife((steps) => {
      let held: PaymentId | undefined;
      let isPaid = false;
      for (const event of eventsOf(steps)) {
        if (event.type === 'OrderPaymentStarted') {
          expect(held).toBeUndefined();
          expect(isPaid).toBe(false);
          held = event.data.paymentId;
        }
        if (event.type === 'OrderPaymentDeclined') {
          expect(event.data.paymentId).toBe(held);
          held = undefined;
        }
        if (event.type !== 'OrderPaid') continue;
        isPaid = true;
        if (event.data.paymentId === held) held = undefined;
      }
    }));

  it('a part is released once, paid, whole, and not while everything goes back', () =>
    everyLife((steps) => {
      const releases = new Set<ShipmentId>();
      for (const { events, was, after } of steps) {
        for (const event of events) {
          if (event.type !== 'OrderPartReleased') continue;
          const { shipmentId } = event.data;
          expect(releases.has(shipmentId)).toBe(false);
          releases.add(shipmentId);
          expect(paymentOf(after)).toBeDefined();
          expect(was.progress !== 'NONE' && isCalledOff(was)).toBe(false);
          const part = after.parts.find((one) => one.shipmentId === shipmentId);
          expect(part?.lines.some(({ awaitingStock }) => awaitingStock)).toBe(false);
        }
      }
    }));

  it('no part gets leave to be loaded after its order was called off, and none is cancelled that has it', () =>
    everyLife((steps) => {
      for (const { command, events, was } of steps) {
        if (was.progress === 'NONE') continue;
        for (const { type } of events)
          if (type === 'OrderPartLoadingStarted') expect(isCalledOff(was)).toBe(false);
        if (command.type === 'CancelOrder' && was.parts.some(mayBeGone)) expect(events).toEqual([]);
      }
    }));

  it('no part that may leave is held back', () =>
    everyLife((steps) => {
      for (const { after } of steps) {
        if (paymentOf(after) === undefined || isCalledOff(after)) continue;
        for (const part of after.parts)
          expect(part.released).toBe(part.lines.every(({ awaitingStock }) => !awaitingStock));
      }
    }));

  it('is shipped once, each part delivered once, and fulfilled with the last of them', () =>
    everyLife((steps) => {
      const types = eventsOf(steps).map(({ type }) => type);
      const count = (type: OrderEvent['type']): number => types.filter((one) => one === type).length;
      expect(count('OrderShipped')).toBeLessThanOrEqual(1);
      expect(count('OrderFulfilled')).toBe(count('OrderPartDelivered') === 2 ? 1 : 0);
      if (count('OrderPartDelivered') > 0)
        expect(types.indexOf('OrderShipped')).toBeLessThan(types.indexOf('OrderPartDelivered'));
    }));

  it('all that was paid is kept or goes back, and never more', () =>
    everyLife((steps) => {
      const events = eventsOf(steps);
      const sumOf = (type: 'OrderRefundRequested' | 'OrderRefunded' | 'OrderRefundRefused'): number =>
        events.reduce((sum, event) => (event.type === type ? sum + event.data.amount.amountMinor : sum), 0);
      const paid = events.reduce(
        (sum, event) => (event.type === 'OrderPaid' ? sum + event.data.paid.amountMinor : sum),
        0,
      );
      const promised = sumOf('OrderRefundRequested') - sumOf('OrderRefundRefused');
      expect(sumOf('OrderRefunded')).toBeLessThanOrEqual(promised);
      expect(promised).toBeLessThanOrEqual(paid);
      const inFull = events.filter((event) => event.type === 'OrderRefunded' && event.data.inFull);
      expect(inFull.length).toBe(paid > 0 && sumOf('OrderRefunded') === paid ? 1 : 0);
      // Nothing that was paid for a cancelled order is kept, unless the provider refuses to give it back.
      const { after } = steps.at(-1)!;
      const late = after.progress === 'CANCELLED' ? paymentOf(after) : undefined;
      if (sumOf('OrderRefundRefused') === 0)
        expect(late === undefined ? 0 : refundableOf(late).amountMinor).toBe(0);
    }));
});

/**
 * The order beside its payments, as the workflow brings them together: what the provider captured is told to the order,
 * which takes it or has it given back; what the order wants back is asked of the payment, and what the payment gave back
 * is told to the order.
 */
const settle = (steps: readonly Step[]) => {
  const provider = new Map<PaymentId, ReturnType<typeof capture>>();
  const capture = (paymentId: PaymentId) => {
    const at = before;
    let state = payment.initial;
    const send = (command: Parameters<typeof payment.decide>[0]): void => {
      const decision = payment.decide(command, state);
      if (!decision.ok) throw new Error(`The payment refuses ${command.type}: ${decision.rejection.code}`);
      state = fold(payment.evolve, state, decision.events);
    };
    const total = pence(
      lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amountMinor * quantity, 0),
    );
    send({ type: 'RequestPayment', paymentId, orderId, customerId, amount: total, method: 'test', at });
    send({ type: 'RecordCapture', paymentId, reference: paymentId, at });
    let held = total.amountMinor;
    return {
      held: () => held,
      giveBack: (refundId: RefundId, amountMinor: number): void => {
        send({ type: 'RequestPaymentRefund', paymentId, refundId, amount: pence(amountMinor), at });
        send({ type: 'RecordPaymentRefund', paymentId, refundId, reference: refundId, at });
        held -= amountMinor;
      },
      refuse: (refundId: RefundId, amountMinor: number): void => {
        send({ type: 'RequestPaymentRefund', paymentId, refundId, amount: pence(amountMinor), at });
        send({ type: 'RecordPaymentRefundFailure', paymentId, refundId, reason: 'no', at });
      },
    };
  };
  const refused = new Set(
    eventsOf(steps).map((event) => (event.type === 'OrderRefundRefused' ? event.data.refundId : undefined)),
  );
  for (const { command, events } of steps) {
    if (command.type === 'RecordPayment' && !provider.has(command.paymentId)) {
      const captured = capture(command.paymentId);
      provider.set(command.paymentId, captured);
      const isTaken = events.some(({ type }) => type === 'OrderPaid');
      if (!isTaken) captured.giveBack(command.paymentId as string as RefundId, command.paid.amountMinor);
    }
    for (const event of events) {
      if (event.type !== 'OrderRefundRequested') continue;
      const { paymentId, refundId, amount } = event.data;
      const captured = provider.get(paymentId)!;
      (refused.has(refundId) ? captured.refuse : captured.giveBack)(refundId, amount.amountMinor);
    }
  }
  return [...provider.values()].reduce((sum, captured) => sum + captured.held(), 0);
};

describe('an order and its payments', () => {
  it('captured − refunded = sold − given back', () =>
    everyLife((steps) => {
      const { after } = steps.at(-1)!;
      const paid = paymentOf(after);
      expect(settle(steps)).toBe(paid === undefined ? 0 : refundableOf(paid).amountMinor);
    }));
});
