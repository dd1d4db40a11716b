import fc from 'fast-check';
import { runs } from '../../tests/support/runs';
import { gbp, orderCommands, totalOf } from '../../tests/support/domain/order-vocabulary';
import { fold } from '../kernel';
import type {
  AccountId,
  Instant,
  NoteId,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  WarehouseId,
} from '../kernel';
import { payment } from '../payment';
import {
  isCalledOff,
  isHeld,
  mayBeGone,
  order,
  orderStateDiagram,
  paymentOf,
  refundableOf,
  statusOf,
} from './';
import type { KnownOrder, OrderCommand, OrderEvent, OrderLine, OrderPart, OrderState, OrderStatus } from './';

const orderId = 'order-1' as OrderId;
const customerId = 'ada' as AccountId;
const before = '2026-01-01T10:00:00.000Z' as Instant;
const payBy = '2026-01-01T11:00:00.000Z' as Instant;
const choose = <T>(choices: readonly T[], pick: number): T | undefined => choices[pick % choices.length];

type Draw = { readonly kind: number; readonly pick: number; readonly size: number };

const paymentIdOf = (size: number): PaymentId => `payment-${size % 2}` as PaymentId;

const lineOf = (id: string, quantity: number, price: number): OrderLine => ({
  productId: id as ProductId,
  productNumber: 1 as SerialNumber,
  sku: id,
  name: id,
  quantity,
  unitPrice: gbp(price),
});
// One product stands on two lines, at two prices.
const lines = [lineOf('mug', 3, 100), lineOf('lamp', 1, 1000), lineOf('mug', 2, 90)];

const command = orderCommands({
  ...{ orderId, number: 7 as SerialNumber, customerId, lines, destination: { x: 0, y: 0 } },
  ...{ at: before, payBy, paymentId: paymentIdOf(0), refundId: 'refund-0' as RefundId },
});

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

/** Events for which the order waits, so that some histories reach their end. */
const dueCommand = (state: KnownOrder): OrderCommand => {
  if (state.parts.length === 0) return command.allocate(partsFrom(4));
  if (state.progress === 'PLACED') return command.recordPayment();
  for (const { warehouseId, lines: goods } of state.parts) {
    const awaited = goods.find(({ awaitingStock }) => awaitingStock);
    if (awaited !== undefined) return command.recordLineSupplied(warehouseId, awaited.productId);
  }
  const underWay = state.parts.find(({ delivered }) => !delivered);
  return underWay === undefined ? command.confirmReceipt : command.recordPartDelivered(underWay.shipmentId);
};

/** Moves a part to another warehouse, also back to where it was. */
const moveFrom = ({ parts, moved }: KnownOrder, pick: number, size: number): OrderCommand => {
  const warehouseId = ((size % 4) + 1) as WarehouseId;
  const shipmentId = parts[pick % 2]?.shipmentId ?? ('shipment-1' as ShipmentId);
  const to = { shipmentId: `shipment-${warehouseId}-${moved.length}` as ShipmentId, warehouseId };
  return { type: 'MoveOrderPart', orderId, at: before, shipmentId, to };
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
      return command.allocate(partsFrom(pick));
    case 2:
      return command.recordPayment(state.total, paymentIdOf(size));
    case 3:
      return command.recordLineSupplied(warehouseId, (size % 3 === 0 ? 'lamp' : 'mug') as ProductId);
    case 4:
      return command.expire(size % 4 === 0 ? payBy : before);
    case 5:
      return size % 3 === 0
        ? command.cancel({ refundId: fresh, ...(pick % 2 === 0 ? {} : { requestedBy: customerId }) })
        : command.confirmReceipt;
    case 6:
    case 7:
      return command.recordPartShipped(shipmentId);
    case 8:
    case 9:
      return command.recordPartDelivered(shipmentId);
    case 10: {
      const amount = choose([rest, rest + 1, size, size], pick) ?? 1;
      const back = [{ productId: 'mug' as ProductId, quantity: (size % 3) + 1 }];
      return command.requestRefund(amount, { refundId, ...(pick % 2 === 0 ? {} : { lines: back }) });
    }
    case 11:
      return command.changeDestination({ x: size, y: 0 });
    case 12:
      return size % 3 === 0 ? command.recordRefundRefusal(refundId) : command.recordRefund(refundId);
    case 14:
      return command.startPayment(paymentIdOf(size));
    case 15:
      return command.recordPaymentDecline(paymentIdOf(size));
    case 16:
      return command.startPartLoading(shipmentId, (size % 3) + 1);
    case 17:
      return command.recordPartLoadingFailed(shipmentId, (size % 3) + 1);
    case 18:
      if (size % 2 === 0) return moveFrom(state, pick, size);
      return {
        type: 'RecordRedirectMissed',
        ...{ orderId, at: before, shipmentId, missed: state.destination, deliveredTo: { x: -1, y: 0 } },
      };
    case 19: {
      const next = state.parts.map(({ shipmentId: after }) => ({
        after,
        shipmentId: `${after}-${state.moved.length}` as ShipmentId,
      }));
      const productId = (size % 3 === 0 ? 'lamp' : 'mug') as ProductId;
      const goods = [{ productId, quantity: (pick % 5) + 1 }];
      const to = { orderId, at: before, refundId: fresh };
      return { type: 'CancelGoods', ...to, lines: goods, packed: [], next };
    }
    case 21:
      return command.addNote(`note-${size % 3}` as NoteId);
    case 23:
      return command.hold(pick % 2 === 0 ? 'FRAUD' : 'STOCK');
    case 24:
    case 25:
      return command.release(pick % 2 === 0 ? 'FRAUD' : 'STOCK');
    case 22:
      return pick % 2 === 0 ? command.tag(`tag ${size % 3}`) : command.untag(`tag ${size % 3}`);
    default:
      return dueCommand(state);
  }
};

