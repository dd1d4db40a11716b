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
  shipmentsOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { SHIPMENT_TRIES_MAX } from './recovery';

const truckId = 7 as TruckId;
const HOUR_MS = 3_600_000;

/** The goods that a World has: only those that it was requested to buy. */
type Shelves = {
  has(warehouseId: WarehouseId, productId: ProductId): number;
  put(warehouseId: WarehouseId, productId: ProductId, quantity: number): void;
  /** Whether asked goods come. */
  sells: boolean;
  /** Called before a parcel is packed. */
  beforePack: () => Promise<void>;
  /** Whether a parcel is refused for another reason than goods. */
  refuses: (parcel: { readonly warehouseId: WarehouseId }) => boolean;
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
    refuses: () => false,
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
    if (shelves.refuses(event.data)) {
      const failure = { shipmentId, step: 'packing', reason: 'fire' } as const;
      await useCases.recordShipmentFailure(failure, gateway(event, 'refused'));
      return;
    }
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

type Failure = { readonly shipmentId: ShipmentId; readonly warehouseId: WarehouseId };

const lastOf = async (bench: OrderBench, type: string): Promise<Failure | undefined> =>
  (await bench.events()).findLast((event) => event.type === type)?.data as Failure | undefined;
const failed = (bench: OrderBench) => lastOf(bench, 'ShipmentFailed');
const parked = (bench: OrderBench) => lastOf(bench, 'ShipmentParked');

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
    const { shipmentId } = (await failed(bench))!;
    shelves.put(near, mug, 3);
    await bench.demand('retryShipment', { shipmentId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ queued: 0, onHand: 0 });
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
  });

  it('comes from another warehouse that has the goods, when the World keeps refusing', async () => {
    const { bench, shelves, near, far, mug } = await open();
    shelves.put(far, mug, 100);
    shelves.refuses = ({ warehouseId }) => warehouseId === near;
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.clock.advance(4 * HOUR_MS);
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await bench.count('OrderPartMoved')).toBe(1);
    expect(await bench.count('ShipmentCancelled')).toBe(1);
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10, queued: 0 });
    expect(await bench.stockOf(far, mug)).toMatchObject({ onHand: 97 });
    await bench.stockSums();
    expect(bench.parking.all()).toEqual([]);
  });

  it('is parked for staff when nothing helps, and goes on by a retry', async () => {
    const { bench, shelves, near, far, mug } = await open();
    shelves.refuses = () => true;
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.clock.advance(24 * HOUR_MS);
    // Both warehouses were tried as often as is permitted.
    expect(await bench.count('ShipmentFailed')).toBe(2 * SHIPMENT_TRIES_MAX);
    expect(await bench.count('ShipmentParked')).toBe(1);
    expect(bench.parking.all()).toEqual([]);
    const { shipmentId } = (await parked(bench))!;
    await bench.demand('retryShipment', { shipmentId });
    await bench.settle();
    expect(await bench.count('ShipmentParked')).toBe(2);
    shelves.refuses = () => false;
    shelves.put(far, mug, 3);
    await bench.demand('retryShipment', { shipmentId });
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
    await bench.stockSums();
  });

  it('is moved by staff, also back again, and waits for goods that the other warehouse lacks', async () => {
    const { bench, shelves, near, far, pen } = await open();
    shelves.refuses = () => true;
    const orderId = await buy(bench, [[pen, 2]]);
    await bench.settle();
    const first = (await failed(bench))!;
    expect(first.warehouseId).toBe(far);
    await bench.demand('moveShipment', { shipmentId: first.shipmentId, warehouseId: near });
    // The near warehouse has no pens: they are bought there, and refused all the same.
    await bench.settle();
    const second = (await failed(bench))!;
    expect(second.warehouseId).toBe(near);
    await bench.demand('moveShipment', { shipmentId: second.shipmentId, warehouseId: far });
    shelves.refuses = () => false;
    shelves.put(far, pen, 5);
    await bench.settle();
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(new Set([first.shipmentId, second.shipmentId, ...(await shipmentsOf(bench, orderId))]).size).toBe(
      3,
    );
    expect(await bench.stockOf(far, pen)).toMatchObject({ onHand: 3 });
    await bench.stockSums();
    await bench.clock.advance(HOUR_MS);
    expect(bench.parking.all()).toEqual([]);
  });

  it('is not moved after the order was cancelled, nor to a warehouse that takes no orders', async () => {
    const { bench, shelves, near, far, mug } = await open();
    shelves.refuses = () => true;
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    const { shipmentId } = (await failed(bench))!;
    const move = { shipmentId, warehouseId: far };
    await bench.demand('deactivateWarehouse', { warehouseId: far });
    expect(await bench.refusal('moveShipment', move)).toEqual({
      code: 'WAREHOUSE_INACTIVE',
      warehouseId: far,
    });
    await bench.demand('reactivateWarehouse', { warehouseId: far });
    expect(await bench.refusal('moveShipment', { ...move, warehouseId: near })).toMatchObject({
      code: 'WAREHOUSE_ALREADY_SENDS_PART',
    });
    expect(await bench.refusal('moveShipment', { ...move, warehouseId: 99 as WarehouseId })).toMatchObject({
      code: 'WAREHOUSE_NOT_FOUND',
    });
    await bench.demand('cancelOrder', { orderId });
    await bench.settle();
    expect(await bench.refusal('moveShipment', move)).toMatchObject({ code: 'SHIPMENT_WRONG_STATUS' });
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10 });
  });

  it('keeps no goods when the order is cancelled while its part is being moved', async () => {
    const { bench, shelves, near, far, mug } = await open();
    shelves.refuses = () => true;
    const orderId = await buy(bench, [[mug, 3]]);
    await bench.settle();
    const { shipmentId } = (await failed(bench))!;
    await bench.stop();
    await bench.demand('moveShipment', { shipmentId, warehouseId: far });
    await bench.demand('cancelOrder', { orderId });
    bench.restart(undefined, [scarceWorld(bench.live(), shelves)]);
    bench.start();
    await bench.settle();
    expect(await bench.status(orderId)).toBe('REFUNDED');
    expect(await bench.stockOf(near, mug)).toMatchObject({ onHand: 10, queued: 0 });
    expect(await bench.stockOf(far, mug)).toMatchObject({ onHand: 100, queued: 0 });
    // The retry of the cancelled shipment was to follow a minute later.
    await bench.clock.advance(HOUR_MS);
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
