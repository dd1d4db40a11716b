import fc from 'fast-check';
import { runs } from '../support/runs';
import { historyAudit } from '../../cli/verify';
import type { OrderId, ShipmentId, TruckId } from '../../domain/kernel';
import { order, orderWaysOut, statusOf, type OrderPlaced } from '../../domain/order';
import {
  shipment,
  shipmentWaysOut,
  type ShipmentCreated,
  type ShipmentEvent,
  type ShipmentRetried,
  type ShipmentStatus,
} from '../../domain/shipment';
import type { StockReplenishmentRequested } from '../../domain/stock';
import type { EventStore, RecordedEvent } from '../../platform/event-store';
import { contextFrom, RetryLater, type EventOf, type Reactor } from '../../platform/reactions';
import { silentLogger } from '../../platform/telemetry';
import {
  buy,
  createOrderBench,
  createScriptedProvider,
  furnish,
  gbp,
  payWithin,
  type OrderBench,
} from '../support/commands/order-fixture';
import { invoicesOn } from '../support/commands/invoices';
import { seededRandom } from '../support/time/seeded-random';
import { startPartLoading } from '../../commands/order';
import type { CommandContext } from '../../platform/execution';
import { createExpiry } from '../../commands/reactors/expiry';
import { SHIPMENT_TRIES_MAX } from '../../commands/reactors/recovery';

const truckId = 7 as TruckId;
const HOUR_MS = 3_600_000;

/** Of one command to the World: whether it is refused, and whether it is not answered yet. */
type Will = {
  readonly refuses: () => boolean;
  readonly isSilent: () => boolean;
  /** Whether it refuses to pack for lack of goods. */
  readonly lacks: () => boolean;
};

const obliging: Will = { refuses: () => false, isSilent: () => false, lacks: () => false };

type Life = ReturnType<OrderBench['live']>;

/** A World, and a carrier, that do what they are asked to or not, as they will. */
const worldOf = (bench: OrderBench, life: Life, will: () => Will): Reactor => {
  const { useCases, aggregates } = life;
  const as = (event: RecordedEvent, purpose: string): CommandContext => ({
    ...contextFrom(event, purpose),
    principal: { kind: 'gateway', id: 'world', roles: [] },
  });
  const hear = (): void => {
    if (will().isSilent()) throw new RetryLater('The World is silent');
  };
  const fails = async (event: EventOf<ShipmentEvent>, step: 'packing' | 'loading'): Promise<void> => {
    const { shipmentId } = event.data;
    await useCases.recordShipmentFailure({ shipmentId, step, reason: 'no' }, as(event, 'fails'));
  };
  const pack = async (event: EventOf<ShipmentCreated> | EventOf<ShipmentRetried>): Promise<void> => {
    hear();
    const { shipmentId, warehouseId } = event.data;
    if (will().lacks()) {
      const lacking = event.data.items.map(({ productId }) => productId);
      const failure = { shipmentId, step: 'packing', reason: 'none', lacking } as const;
      await useCases.recordShipmentFailure(failure, as(event, 'lacks'));
      return;
    }
    if (will().refuses()) return fails(event, 'packing');
    await useCases.recordTruckArrived({ shipmentId, truckId, warehouseId }, as(event, 'arrives'));
    await useCases.recordPacked({ shipmentId }, as(event, 'packs'));
  };
  const load = async (event: EventOf<ShipmentEvent>, attempt: number): Promise<void> => {
    const { orderId, shipmentId } = event.data;
    const leave = await startPartLoading(
      { aggregates, clock: bench.clock },
      { orderId, shipmentId, attempt },
      as(event, 'start-loading'),
    );
    if (leave.kind === 'rejected' && leave.rejection.code === 'ORDER_NOT_CAPTURED')
      throw new RetryLater('The money is not taken');
    if (leave.kind !== 'accepted') return;
    hear();
    if (will().refuses()) return fails(event, 'loading');
    await useCases.recordLoaded({ shipmentId }, as(event, 'loads'));
  };
  const on: Record<string, (event: EventOf<ShipmentEvent>) => Promise<void>> = {
    ShipmentCreated: (event) => (event.type === 'ShipmentCreated' ? pack(event) : Promise.resolve()),
    ShipmentLoadingStarted: (event) => load(event, 1),
    ShipmentRetried: (event) => {
      if (event.type !== 'ShipmentRetried') return Promise.resolve();
      return event.data.step === 'packing' ? pack(event) : load(event, event.data.attempt);
    },
    ShipmentLoaded: async (event) => {
      hear();
      await useCases.recordDelivered({ shipmentId: event.data.shipmentId }, as(event, 'delivers'));
    },
  };
  const buyMore = async (event: EventOf<StockReplenishmentRequested>): Promise<void> => {
    hear();
    await useCases.receiveStock(event.data, as(event, 'brings'));
  };
  return {
    name: 'world',
    reactions: { ...on, StockReplenishmentRequested: buyMore } as unknown as Reactor['reactions'],
  };
};

