import fc from 'fast-check';
import { runs } from '../../tests/support/runs';
import { fold } from '../kernel';
import type { Instant, OrderId, ProductId, ReplenishmentId, WarehouseId } from '../kernel';
import { stock } from './';
import type { StockCommand, StockEvent, StockState } from './';

const at = '2026-01-01T10:00:00.000Z' as Instant;
const where = { warehouseId: 1 as WarehouseId, productId: 'mug' as ProductId, at };
const choose = <T>(choices: readonly T[], pick: number): T | undefined => choices[pick % choices.length];

/** Three random numbers make a command out of the state, so that it mostly concerns what is really there. */
type Draw = { readonly kind: number; readonly pick: number; readonly size: number; readonly step: number };

const commandFrom = (state: StockState, { kind, pick, size, step }: Draw): StockCommand => {
  const fresh = `order-${step}` as OrderId;
  const claimants = state.claims.entries().map(([orderId]) => orderId);
  const known = choose([...claimants, ...state.lastShipped], pick) ?? fresh;
  const head = state.queue[0]?.quantity ?? 1;
  switch (kind) {
    case 0:
      // Just enough for the head, one short of it, or anything.
      return {
        type: 'ReceiveStock',
        ...where,
        quantity: Math.max(
          1,
          choose([head - state.onHand, head - state.onHand - 1, size, size * 5], pick) ?? 1,
        ),
        replenishmentId: choose([...state.onItsWay.keys()], size) ?? (`delivery-${step}` as ReplenishmentId),
      };
    case 1:
      return {
        type: 'RemoveStock',
        ...where,
        quantity: choose([1, state.onHand, size], pick) ?? 1,
        reason: 'broken',
      };
    case 2:
      return { type: 'ReleaseStock', ...where, orderId: known, keep: choose([undefined, 1, 3], size) };
    case 3:
      return { type: 'ShipStock', ...where, orderId: known };
    case 4:
      return {
        type: 'ReplenishStock',
        ...where,
        replenishmentId: `asked-${step}` as ReplenishmentId,
        quantity: size,
      };
    case 10:
      return {
        type: 'CorrectStock',
        ...{
          ...where,
          orderId: known,
          reason: 'there are none',
          replenishmentId: `buy-${step}` as ReplenishmentId,
        },
        askedAt: where.at,
      };
    case 9:
      return { type: 'SetLowStockThreshold', ...where, threshold: size };
    default: {
      const quantity = Math.max(1, choose([state.onHand, state.onHand + 1, size], pick) ?? 1);
      const backorder = { replenishmentId: `buy-${step}` as ReplenishmentId };
      const orderId = kind === 5 ? known : fresh;
      return { type: 'ReserveStock', ...where, orderId, quantity, ...(size % 3 === 0 ? {} : { backorder }) };
    }
  }
};

const draws = fc.array(
  fc.record({ kind: fc.nat(10), pick: fc.nat(50), size: fc.integer({ min: 1, max: 9 }) }),
  { minLength: 1, maxLength: 60 },
);

type Step = {
  readonly command: StockCommand;
  readonly before: StockState;
  readonly events: readonly StockEvent[];
  readonly after: StockState;
};

/** A life of a stock: each command is decided on what the ones before it led to. */
const lifeOf = (numbers: readonly Omit<Draw, 'step'>[]): readonly Step[] => {
  let before = stock.initial;
  return numbers.map((draw, step) => {
    const command = commandFrom(before, { ...draw, step });
    const decision = stock.decide(command, before);
    const events = decision.ok ? decision.events : [];
    const after = fold(stock.evolve, before, events);
    const taken = { command, before, events, after };
    before = after;
    return taken;
  });
};

const everyLife = (check: (steps: readonly Step[]) => void, numRuns = runs(500)): void => {
  fc.assert(
    fc.property(draws, (numbers) => {
      check(lifeOf(numbers));
    }),
    { numRuns },
  );
};

const totalOf = (
  events: readonly StockEvent[],
  type: 'StockReceived' | 'StockShipped' | 'StockRemoved',
): number => events.reduce((sum, event) => (event.type === type ? sum + event.data.quantity : sum), 0);

const sum = (quantities: Iterable<number>): number => [...quantities].reduce((total, one) => total + one, 0);

const reservedIn = ({ claims }: StockState): readonly number[] =>
  claims.entries().map(([, { quantity, waits }]) => (waits ? 0 : quantity));

describe('after any history of a stock', () => {
  it('received = on hand + reserved + shipped + removed, and on hand is never negative', () =>
    everyLife((steps) => {
      const events: StockEvent[] = [];
      for (const step of steps) {
        events.push(...step.events);
        const { onHand } = step.after;
        expect(onHand).toBeGreaterThanOrEqual(0);
        expect(onHand + sum(reservedIn(step.after))).toBe(
          totalOf(events, 'StockReceived') -
            totalOf(events, 'StockShipped') -
            totalOf(events, 'StockRemoved'),
        );
      }
    }));

  it('a repeated command is recorded once', () =>
    everyLife((steps) => {
      for (const { command, after } of steps) {
        // A write-off has no name of its own: only its command id tells a second one from a repeat.
        if (command.type === 'RemoveStock') continue;
        const again = stock.decide(command, after);
        expect(again.ok ? again.events : []).toEqual([]);
      }
    }));

  it('no order is served before an earlier one', () =>
    everyLife((steps) => {
      let waiting: readonly OrderId[] = [];
      for (const { command, events } of steps)
        for (const { type, data } of events) {
          if (type === 'StockBackordered') waiting = [...waiting, data.orderId];
          if (type !== 'StockReleased' && type !== 'StockReserved') continue;
          // An order that wants less than before keeps its place.
          if (type === 'StockReleased' && data.kept !== undefined) continue;
          // Goods that left although the books lacked them were not taken from those who wait.
          const hasLeft = command.type === 'ShipStock' && command.orderId === data.orderId;
          if (type === 'StockReserved' && !hasLeft)
            expect(waiting[0]).toBe(data.backorderFilled ? data.orderId : undefined);
          waiting = waiting.filter((orderId) => orderId !== data.orderId);
        }
    }));

  it('no order waits for goods that are on hand', () =>
    everyLife((steps) => {
      for (const { after } of steps) {
        const [head] = after.queue;
        expect(head === undefined || head.quantity > after.onHand).toBe(true);
      }
    }));

  it('enough is on its way for everyone who has just joined the queue', () =>
    everyLife((steps) => {
      for (const { command, events, after } of steps) {
        if (command.type !== 'ReserveStock' || events.length === 0) continue;
        const queued = sum(after.queue.map(({ quantity }) => quantity));
        expect(after.onHand + sum(after.onItsWay.values())).toBeGreaterThanOrEqual(queued);
      }
    }));

  it('the queue is those who wait, and what they want is counted', () =>
    everyLife((steps) => {
      for (const { after } of steps) {
        const waiting = after.claims.entries().filter(([, { waits }]) => waits);
        const places = after.queue.map(({ orderId, quantity }) => [orderId, { quantity, waits: true }]);
        expect(places.sort()).toEqual(waiting.toSorted());
        expect(after.queued).toBe(sum(after.queue.map(({ quantity }) => quantity)));
      }
    }));
});
