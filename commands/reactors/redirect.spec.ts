import type { OrderId, ShipmentId, TruckId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { shipment } from '../../domain/shipment';
import type { EventStore } from '../../platform/event-store';
import {
  ann,
  buy,
  createOrderBench,
  customer,
  furnish,
  idOf,
  shipmentsOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { overridingStore } from '../../tests/support/commands/overriding-store';

const truckId = 7 as TruckId;
const home = { x: 1, y: 1 };
const elsewhere = { x: 40, y: 40 };

const change = (bench: OrderBench, orderId: OrderId) => () =>
  bench
    .live()
    .useCases.changeDestination(
      { orderId, destination: elsewhere },
      { commandId: idOf('change'), correlationId: 'c', principal: customer(ann) },
    );

/** Runs the workflows on a store in which something happens once, right before such an event is written. */
const interrupt = (bench: OrderBench, before: string, happens: () => Promise<unknown>): void => {
  let isDue = true;
  const append: EventStore['append'] = async (stream, expected, events) => {
    if (isDue && events.some(({ type }) => type === before)) {
      isDue = false;
      await happens();
    }
    return bench.durable.store.append(stream, expected, events);
  };
  bench.restart({ ...bench.durable, store: overridingStore(bench.durable.store, { append }) });
  bench.start();
};

const deliver = async (bench: OrderBench, shipmentId: ShipmentId): Promise<void> => {
  const state = await bench.clock.drive(bench.life().aggregates.of(shipment).load(shipmentId));
  if (state.status === 'NONE') throw new Error('The shipment was created');
  await bench.demand('recordPacked', { shipmentId });
  await bench.demand('recordTruckArrived', { shipmentId, truckId, warehouseId: state.warehouseId });
  await bench.demand('recordLoaded', { shipmentId });
  await bench.demand('recordDelivered', { shipmentId });
};

const goesTo = async (bench: OrderBench, orderId: OrderId): Promise<unknown> => {
  const state = await bench.clock.drive(bench.life().aggregates.of(order).load(orderId));
  return state.progress === 'NONE' ? undefined : state.destination;
};
const shipmentGoesTo = async (bench: OrderBench, shipmentId: ShipmentId): Promise<unknown> => {
  const state = await bench.clock.drive(bench.life().aggregates.of(shipment).load(shipmentId));
  return state.status === 'NONE' ? undefined : state.destination;
};

const open = async (quantity: number) => {
  const bench = createOrderBench({ world: false });
  const { mug } = await furnish(bench);
  bench.start();
  const orderId = await buy(bench, [[mug, quantity]]);
  await bench.settle();
  const shipments = await shipmentsOf(bench, orderId);
  await bench.stop();
  return { bench, orderId, shipments };
};

describe('a change of the destination', () => {
  it('that comes after the delivery, before the order knows of it, is on record as missed', async () => {
    const { bench, orderId, shipments } = await open(1);
    interrupt(bench, 'OrderPartDelivered', change(bench, orderId));
    await deliver(bench, shipments[0]!);
    await bench.settle();
    expect(await bench.count('OrderDestinationChanged')).toBe(1);
    expect(await shipmentGoesTo(bench, shipments[0]!)).toEqual(home);
    expect(await goesTo(bench, orderId)).toEqual(home);
    expect((await bench.events()).find(({ type }) => type === 'OrderRedirectMissed')?.data).toMatchObject({
      ...{ orderId, shipmentId: shipments[0], missed: elsewhere, deliveredTo: home, destination: home },
    });
    expect(await bench.status(orderId)).toBe('FULFILLED');
    expect(bench.parking.all()).toEqual([]);
  });

  it('that comes before the delivery is followed', async () => {
    const { bench, orderId, shipments } = await open(1);
    bench.restart();
    bench.start();
    await bench.demand('recordPacked', { shipmentId: shipments[0]! });
    await change(bench, orderId)();
    await bench.settle();
    expect(await goesTo(bench, orderId)).toEqual(elsewhere);
    expect(await shipmentGoesTo(bench, shipments[0]!)).toEqual(elsewhere);
    expect(await bench.count('OrderRedirectMissed')).toBe(0);
  });

  it('that reaches one of two parcels stands for the order, and the other one is on record as missed', async () => {
    const { bench, orderId, shipments } = await open(105);
    const [first, second] = shipments;
    bench.restart();
    bench.start();
    await deliver(bench, first!);
    await bench.settle();
    await change(bench, orderId)();
    await bench.settle();
    expect(await goesTo(bench, orderId)).toEqual(elsewhere);
    expect(await shipmentGoesTo(bench, first!)).toEqual(home);
    expect(await shipmentGoesTo(bench, second!)).toEqual(elsewhere);
    expect(await bench.count('OrderRedirectMissed')).toBe(1);
  });
});