const factsOf = async <Data>(store: EventStore, type: string): Promise<readonly Data[]> => {
  const facts: Data[] = [];
  for await (const event of store.readAll()) if (event.type === type) facts.push(event.data as Data);
  return facts;
};

/** The platform with a World that does as it will, and with orders that expire. */
const open = async (will: () => Will, takesAtDispatch = false) => {
  const provider = createScriptedProvider();
  const bench = createOrderBench({
    ...{ world: false, provider, checkpointEveryMs: 60_000, takesAtDispatch },
  });
  const goods = await furnish(bench);
  const life = bench.live();
  bench.restart(undefined, [worldOf(bench, life, will), invoicesOn(life.aggregates, bench.clock)]);
  bench.start();
  const expiry = createExpiry({
    ...{
      ...bench.life().payments,
      aggregates: bench.life().aggregates,
      clock: bench.clock,
      random: seededRandom(5),
    },
    ...{ logger: silentLogger, everyMs: 60_000 },
    dueAfterSales: async () => [],
    dueProductPrices: async () => [],
    dueOrders: async (now) =>
      (await factsOf<OrderPlaced['data']>(bench.store, 'OrderPlaced'))
        .filter(({ payBy }) => payBy <= now)
        .map(({ orderId }) => orderId),
  });
  expiry.start();
  const shipmentStatuses = async (): Promise<readonly (readonly [ShipmentId, ShipmentStatus | 'NONE'])[]> => {
    const created = await factsOf<ShipmentCreated['data']>(bench.store, 'ShipmentCreated');
    const statuses: [ShipmentId, ShipmentStatus | 'NONE'][] = [];
    for (const { shipmentId } of created) {
      const { status } = await bench.clock.drive(bench.life().aggregates.of(shipment).load(shipmentId));
      statuses.push([shipmentId, status]);
    }
    return statuses;
  };
  const close = async (): Promise<void> => {
    await bench.clock.drive(expiry.stop());
    await bench.stop();
  };
  return { bench, provider, ...goods, shipmentStatuses, close };
};
type Opened = Awaited<ReturnType<typeof open>>;

const actions = [
  'buy',
  'buy-unpaid',
  'buy-much',
  'pay',
  'cancel',
  'refund',
  'redirect',
  'retry',
  'move',
  'wait',
] as const;
type Action = { readonly kind: (typeof actions)[number]; readonly pick: number };

const anAction: fc.Arbitrary<Action> = fc.record({ kind: fc.constantFrom(...actions), pick: fc.nat(100) });

/** The actions of customers and staff; a rejection is ignored here. */
const act = async (
  { bench, mug, near, far, shipmentStatuses }: Opened,
  orders: OrderId[],
  action: Action,
): Promise<void> => {
  const { kind, pick } = action;
  const orderId = orders[pick % Math.max(1, orders.length)];
  switch (kind) {
    case 'buy':
      orders.push(await buy(bench, [[mug, (pick % 5) + 1]]));
      return;
    case 'buy-much':
      orders.push(await buy(bench, [[mug, 90 + pick]]));
      return;
    case 'buy-unpaid':
      orders.push(await buy(bench, [[mug, 1]], { pay: null }));
      return;
    case 'wait':
      await bench.clock.advance(pick * 20_000);
      return;
    case 'retry': {
      const [failed] = (await shipmentStatuses()).find(([, status]) => status === 'FAILED') ?? [];
      if (failed) await bench.send('retryShipment', { shipmentId: failed });
      return;
    }
    case 'move': {
      const [failed] = (await shipmentStatuses()).find(([, status]) => status === 'FAILED') ?? [];
      const warehouseId = pick % 2 === 0 ? near : far;
      if (failed) await bench.send('moveShipment', { shipmentId: failed, warehouseId });
      return;
    }
    default:
  }
  if (orderId === undefined) return;
  if (kind === 'pay') await bench.send('payOrder', { orderId, paymentMethod: 'test' });
  if (kind === 'cancel') await bench.send('cancelOrder', { orderId });
  if (kind === 'refund') await bench.send('refundOrder', { orderId, amount: gbp(pick + 1), reason: 'r' });
  if (kind === 'redirect')
    await bench.send('changeDestination', { orderId, destination: { x: pick, y: pick } });
};

const endedOf = async ({ bench }: Opened, orders: readonly OrderId[]): Promise<readonly string[]> => {
  const ended: string[] = [];
  for (const orderId of orders) {
    const state = await bench.clock.drive(bench.life().aggregates.of(order).load(orderId));
    if (state.progress !== 'NONE') ended.push(statusOf(state));
  }
  return ended;
};

