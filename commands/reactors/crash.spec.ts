import type { OrderId } from '../../domain/kernel';
import { mortal } from '../../tests/support/commands/mortal';
import {
  ann,
  createOrderBench,
  customer,
  furnish,
  idOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

/** Everything that may happen to one order at most once. */
const onceOnly = [
  'OrderPlaced',
  'CartCheckedOut',
  'OrderAllocated',
  'PaymentCaptured',
  'OrderPaid',
  'OrderShipped',
  'OrderFulfilled',
  'StockReplenishmentRequested',
];

const prepare = async (): Promise<{ readonly bench: OrderBench; readonly place: () => Promise<OrderId> }> => {
  const bench = createOrderBench({ checkpointEveryMs: 5 });
  const { mug, pen } = await furnish(bench);
  // Split over two warehouses, and of the pens there are too few.
  for (const [productId, quantity] of [[mug, 105] as const, [pen, 9] as const])
    await bench.demand('addToCart', { customerId: ann, productId, quantity }, { as: customer(ann) });
  const place = async (): Promise<OrderId> => {
    const input = { customerId: ann, destination: { x: 1, y: 1 }, paymentMethod: 'test' };
    const outcome = await bench.life().useCases.placeOrder(input, {
      commandId: idOf('the order'),
      correlationId: 'c',
      principal: customer(ann),
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.value.orderId;
  };
  return { bench, place };
};

/** Lives until killed at the given write, then lives on. @returns whether there was such a write. */
const killedAt = async (write: number, lastIsWritten: boolean): Promise<boolean> => {
  const { bench, place } = await prepare();
  const doomed = mortal(bench.durable, { writes: write, lastIsWritten }, bench.clock);
  const { runtime } = bench.restart(doomed);
  runtime.start();
  void place().catch(() => undefined);
  for (let turn = 0; turn < 100 && !doomed.isDead(); turn += 1) await bench.clock.advance(20);
  if (!doomed.isDead()) return false;

  bench.restart().runtime.start();
  // The customer, who got no answer, asks again.
  const orderId = await bench.clock.drive(place());
  await bench.settle();
  expect({ write, status: await bench.status(orderId) }).toEqual({ write, status: 'FULFILLED' });
  expect(bench.parking.all()).toEqual([]);
  for (const type of onceOnly)
    expect({ write, type, count: await bench.count(type) }).toEqual({ write, type, count: 1 });
  expect(await bench.count('ShipmentCreated')).toBe(await bench.count('OrderPartReleased'));
  expect(await bench.count('ShipmentDelivered')).toBe(await bench.count('ShipmentCreated'));
  expect(await bench.count('StockReleased')).toBe(0);
  await bench.stockSums();
  return true;
};

describe('a process that is killed', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    'just %s any of its writes leaves an order that is fulfilled, once',
    async (_, lastIsWritten) => {
      let write = 1;
      while (await killedAt(write, lastIsWritten)) write += 1;
      // An order's life is not shorter than that; otherwise nothing was killed.
      expect(write).toBeGreaterThan(30);
    },
    60_000,
  );
});
