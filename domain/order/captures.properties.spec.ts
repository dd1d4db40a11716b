import fc from 'fast-check';
import { gbp, offered, orderCommands } from '../../tests/support/domain/order-vocabulary';
import { runs } from '../../tests/support/runs';
import { fold } from '../kernel';
import type {
  AccountId,
  CaptureId,
  Instant,
  OrderId,
  PaymentId,
  ProductId,
  RefundId,
  SerialNumber,
  ShipmentId,
  ShippingMethodId,
  WarehouseId,
} from '../kernel';
import {
  heldOf,
  isUndecided,
  payment,
  type AuthorisedPayment,
  type PaymentCommand,
  type PaymentEvent,
  type PaymentState,
} from '../payment';
import { isCaptured, mayBeGone, order, paymentOf, refundableOf, statusOf } from './';
import type { KnownOrder, OrderCommand, OrderEvent, OrderLine } from './';

const at = '2026-01-01T10:00:00.000Z' as Instant;
const authorisedUntil = '2026-01-08T10:00:00.000Z' as Instant;
const [orderId, paymentId] = ['order-1' as OrderId, 'payment-1' as PaymentId];
const products = ['mug', 'lamp', 'pen'] as ProductId[];
const sellers = [undefined, 'bob', 'sam'] as (AccountId | undefined)[];

type Drawn = {
  readonly prices: readonly number[];
  readonly charge: number;
  readonly steps: readonly { readonly kind: number; readonly pick: number; readonly size: number }[];
};
const drawn: fc.Arbitrary<Drawn> = fc.record({
  prices: fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 3, maxLength: 3 }),
  charge: fc.nat(500),
  steps: fc.array(fc.record({ kind: fc.nat(12), pick: fc.nat(11), size: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  }),
});

const lineOf = (index: number, { prices }: Drawn): OrderLine => {
  const productId = products[index]!;
  return {
    ...{ productId, productNumber: 1 as SerialNumber, sku: productId, name: productId, quantity: index + 2 },
    ...{ unitPrice: gbp(prices[index]!), sellerId: sellers[index] },
  };
};

const part = (warehouse: number, ...goods: readonly (readonly [number, number])[]) => ({
  shipmentId: `shipment-${warehouse}` as ShipmentId,
  warehouseId: warehouse as WarehouseId,
  lines: goods.map(([index, quantity]) => ({ productId: products[index]!, quantity, awaitingStock: false })),
});
const parts = [part(1, [0, 2], [2, 1]), part(2, [1, 3], [2, 3])];

