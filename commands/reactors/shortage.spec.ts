import type { OrderId, ProductId, ShipmentId, TruckId, WarehouseId } from '../../domain/kernel';
import type {
  ShipmentCreated,
  ShipmentItem,
  ShipmentLoaded,
  ShipmentLoadingStarted,
  ShipmentRetried,
} from '../../domain/shipment';
import type { StockReplenishmentRequested } from '../../domain/stock';
import type { RecordedEvent } from '../../platform/event-store';
import { contextFrom, reactor, type EventOf, type Reactor } from '../../platform/reactions';
import {
  ann,
  bob,
  buy,
  createOrderBench,
  furnish,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';

const truckId = 7 as TruckId;

/** The goods that a World has: only those that it was requested to buy. */
type Shelves = {
  has(warehouseId: WarehouseId, productId: ProductId): number;
  put(warehouseId: WarehouseId, productId: ProductId, quantity: number): void;
  /** Whether asked goods come. */
  sells: boolean;
  /** Called before a parcel is packed. */
  beforePack: () => Promise<void>;
};

const createShelves = (): Shelves => {
  const held = new Map<string, number>();
  const key = (warehouseId: WarehouseId, productId: ProductId): string => `${warehouseId} ${productId}`;
  const has = (warehouseId: WarehouseId, productId: ProductId): number =>
    held.get(key(warehouseId, productId)) ?? 0;
  return {
    has,
    put: (warehouseId, productId, quantity) =>
      void held.set(key(warehouseId, productId), has(warehouseId, productId) + quantity),
    sells: true,
    beforePack: async () => undefined,
  };
};

/** A World that packs only goods that it has, as the real one does, and a truck that is there before the goods are. */
const scarceWorld = ({ useCases }: ReturnType<OrderBench['live']>, shelves: Shelves): Reactor => {
  const gateway = (event: RecordedEvent, purpose: string) => ({
    ...contextFrom(event, purpose),
    principal: { kind: 'gateway', id: 'world', roles: [] } as const,
  });
  const pack = async (
    event: EventOf<ShipmentCreated> | EventOf<ShipmentRetried>,
    items: readonly ShipmentItem[],
  ): Promise<void> => {
    await shelves.beforePack();
    const { shipmentId, warehouseId } = event.data;
    const missing = items.find(({ productId, quantity }) => shelves.has(warehouseId, productId) < quantity);
    if (missing !== undefined) {
      const lacking = [missing.productId];
      const failure = { shipmentId, step: 'packing', reason: `no ${missing.name}`, lacking } as const;
      await useCases.recordShipmentFailure(failure, gateway(event, 'refused'));
      return;
    }
    for (const { productId, quantity } of items) shelves.put(warehouseId, productId, -quantity);
    await useCases.recordPacked({ shipmentId }, gateway(event, 'packed'));
  };
  return reactor<
    ShipmentCreated | ShipmentRetried | ShipmentLoadingStarted | ShipmentLoaded | StockReplenishmentRequested
  >('world', {
    ShipmentCreated: async (event) => {
      const { shipmentId, warehouseId, items } = event.data;
      await pack(event, items);
      await useCases.recordTruckArrived({ shipmentId, truckId, warehouseId }, gateway(event, 'arrived'));
    },
    ShipmentRetried: (event) => pack(event, event.data.items),
    ShipmentLoadingStarted: async (event) => {
      await useCases.recordLoaded({ shipmentId: event.data.shipmentId }, gateway(event, 'loaded'));
    },
    ShipmentLoaded: async (event) => {
      await useCases.recordDelivered({ shipmentId: event.data.shipmentId }, gateway(event, 'delivered'));
    },
    StockReplenishmentRequested: async (event) => {
      const { warehouseId, productId, quantity } = event.data;
      if (!shelves.sells) return;
      shelves.put(warehouseId, productId, quantity);
      await useCases.receiveStock(event.data, gateway(event, 'brought'));
    },
  });
};

/** All stock was received by hand, so the World has none of it. */
const open = async () => {
  const bench = createOrderBench({ world: false });
  const goods = await furnish(bench);
  const shelves = createShelves();
  bench.restart(undefined, [scarceWorld(bench.live(), shelves)]);
  bench.start();
  return { bench, shelves, ...goods };
};

const removals = async (bench: OrderBench) =>
  (await bench.events()).filter(({ type }) => type === 'StockRemoved').map(({ data }) => data);

describe('a parcel of goods that the World does not have', () => {
  it('is packed when the missing goods were written off and bought, on the truck that waits for it', async () => {
    const { bench, shelves, near, mug } = await open();
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    // All ten mugs of the warehouse were only in the books.
    expect(await removals(bench)).toEqual([
      expect.objectContaining({
        ...{ warehouseId: near, productId: mug, quantity: 10, orderId },
        reason: expect.stringMatching(/^The World could not pack parcel \d+: no MUG$/) as string,
      }),
    ]);
    expect((await bench.stockOf(near, mug)).onHand).toBe(shelves.has(near, mug));
    expect(await bench.count('ShipmentFailed')).toBe(1);
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
  });

  it('is packed after all of its products have come, though the World names one at a time', async () => {
    const { bench, shelves, far, mug, pen } = await open();
    const orderId = await buy(
      bench,
      [
        [mug, 3],
        [pen, 2],
      ],
      { warehouseId: far },
    );
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    for (const productId of [mug, pen])
      expect((await bench.stockOf(far, productId)).onHand).toBe(shelves.has(far, productId));
    await bench.stockSums();
  });

  it('is one of many, all of which are delivered', async () => {
    const { bench, shelves, near, mug } = await open();
    const orders: OrderId[] = [];
    for (let count = 0; count < 8; count += 1)
      orders.push(await buy(bench, [[mug, 1]], { by: count % 2 === 0 ? ann : bob }));
    await bench.settle();
    for (const orderId of orders) expect(await bench.status(orderId)).toBe('FULFILLED');
    expect((await bench.stockOf(near, mug)).onHand).toBe(shelves.has(near, mug));
    await bench.stockSums();
  });

  it('is only tried again if goods were received after the World was asked', async () => {
    const { bench, shelves, near, mug } = await open();
    shelves.beforePack = async () => {
      shelves.beforePack = async () => undefined;
      await bench.clock.sleep(1_000 as never);
      await bench.life().useCases.receiveStock(
        { warehouseId: near, productId: mug, quantity: 5 },
        {
          commandId: bench.freshId(),
          correlationId: 'c',
          principal: { kind: 'system', id: 'test', roles: [] },
        },
      );
      // The World has them a moment later than it is asked again.
      const put = (): void => shelves.put(near, mug, 5);
      shelves.beforePack = async () => put();
    };
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.clock.advance(2_000);
    await bench.settle();
    expect(await bench.count('ShipmentFailed')).toBe(1);
    expect(await removals(bench)).toEqual([]);
    expect(await bench.status(orderId)).toBe('FULFILLED');
  });

  it('waits for goods that do not come, and gives up its place when the order is cancelled', async () => {
    const { bench, shelves, near, mug } = await open();
    shelves.sells = false;
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.clock.advance(600_000);
    expect(await bench.status(orderId)).toBe('PAID');
    expect((await bench.stockOf(near, mug)).queued).toBe(3);
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ queued: 0, onHand: 0 });
    await bench.stockSums();
  });

  it('may be packed all the same, by hand, before the goods come: they are received as they leave', async () => {
    const { bench, shelves, near, mug } = await open();
    shelves.sells = false;
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    const failed = (await bench.events()).find(({ type }) => type === 'ShipmentFailed');
    const { shipmentId } = failed!.data as { shipmentId: ShipmentId };
    shelves.put(near, mug, 3);
    await bench.demand('retryShipment', { shipmentId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ queued: 0, onHand: 0 });
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
  });

  it('changes nothing when everything is reacted to again', async () => {
    const { bench, shelves, mug } = await open();
    await buy(bench, [[mug, 3]]);
    await bench.settle();
    await bench.stop();
    const happened = async () =>
      (await bench.events()).filter(({ type }) => type !== 'NumbersReserved').map(({ id }) => id);
    const before = await happened();
    const nowhere = { read: async () => undefined, write: async () => undefined };
    bench.restart({ ...bench.durable, checkpoints: nowhere }, [scarceWorld(bench.live(), shelves)]);
    bench.start();
    await bench.settle();
    expect(await happened()).toEqual(before);
  });
});