it('every order is completed automatically when World, carrier and payment provider have done their part', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(anAction, { minLength: 4, maxLength: 14 }),
      fc.nat(1_000),
      fc.boolean(),
      async (steps, seed, takesAtDispatch) => {
        const random = seededRandom(seed);
        const wilful: Will = {
          refuses: () => random.next() < 0.5,
          isSilent: () => random.next() < 0.3,
          lacks: () => random.next() < 0.3,
        };
        let will = wilful;
        const opened = await open(() => will, takesAtDispatch);
        const { bench, provider } = opened;
        const orders: OrderId[] = [];
        for (const step of steps) {
          if (random.next() < 0.3) provider.captures.push({ kind: 'unknown', reason: 'silence' });
          if (random.next() < 0.2) provider.captures.push({ kind: 'declined', reason: 'no' });
          if (random.next() < 0.3) provider.refunds.push({ kind: 'unknown', reason: 'silence' });
          if (random.next() < 0.2) provider.partCaptures.push({ kind: 'unknown', reason: 'silence' });
          if (random.next() < 0.2) provider.partCaptures.push({ kind: 'declined', reason: 'no' });
          await act(opened, orders, step);
          await bench.clock.advance(random.next() * 90_000);
        }
        provider.captures.length = 0;
        provider.refunds.length = 0;
        provider.partCaptures.length = 0;
        will = obliging;
        await bench.clock.advance(HOUR_MS);
        // Staff try again what the provider refused, once for each shipment.
        for (const orderId of [...orders, ...orders]) await bench.send('retryCapture', { orderId });
        await bench.clock.advance(6 * HOUR_MS + payWithin);
        const ends = await endedOf(opened, orders);
        ends.forEach((status) => seen.add(status));
        expect(ends.filter((status) => !orderWaysOut[status as keyof typeof orderWaysOut].isFinal)).toEqual(
          [],
        );
        const rests = (await opened.shipmentStatuses()).map(([, status]) => status);
        expect(rests.filter((status) => status === 'NONE' || !shipmentWaysOut[status].isFinal)).toEqual([]);
        expect(bench.parking.all()).toEqual([]);
        const audit = historyAudit({ settled: true });
        for (const event of await bench.events()) audit.see(event);
        expect(audit.report().breaches).toEqual([]);
        await opened.close();
      },
    ),
    { numRuns: runs(15, 6), seed: 12 },
  );
  // The results of the walks, so that a World without any effect is noticed.
  expect([...seen].sort()).toEqual(expect.arrayContaining(['CANCELLED', 'FULFILLED', 'REFUNDED']));
}, 120_000);

describe('a shipment that the World refuses', () => {
  const refusing: Will = { refuses: () => true, isSilent: () => false, lacks: () => false };

  it('is tried again by itself, later each time, and goes on as soon as the World takes it', async () => {
    let will = refusing;
    const opened = await open(() => will);
    const { bench, mug } = opened;
    const orderId = await buy(bench, [[mug, 1]]);
    await bench.clock.advance(5 * 60_000);
    const retries = await bench.count('ShipmentRetried');
    expect(retries).toBeGreaterThan(0);
    expect(await bench.status(orderId)).toBe('PAID');
    will = obliging;
    await bench.clock.advance(HOUR_MS);
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await bench.count('ShipmentRetried')).toBe(retries + 1);
    expect(bench.parking.all()).toEqual([]);
    await opened.close();
  });

  it('for ever is parked after its last try at each warehouse, where an alert calls people, and can be cancelled', async () => {
    const opened = await open(() => refusing);
    const { bench, mug, near } = opened;
    const orderId = await buy(bench, [[mug, 1]]);
    await bench.clock.advance(24 * HOUR_MS);
    expect(await bench.count('ShipmentFailed')).toBe(2 * SHIPMENT_TRIES_MAX);
    expect(await bench.count('ShipmentParked')).toBe(1);
    const statuses = (await opened.shipmentStatuses()).map(([, status]) => status);
    expect(statuses).toEqual(['CANCELLED', 'FAILED']);
    expect(shipmentWaysOut.FAILED.alert).toBe('ShipmentParked');
    expect(bench.parking.all()).toEqual([]);
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect((await bench.stockOf(near, mug)).onHand).toBe(10);
    await opened.close();
  });

  it('is ignored after a retry, or after the cancellation of its order', async () => {
    const opened = await open(() => refusing);
    const { bench, mug } = opened;
    const orderId = await buy(bench, [[mug, 1]]);
    await bench.clock.advance(10_000);
    const [[shipmentId]] = (await opened.shipmentStatuses()) as [readonly [ShipmentId, ShipmentStatus]];
    await bench.demand('retryShipment', { shipmentId });
    await bench.clock.advance(10_000);
    expect(await bench.count('ShipmentFailed')).toBe(2);
    await bench.demand('cancelOrder', { orderId });
    await bench.clock.advance(6 * HOUR_MS);
    expect(await bench.count('ShipmentRetried')).toBe(1);
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(bench.parking.all()).toEqual([]);
    await opened.close();
  });
});