/** An order whose money is held, and its payment: both decide, and the reactors between them may come in any order. */
const lifeOf = (life: Drawn) => {
  const lines = products.map((_, index) => lineOf(index, life));
  const command = orderCommands({
    ...{ orderId, number: 7 as SerialNumber, customerId: 'ada' as AccountId, lines, at },
    ...{ destination: { x: 0, y: 0 }, payBy: at, paymentId, refundId: 'r' as RefundId },
  });
  const facts: (OrderEvent | PaymentEvent)[] = [];
  let known = order.initial as KnownOrder;
  let money: PaymentState = payment.initial;
  const upTo = new Map<CaptureId, ReturnType<typeof gbp>>();
  const tell = (sent: OrderCommand): boolean => {
    const decision = order.decide(sent, known);
    if (!decision.ok) return false;
    for (const event of decision.events)
      if (event.type === 'OrderCaptureRequested') upTo.set(event.data.captureId, event.data.upTo);
    facts.push(...decision.events);
    known = fold(order.evolve, known, decision.events) as KnownOrder;
    return true;
  };
  const pay = (sent: PaymentCommand): boolean => {
    const decision = payment.decide(sent, money);
    if (!decision.ok) return false;
    facts.push(...decision.events);
    money = fold(payment.evolve, money, decision.events);
    return true;
  };
  const shipping = {
    ...{ shippingMethodId: 'parcel' as ShippingMethodId, name: 'Parcel', charge: gbp(life.charge) },
  };
  tell(command.place({ lines: lines.map(offered), shipping }));
  tell(command.allocate(parts));
  const { total: amount, customerId } = known;
  const of = { paymentId, at };
  pay({ type: 'RequestPayment', ...of, orderId, customerId, amount, method: 'test' });
  pay({ type: 'RecordAuthorisation', ...of, reference: 'au', authorisedUntil });
  tell({ type: 'RecordPayment', orderId, at, paymentId, paid: amount, authorisedUntil });

  /** Does what reactors do by themselves, one step of one capture or refund. @returns whether there was something to do. */
  const react = (outcome: 'yes' | 'no', pick: number): boolean => {
    const paid = paymentOf(known)!;
    const held = money as AuthorisedPayment;
    const works: (() => boolean)[] = [];
    for (const { captureId, status } of paid.captures!) {
      if (status !== 'OPEN') continue;
      const capture = held.captures.get(captureId);
      works.push(() => {
        if (capture === undefined) {
          pay({ type: 'RequestCapture', ...of, captureId, upTo: upTo.get(captureId)! });
          if (!(money as AuthorisedPayment).captures.has(captureId))
            tell({ type: 'RecordCapture', orderId, at, captureId, amount: gbp(0) });
          return true;
        }
        if (isUndecided(capture.status))
          return outcome === 'yes'
            ? pay({ type: 'RecordPartCapture', ...of, captureId, reference: 'ca' })
            : pay({ type: 'RecordCaptureRefusal', ...of, captureId, reason: 'no' });
        return capture.status === 'DONE'
          ? tell({ type: 'RecordCapture', orderId, at, captureId, amount: capture.amount })
          : tell({ type: 'RecordCaptureRefusal', orderId, at, captureId, reason: 'no' });
      });
    }
    for (const { refundId, amount: back, done, refused } of paid.refunds) {
      if (done || refused) continue;
      const refund = held.refunds.get(refundId);
      if (refund === undefined)
        works.push(() => pay({ type: 'RequestPaymentRefund', ...of, refundId, amount: back }));
      else if (isUndecided(refund.status))
        works.push(() =>
          outcome === 'yes'
            ? pay({ type: 'RecordPaymentRefund', ...of, refundId, reference: 're' })
            : pay({ type: 'RecordPaymentRefundFailure', ...of, refundId, reason: 'no' }),
        );
      else if (refund.status === 'FAILED')
        works.push(() => tell({ type: 'RecordRefundRefusal', orderId, at, refundId, reason: 'no' }));
      else {
        const isRelease = refund.released?.amountMinor === refund.amount.amountMinor;
        works.push(() =>
          tell({ type: 'RecordRefund', orderId, at, refundId, ...(isRelease && { isRelease: true }) }),
        );
      }
    }
    // Some wait for others.
    return works.length > 0 && works.some((_, index) => works[(index + pick) % works.length]!());
  };

  const act = ({ kind, pick, size }: Drawn['steps'][number], step: number): void => {
    const to = { orderId, at };
    const refundId = `refund-${step}` as RefundId;
    const captureId = `capture-${step}` as CaptureId;
    const goods = [{ productId: products[pick % 3]!, quantity: size }];
    const some = known.parts[pick % Math.max(1, known.parts.length)];
    const shipmentId = some?.shipmentId ?? ('none' as ShipmentId);
    switch (kind) {
      case 0:
      case 1:
      case 2:
        tell({ type: 'RequestCapture', ...to, captureId, shipmentId });
        return;
      case 3:
        tell({ type: 'RetryCapture', ...to, captureId });
        return;
      case 4:
        tell({ type: 'StartPartLoading', ...to, shipmentId, attempt: (some?.loading?.attempt ?? 0) + 1 });
        return;
      case 5:
        tell({ type: 'RequestRefund', ...to, refundId, amount: gbp(size * 40), reason: 'sorry' });
        return;
      case 6: {
        const next = known.parts.map(({ shipmentId: after }) => ({
          after,
          shipmentId: `${after}-${step}` as ShipmentId,
        }));
        tell({ type: 'CancelGoods', ...to, refundId, lines: goods, packed: [], next });
        return;
      }
      case 7:
        if (pick === 0) tell({ type: 'CancelOrder', ...to, refundId });
        return;
      case 8: {
        const warehouseId = (pick + 3) as WarehouseId;
        tell({
          ...{ type: 'MoveOrderPart', ...to, shipmentId },
          to: { shipmentId: `${shipmentId}-m${step}` as ShipmentId, warehouseId },
        });
        for (const { productId } of some?.lines ?? [])
          tell({ type: 'RecordLineSupplied', ...to, warehouseId, productId });
        return;
      }
      default:
        react(pick % 4 === 0 ? 'no' : 'yes', size);
    }
  };
  for (const [index, step] of life.steps.entries()) act(step, index);

  /** Everything goes well from now on: what is refused is tried again, and all parts leave. */
  const finish = (): void => {
    for (let round = 0; round < 200; round += 1) {
      while (react('yes', 0));
      const waiting = known.parts.find(
        ({ shipmentId, released }) => released && !isCaptured(paymentOf(known)!, shipmentId),
      );
      const captureId = `last-${round}` as CaptureId;
      if (waiting === undefined) return;
      const { shipmentId } = waiting;
      if (!tell({ type: 'RequestCapture', orderId, at, captureId, shipmentId })) return;
    }
  };
  return { facts, finish, order: () => known, payment: () => money as AuthorisedPayment };
};

