import type { AnyFact, OrderId } from '../../domain/kernel';
import { stock, type StockCommand } from '../../domain/stock';
import { replenishmentId } from '../../platform/ids';
import { seededRandom } from '../../tests/support/time/seeded-random';
import {
  buy,
  createOrderBench,
  furnish,
  gbp,
  system,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import type { Aggregates } from '../../platform/execution';
import { allocationWorkflow } from './allocation';
import type { Site } from './sites';
import { RetryLater, type Reactor } from '../../platform/reactions/reactor';

const noSites: readonly Site[] = [];
let processes = 0;

/** Lets something happen just before a stock is asked to set goods aside for the first time. */
const beforeFirstReservation = (aggregates: Aggregates, act: () => Promise<unknown>): Aggregates => {
  let first = true;
  return {
    ...aggregates,
    of: (decider) => {
      const handle = aggregates.of(decider);
      return {
        ...handle,
        execute: async (id, command, context) => {
          const { type } = command as { readonly type: string };
          if (type === 'ReserveStock' && first) {
            first = false;
            await act();
          }
          return handle.execute(id, command, context);
        },
      };
    },
  };
};

const open = async () => {
  const bench = createOrderBench({ world: false });
  const goods = await furnish(bench);
  const sites: readonly Site[] = [
    { warehouseId: goods.near, place: { x: 0, y: 0 }, active: true },
    { warehouseId: goods.far, place: { x: 50, y: 0 }, active: true },
  ];
  return { bench, sites, ...goods };
};

const workflowOf = (
  bench: OrderBench,
  sites: readonly Site[],
  aggregates = bench.life().aggregates,
): Reactor => {
  const { clock } = bench;
  const random = seededRandom(processes++);
  return allocationWorkflow({ aggregates, clock, random, warehouses: async () => sites });
};

const reactTo = async (bench: OrderBench, workflow: Reactor, orderId: OrderId): Promise<void> => {
  const events = await bench.events();
  const placed = events.find(
    ({ type, data }) => type === 'OrderPlaced' && (data as { orderId: OrderId }).orderId === orderId,
  );
  await bench.clock.drive(workflow.reactions['OrderPlaced']!(placed!));
};

const partsOf = async (bench: OrderBench): Promise<readonly object[]> => {
  const allocated = (await bench.events()).filter(({ type }) => type === 'OrderAllocated');
  return allocated.map(({ data }) => (data as { parts: object }).parts);
};

const directly = (bench: OrderBench, command: StockCommand) =>
  bench.clock.drive<{ readonly kind: string; readonly events?: readonly AnyFact[] }>(
    bench.life().aggregates.of(stock).execute(`${command.warehouseId}-${command.productId}`, command, {
      commandId: bench.freshId(),
      correlationId: 'c',
      principal: system,
    }),
  );

describe('allocation', () => {
  it('goes on from what a try that was cut short has set aside and queued for', async () => {
    const { bench, sites, near, far, mug, pen } = await open();
    const orderId = await buy(bench, [
      [mug, 2],
      [pen, 50],
    ]);
    const at = bench.clock.now();
    // The mugs were taken from afar, and the queue was joined for the pens.
    await directly(bench, {
      type: 'ReserveStock',
      warehouseId: far,
      productId: mug,
      orderId,
      quantity: 2,
      at,
    });
    const backorder = { replenishmentId: replenishmentId('the first try') };
    await directly(bench, {
      type: 'ReserveStock',
      warehouseId: near,
      productId: pen,
      orderId,
      quantity: 50,
      backorder,
      at,
    });
    await reactTo(bench, workflowOf(bench, sites), orderId);
    expect(await partsOf(bench)).toMatchObject([
      [
        { warehouseId: near, lines: [{ productId: pen, quantity: 50, awaitingStock: true }] },
        { warehouseId: far, lines: [{ productId: mug, quantity: 2, awaitingStock: false }] },
      ],
    ]);
    expect(await bench.count('StockReserved')).toBe(1);
    expect(await bench.count('StockBackordered')).toBe(1);
  });

  it('gives up what a try has set aside that is more than the order needs', async () => {
    const { bench, sites, near, far, mug } = await open();
    const orderId = await buy(bench, [[mug, 2]]);
    const at = bench.clock.now();
    for (const warehouseId of [near, far])
      await directly(bench, { type: 'ReserveStock', warehouseId, productId: mug, orderId, quantity: 2, at });
    await reactTo(bench, workflowOf(bench, sites), orderId);
    expect(await partsOf(bench)).toMatchObject([[{ warehouseId: near }]]);
    expect(await bench.stockOf(far, mug)).toMatchObject({ onHand: 100 });
  });

  it('plans again if another order takes the goods first', async () => {
    const { bench, sites, near, far, mug } = await open();
    const orderId = await buy(bench, [[mug, 10]]);
    const at = bench.clock.now();
    const aggregates = beforeFirstReservation(bench.life().aggregates, () =>
      directly(bench, {
        type: 'RemoveStock',
        warehouseId: near,
        productId: mug,
        quantity: 4,
        reason: 'broken',
        at,
      }),
    );
    await reactTo(bench, workflowOf(bench, sites, aggregates), orderId);
    expect(await partsOf(bench)).toMatchObject([[{ warehouseId: far, lines: [{ quantity: 10 }] }]]);
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 6 });
  });

  it('gives everything back when the order is called off meanwhile', async () => {
    const { bench, sites, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 10]], { pay: null });
    const aggregates = beforeFirstReservation(bench.life().aggregates, () =>
      bench.send('cancelOrder', { orderId }),
    );
    await reactTo(bench, workflowOf(bench, sites, aggregates), orderId);
    expect(await partsOf(bench)).toEqual([]);
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
  });

  it('gives up its own reservations when another process was faster', async () => {
    const { bench, sites, near, far, mug } = await open();
    const orderId = await buy(bench, [[mug, 10]]);
    const onlyFar = sites.filter(({ warehouseId }) => warehouseId === far);
    const aggregates = beforeFirstReservation(bench.life().aggregates, () =>
      reactTo(bench, workflowOf(bench, onlyFar), orderId),
    );
    await reactTo(bench, workflowOf(bench, sites, aggregates), orderId);
    expect(await partsOf(bench)).toMatchObject([[{ warehouseId: far }]]);
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
    expect(await bench.stockOf(far, mug)).toMatchObject({ onHand: 90 });
  });

  it('waits where there is no warehouse, and keeps nothing', async () => {
    const { bench, mug } = await open();
    const orderId = await buy(bench, [[mug, 1]]);
    await expect(reactTo(bench, workflowOf(bench, noSites), orderId)).rejects.toThrow(RetryLater);
    expect(await bench.count('StockReserved')).toBe(0);
  });

  it('counts the lines of one product together', async () => {
    const { bench, sites, mug } = await open();
    await bench.demand('provisionAccount', { email: 'bob@example.org', name: 'Bob', roles: ['customer'] });
    const { accountId } = await bench.demand('provisionAccount', {
      email: 'bob@example.org',
      name: 'Bob',
      roles: [],
    });
    const line = { productId: mug, unitPrice: gbp(499) };
    const { orderId } = await bench.demand('importOrder', {
      source: 'old shop',
      reference: '1',
      customerId: accountId,
      lines: [
        { ...line, quantity: 2 },
        { ...line, quantity: 3 },
      ],
      destination: { x: 0, y: 0 },
      paymentMethod: 'test',
    });
    await reactTo(bench, workflowOf(bench, sites), orderId);
    expect(await partsOf(bench)).toMatchObject([[{ lines: [{ productId: mug, quantity: 5 }] }]]);
  });
});
