import type { OrderId } from '../../domain/kernel';
import { silentLogger } from '../../platform/telemetry';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { buy, createOrderBench, furnish, payWithin } from '../../tests/support/commands/order-fixture';
import { createExpiry } from './expiry';

const open = async () => {
  const bench = createOrderBench();
  const { near, mug } = await furnish(bench);
  bench.start();
  const orderId = await buy(bench, [[mug, 4]], { pay: null });
  const paid = await buy(bench, [[mug, 1]]);
  await bench.settle();
  let asked = 0;
  const start = (dueOrders: () => Promise<readonly OrderId[]>) => {
    const { aggregates, payments } = bench.life();
    const expiry = createExpiry({
      ...payments,
      aggregates,
      clock: bench.clock,
      random: seededRandom(9),
      logger: silentLogger,
      dueAfterSales: async () => [],
      dueProductPrices: async () => [],
      dueOrders: () => {
        asked += 1;
        return dueOrders();
      },
    });
    expiry.start();
    return expiry;
  };
  return { bench, near, mug, orderId, paid, start, asked: () => asked };
};

describe('expiry', () => {
  it('cancels what is unpaid after its time, and gives the goods back', async () => {
    const { bench, near, mug, orderId, paid, start } = await open();
    // A list that is out of date does no harm: the order itself decides.
    const expiry = start(async () => [orderId, paid]);
    await bench.clock.advance(payWithin - 60_000);
    expect(await bench.status(orderId)).toBe('PLACED');
    await bench.clock.advance(120_000);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('CANCELLED');
    expect(await bench.status(paid)).toBe('FULFILLED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 9 });
    await bench.clock.drive(expiry.stop());
  });

  it('rises again when the list of what is due cannot be had', async () => {
    const { bench, orderId, start, asked } = await open();
    start(async () => {
      if (asked() < 3) throw new Error('no list');
      return [orderId];
    });
    await bench.clock.advance(payWithin + 60_000);
    expect(await bench.status(orderId)).toBe('CANCELLED');
  });
});