const minor = (amounts: readonly { readonly amountMinor: number }[]): number =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const takenIn = (facts: readonly (OrderEvent | PaymentEvent)[]): number =>
  minor(facts.flatMap((fact) => (fact.type === 'PaymentPartCaptured' ? [fact.data.amount] : [])));
const backIn = (facts: readonly (OrderEvent | PaymentEvent)[]): number =>
  minor(facts.flatMap((fact) => (fact.type === 'PaymentRefunded' ? [fact.data.amount] : [])));

const everyLife = (check: (life: ReturnType<typeof lifeOf>) => void): void => {
  fc.assert(
    fc.property(drawn, (life) => {
      check(lifeOf(life));
    }),
    { numRuns: runs(1_000) },
  );
};

describe('after any mix of captures, cancellations and refunds of held money', () => {
  it('no more is captured than was authorised, no more is given back than was captured, and nothing is below 0', () =>
    everyLife(({ facts, order: known, payment: money }) => {
      for (let end = 1; end <= facts.length; end += 1) {
        const until = facts.slice(0, end);
        expect(takenIn(until)).toBeLessThanOrEqual(known().total.amountMinor);
        expect(backIn(until)).toBeLessThanOrEqual(takenIn(until));
      }
      expect(heldOf(money()).amountMinor).toBeGreaterThanOrEqual(0);
      for (const fact of facts) {
        if (fact.type === 'PaymentCaptureRequested' || fact.type === 'PaymentReleased')
          expect(fact.data.amount.amountMinor).toBeGreaterThan(0);
        if (fact.type === 'PaymentRefundRequested') expect(fact.data.amount.amountMinor).toBeGreaterThan(0);
      }
    }));

  it('no goods leave before their money is taken', () =>
    everyLife(({ order: known }) => {
      for (const gone of known().parts.filter(mayBeGone))
        expect(isCaptured(paymentOf(known())!, gone.shipmentId)).toBe(true);
    }));

  it('the customer pays in the end for exactly what was not given back', () =>
    everyLife(({ facts, finish, order: known, payment: money }) => {
      finish();
      const paid = paymentOf(known())!;
      const isOver = known().parts.every(({ shipmentId }) => isCaptured(paid, shipmentId));
      const kept = refundableOf(paid).amountMinor;
      expect(takenIn(facts) - backIn(facts) + heldOf(money()).amountMinor).toBe(kept);
      // What is owed after a refused refund may still be held.
      const isOwed = facts.some(({ type }) => type === 'PaymentRefundFailed');
      if (isOver && !isOwed && statusOf(known()) !== 'CANCELLED' && known().parts.length > 0)
        expect(takenIn(facts) - backIn(facts)).toBe(kept);
    }));

  it('what sellers sold and gave back is what they have of the order', () =>
    everyLife(({ facts, finish, order: known }) => {
      finish();
      const firsts = facts.filter((fact) => fact.type === 'OrderCaptured' && fact.data.isFirst);
      expect(firsts.length).toBe(takenIn(facts) > 0 ? 1 : 0);
      for (const seller of sellers) {
        if (seller === undefined) continue;
        const sold = facts.flatMap((fact) =>
          fact.type === 'OrderCaptured' ? (fact.data.sellers ?? []) : [],
        );
        const back = facts.flatMap((fact) =>
          fact.type === 'OrderRefunded' && !fact.data.isUntaken ? (fact.data.sellers ?? []) : [],
        );
        const sum = (
          shares: readonly { readonly sellerId: AccountId }[],
          of: (share: never) => number,
        ): number =>
          shares
            .filter(({ sellerId }) => sellerId === seller)
            .reduce((total, share) => total + of(share as never), 0);
        const due =
          sum(sold, ({ sold: price }: (typeof sold)[number]) => price.amountMinor) -
          sum(back, ({ amount }: (typeof back)[number]) => amount.amountMinor);
        expect(due).toBeGreaterThanOrEqual(0);
        expect(due).toBeLessThanOrEqual(known().total.amountMinor);
      }
    }));
});
