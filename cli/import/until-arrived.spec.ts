import type { Millis, OrderId } from '../../domain/kernel';
import type { OrderStatus } from '../../domain/order';
import { positionOf } from '../../platform/event-store';
import type { OrderDetails } from '../../projections/order-details';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { untilArrived } from './until-arrived';

const idOf = (index: number): OrderId => `order-${index}` as OrderId;
const idsOf = (count: number): readonly OrderId[] => Array.from({ length: count }, (_, index) => idOf(index));

/** A read model in which the orders have these statuses, and which may be changed meanwhile. */
const watching = () => {
  const statuses = new Map<OrderId, OrderStatus>();
  const stop = new AbortController();
  const clock = createVirtualClock();
  const told: number[] = [];
  const document = (id: OrderId) => ({ id, status: statuses.get(id) }) as OrderDetails;
  const getMany = (ids: readonly string[]) =>
    Promise.resolve(
      (ids as OrderId[])
        .filter((id) => statuses.has(id))
        .map((id) => ({ document: document(id), lastPosition: positionOf(1) })),
    );
  const wait = (ids: readonly OrderId[]) =>
    clock.drive(
      untilArrived(
        { orders: { getMany }, clock, signal: stop.signal, onProgress: (done) => told.push(done) },
        ids,
      ),
    );
  return { statuses, stop, clock, told, wait };
};

describe('waiting for orders to arrive', () => {
  it('returns how they ended', async () => {
    const { statuses, wait } = watching();
    statuses.set(idOf(0), 'FULFILLED').set(idOf(1), 'REFUNDED').set(idOf(2), 'FULFILLED');
    expect(await wait(idsOf(3))).toEqual({ FULFILLED: 2, REFUNDED: 1 });
  });

  it('has nothing to wait for without orders', async () => {
    const { statuses, wait, told } = watching();
    statuses.set(idOf(0), 'PAID');
    expect(await wait([])).toEqual({});
    expect(told).toEqual([]);
  });

  it('does not take an empty read model for orders that have ended', async () => {
    const { clock, wait, told } = watching();
    await expect(wait(idsOf(84))).rejects.toThrow(/^84 of 84 orders are under way/);
    expect(clock.monotonicMs()).toBeGreaterThan(60_000);
    expect(new Set(told)).toEqual(new Set([0]));
  });

  it('continues while orders end, and reads those beyond the first batch', async () => {
    const { statuses, clock, wait } = watching();
    const ids = idsOf(504);
    for (const id of ids) statuses.set(id, 'SHIPPED');
    // The last ones of the list end first.
    const late = ids.slice(-4).reverse();
    late.forEach((id, index) =>
      clock.after(((index + 1) * 50_000) as Millis, () => void statuses.set(id, 'FULFILLED')),
    );
    clock.after(240_000 as Millis, () => ids.forEach((id) => statuses.set(id, 'FULFILLED')));
    expect(await wait(ids)).toEqual({ FULFILLED: 504 });
    expect(clock.monotonicMs()).toBeLessThan(250_000);
  });

  it('counts an order that is listed twice once, and a pending refund as in progress', async () => {
    const { statuses, clock, wait, told } = watching();
    statuses.set(idOf(0), 'REFUNDING');
    clock.after(5_000 as Millis, () => void statuses.set(idOf(0), 'REFUNDED'));
    expect(await wait([idOf(0), idOf(0)])).toEqual({ REFUNDED: 1 });
    expect(told.at(-1)).toBe(1);
  });

  it('returns nothing when the signal aborts', async () => {
    const { statuses, clock, stop, wait } = watching();
    statuses.set(idOf(0), 'FULFILLED').set(idOf(1), 'PAID');
    clock.after(5_000 as Millis, () => stop.abort());
    expect(await wait(idsOf(2))).toBeUndefined();
    expect(clock.monotonicMs()).toBeLessThan(6_000);
  });
});
