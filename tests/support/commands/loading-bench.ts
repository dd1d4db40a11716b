import { historyAudit, type Breach } from '../../../cli/verify';
import { createNumbers } from '../../../commands/numbering';
import type { ShipmentId, TruckId, WarehouseId, WorldId } from '../../../domain/kernel';
import { shipment } from '../../../domain/shipment';
import { worldCommand, type WorldCommandQueued } from '../../../domain/world-command';
import { worldReactions } from '../../../gateways/world/reactions';
import type { EventStore, RecordedEvent } from '../../../platform/event-store';
import { seededRandom } from '../time/seeded-random';
import {
  buy,
  createOrderBench,
  furnish,
  idOf,
  shipmentsOf,
  system,
  type Durable,
  type OrderBench,
} from './order-fixture';
import { invoicesOn } from './invoices';
import { overridingStore } from './overriding-store';

export const truckId = 7 as TruckId;
export const worldId = '1' as WorldId;
const links = [{ name: 'main', host: 'nowhere', port: 1, worldId }];

/** Runs once, directly before such an event is written. */
export type Interruption = { readonly before: string; readonly happens: () => Promise<unknown> };

export const interrupted = (bench: OrderBench, { before, happens }: Interruption): Durable => {
  let isDue = true;
  const append: EventStore['append'] = async (stream, expected, events) => {
    if (isDue && events.some((event) => event.type === before)) {
      isDue = false;
      await happens();
    }
    return bench.durable.store.append(stream, expected, events);
  };
  return { ...bench.durable, store: overridingStore(bench.durable.store, { append }) };
};

/** An order that is paid, and a World that does nothing by itself. */
export const open = async (quantity = 1) => {
  const bench = createOrderBench({ world: false });
  const goods = await furnish(bench);
  const orderId = await buy(bench, [[goods.mug, quantity]]);
  return { bench, orderId, ...goods };
};
export type Opened = Awaited<ReturnType<typeof open>>;

/** Starts a platform that sends the shipments' commands to the World. */
export const begin = ({ bench }: Opened, durable: Durable = bench.durable): void => {
  const { aggregates } = bench.live(durable);
  const numbers = createNumbers({ aggregates, clock: bench.clock, random: seededRandom(3) });
  bench.restart(durable, [
    worldReactions({ aggregates, numbers, clock: bench.clock, links }),
    invoicesOn(aggregates, bench.clock),
  ]);
  bench.start();
};

export const eventsOf = async ({ bench }: Opened, type: string): Promise<readonly RecordedEvent[]> =>
  (await bench.events()).filter((event) => event.type === type);

/** Returns the load commands to the World. */
export const loadsOf = async (opened: Opened): Promise<readonly WorldCommandQueued['data'][]> =>
  (await eventsOf(opened, 'WorldCommandQueued'))
    .map(({ data }) => data as WorldCommandQueued['data'])
    .filter(({ request }) => request.kind === 'load');

export const packAll = async ({ bench, orderId }: Opened): Promise<readonly ShipmentId[]> => {
  const shipments = await shipmentsOf(bench, orderId);
  for (const shipmentId of shipments) await bench.demand('recordPacked', { shipmentId });
  return shipments;
};

export const truckComesFor = async ({ bench }: Opened, shipmentId: ShipmentId): Promise<void> => {
  const state = await bench.clock.drive(bench.life().aggregates.of(shipment).load(shipmentId));
  if (state.status === 'NONE') throw new Error('The shipment was created');
  const warehouseId: WarehouseId = state.warehouseId;
  await bench.send('recordTruckArrived', { shipmentId, truckId, warehouseId });
};

/** The World does what it was asked to, as far as it was: it loads, and the carrier delivers. */
export const carryOut = async (opened: Opened): Promise<void> => {
  const { bench } = opened;
  for (const { worldCommandId, request } of await loadsOf(opened)) {
    if (request.kind !== 'load') continue;
    const { shipmentId } = request;
    const answer = { worldCommandId, worldId, answerSeqnum: worldCommandId, at: bench.clock.now() };
    await bench.clock.drive(
      bench
        .live()
        .aggregates.of(worldCommand)
        .execute(
          worldCommandId,
          { type: 'RecordWorldAnswer', ...answer },
          { commandId: idOf(`answer ${worldCommandId}`), correlationId: 'c', principal: system },
        ),
    );
    await bench.send('recordLoaded', { shipmentId });
    await bench.send('recordDelivered', { shipmentId });
  }
  await bench.settle();
};

export const breachesOf = async ({ bench }: Opened): Promise<readonly Breach[]> => {
  const audit = historyAudit({ settled: true });
  for (const event of await bench.events()) audit.see(event);
  return audit.report().breaches;
};