const drawsUpTo = (kindMax: number) =>
  fc.array(fc.record({ kind: fc.nat(kindMax), pick: fc.nat(63), size: fc.nat(200) }), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  });
const draws = drawsUpTo(25);
/** Draws without notes, tags and holds, which leave the status as it is. */
const movingDraws = drawsUpTo(20);

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
  const take = (sent: OrderCommand): void => {
    const decision = order.decide(sent, was);
    const events = decision.ok ? decision.events : [];
    const after = known(fold(order.evolve, was, events));
    steps.push({ command: sent, events, was, after });
    was = after;
  };
  take(command.place());
  for (const draw of numbers) take(commandFrom(known(was), draw));
  return steps;
};

const everyLife = (check: (steps: readonly Step[]) => void, numRuns = runs(500)): void => {
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

describe('after any history of an order', () => {
  it('a repeated command is recorded once', () =>
    everyLife((steps) => {
      const again = steps.flatMap(({ command: sent, after }) => {
        const decision = order.decide(sent, after);
        return decision.ok ? decision.events : [];
      });
      expect(again).toEqual([]);
    }));

  it('its status takes the steps of the state machine, all of them and no others', () => {
    const walked = new Set<string>();
    // A fixed seed, because this asks what thousands of lives saw together.
    fc.assert(
      fc.property(movingDraws, (numbers) => {
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
      for (const { command: sent, events, was } of steps) {
        if (was.progress === 'NONE') continue;
        for (const { type } of events)
          if (type === 'OrderPartLoadingStarted') expect(isCalledOff(was)).toBe(false);
        if (sent.type === 'CancelOrder' && was.parts.some(mayBeGone)) expect(events).toEqual([]);
      }
    }));

  it('nothing of a held order is released, loaded or expired', () =>
    everyLife((steps) => {
      const stopped = ['OrderPartReleased', 'OrderPartLoadingStarted'];
      for (const { command: sent, events, was, after } of steps) {
        if (was.progress === 'NONE' || !isHeld(was) || !isHeld(after)) continue;
        expect(events.filter(({ type }) => stopped.includes(type))).toEqual([]);
        if (sent.type === 'ExpireOrder') expect(events).toEqual([]);
      }
    }));

  it('no part that may leave is held back', () =>
    everyLife((steps) => {
      for (const { after } of steps) {
        if (paymentOf(after) === undefined || isCalledOff(after) || isHeld(after)) continue;
        const wrong = after.parts.filter(
          ({ released, lines: goods }) => released === goods.some(({ awaitingStock }) => awaitingStock),
        );
        expect(wrong).toEqual([]);
      }
    }));

  it('is shipped once, each part delivered once, and fulfilled with the last of them', () =>
    everyLife((steps) => {
      const types = eventsOf(steps).map(({ type }) => type);
      const count = (type: OrderEvent['type']): number => types.filter((one) => one === type).length;
      expect(count('OrderShipped')).toBeLessThanOrEqual(1);
      const { parts } = steps.at(-1)!.after;
      const isAll = parts.length > 0 && parts.every(({ delivered }) => delivered);
      expect(count('OrderFulfilled')).toBe(isAll ? 1 : 0);
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
 * The order with its payments, as the reactors connect them: a captured amount is recorded in the order, which
 * accepts or refunds it; a refund of the order is requested from the payment, and its outcome is recorded in the
 * order.
 */
const settle = (steps: readonly Step[]) => {
  const provider = new Map<PaymentId, ReturnType<typeof capture>>();
  const capture = (paymentId: PaymentId) => {
    const at = before;
    let state = payment.initial;
    const send = (asked: Parameters<typeof payment.decide>[0]): void => {
      const decision = payment.decide(asked, state);
      if (!decision.ok) throw new Error(`The payment refuses ${asked.type}: ${decision.rejection.code}`);
      state = fold(payment.evolve, state, decision.events);
    };
    const total = totalOf(lines);
    send({ type: 'RequestPayment', paymentId, orderId, customerId, amount: total, method: 'test', at });
    send({ type: 'RecordCapture', paymentId, reference: paymentId, at });
    let held = total.amountMinor;
    return {
      held: () => held,
      giveBack: (refundId: RefundId, amountMinor: number): void => {
        send({ type: 'RequestPaymentRefund', paymentId, refundId, amount: gbp(amountMinor), at });
        send({ type: 'RecordPaymentRefund', paymentId, refundId, reference: refundId, at });
        held -= amountMinor;
      },
      refuse: (refundId: RefundId, amountMinor: number): void => {
        send({ type: 'RequestPaymentRefund', paymentId, refundId, amount: gbp(amountMinor), at });
        send({ type: 'RecordPaymentRefundFailure', paymentId, refundId, reason: 'no', at });
      },
    };
  };
  const refused = new Set(
    eventsOf(steps).map((event) => (event.type === 'OrderRefundRefused' ? event.data.refundId : undefined)),
  );
  for (const { command: sent, events } of steps) {
    if (sent.type === 'RecordPayment' && !provider.has(sent.paymentId)) {
      const captured = capture(sent.paymentId);
      provider.set(sent.paymentId, captured);
      const isTaken = events.some(({ type }) => type === 'OrderPaid');
      if (!isTaken) captured.giveBack(sent.paymentId as string as RefundId, sent.paid.amountMinor);
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
