import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TruckId, WarehouseId, WorldId } from '../../domain/kernel';
import { WORLD_LINK } from '../../domain/world-link';
import type { ShipmentCreated } from '../../domain/shipment';
import { stock } from '../../domain/stock';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { worldCommands } from '../../projections/world-commands';
import { startWorldSimulator, type WorldSimulator } from '../../simulators/world';
import {
  createDurable,
  startPlatform,
  until,
  type Durable,
  type Platform,
} from '../../tests/support/commands/live-platform';
import { upsClient, type UpsClient } from '../../tests/support/world/world-client';
import { startWorldGateway, worldReactions, type WorldGateway, type WorldLinkConfig } from './';

const worldId = '1' as WorldId;
let directory: string;
let world: WorldSimulator;
let durable: Durable;
let platform: Platform;
let gateway: WorldGateway;
let carrier: UpsClient;

const linksTo = (): readonly WorldLinkConfig[] => [
  { name: 'main', host: '127.0.0.1', port: world.amazonAddress.port, worldId },
];

const startWorld = async (flakiness: number): Promise<void> => {
  world = await startWorldSimulator({
    ...{
      directory,
      host: '127.0.0.1',
      amazonPort: 0,
      upsPort: 0,
      faults: { flakiness },
      defaultSpeed: 100_000,
    },
    ...{ clock: realClock, random: realRandom, logger: silentLogger, timing: { resendMs: 20 } },
  });
  await world.ensureWorld(1n);
};

const start = (links = linksTo()): void => {
  platform = startPlatform(durable, {
    reactions: (running) => [worldReactions({ ...running, links })],
    projections: [worldCommands],
  });
  gateway = startWorldGateway({
    ...platform,
    links,
    limits: {
      resend: { baseMs: 10, factor: 1.5, maxMs: 40 },
      reconnect: { baseMs: 10, factor: 2, maxMs: 50 },
    },
  });
};

const stop = async (): Promise<void> => {
  await gateway.close();
  await platform.stop();
};

const connected = (): Promise<void> =>
  until('the World is connected', () => gateway.status().every((link) => link.worldId !== undefined));

/** Sends a truck to a warehouse and waits until it has arrived. */
const truckAt = async (warehouseId: WarehouseId): Promise<TruckId> => {
  await carrier.connect(world.upsAddress.port, {
    ...{ worldid: 1n, trucks: [{ id: 7, x: 0, y: 0 }], isAmazon: false },
  });
  carrier.send('pickups', { truckid: 7, whid: warehouseId });
  await carrier.first('completions', ({ truckid }) => truckid === 7);
  return 7 as TruckId;
};

const shipments = async (): Promise<ShipmentCreated['data'][]> =>
  (await platform.events())
    .filter(({ type }) => type === 'ShipmentCreated')
    .map(({ data }) => data as ShipmentCreated['data']);

const load = async (truckId: TruckId): Promise<void> => {
  for (const { shipmentId, warehouseId } of await shipments())
    await platform.demand('recordTruckArrived', { shipmentId, truckId, warehouseId });
};

const loadedIs = (count: number): Promise<void> =>
  until(`${count} are loaded`, async () => (await platform.count('ShipmentLoaded')) === count);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'world-gateway-'));
  durable = createDurable();
  carrier = upsClient({ resendMs: 20 });
});
afterEach(async () => {
  carrier.close();
  await stop();
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the World gateway', () => {
  it('goes to a World that an administrator chooses, although the settings name another one', async () => {
    await startWorld(0);
    await world.ensureWorld(2n);
    start(linksTo().map((link) => ({ ...link, name: WORLD_LINK })));
    await connected();
    await platform.demand('connectWorld', { worldId: '2' });
    await until('the chosen World is connected', () => gateway.status()[0]?.worldId === '2');
    expect(await platform.count('WorldConnected')).toBe(2);
  });

  it('buys missing goods, has them packed, and has them loaded on the truck that arrived', async () => {
    await startWorld(0);
    start();
    const productId = await platform.registerProduct('MUG');
    const warehouseId = await platform.registerWarehouse(10, 10);
    await connected();
    await platform.buy(productId, 3);
    await until('packed', async () => (await platform.count('ShipmentPacked')) === 1);
    await load(await truckAt(warehouseId));
    await loadedIs(1);
    expect(world.view(1n)?.shipments).toMatchObject([{ status: 'loaded', truckid: 7 }]);
    expect(await platform.count('StockReceived')).toBe(1);
  });

  it('announces warehouses that are registered while it is connected', async () => {
    await startWorld(0);
    start();
    const first = await platform.registerWarehouse(10, 10);
    await connected();
    const second = await platform.registerWarehouse(20, -20);
    await until('both are known', () => world.view(1n)?.warehouses.length === 2);
    expect(
      world
        .view(1n)
        ?.warehouses.map(({ id }) => id)
        .sort(),
    ).toEqual([first, second]);
  });

  it('writes off and buys goods that only our stock has, and packs them afterwards', async () => {
    await startWorld(0);
    start();
    const productId = await platform.registerProduct('MUG');
    const warehouseId = await platform.registerWarehouse(10, 10);
    await platform.demand('receiveStock', { warehouseId, productId, quantity: 10 });
    await platform.buy(productId, 4);
    await until('packed', async () => (await platform.count('ShipmentPacked')) === 1);
    expect(await platform.count('WorldCommandRefused')).toBe(1);
    const removed = (await platform.events()).filter(({ type }) => type === 'StockRemoved');
    expect(removed.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        ...{ warehouseId, productId, quantity: 10 },
        reason: expect.stringContaining('holds 0 of product') as string,
      }),
    ]);
    // The World has what is on hand and what it has packed.
    const { onHand } = await platform.aggregates.of(stock).load(`${warehouseId}-${productId}`);
    expect(world.view(1n)?.stock).toMatchObject([{ count: onHand }]);
  });

  it('has each effect once although half of all messages are lost each way, and after restarts', async () => {
    await startWorld(50);
    start();
    const productId = await platform.registerProduct('MUG');
    const warehouseId = await platform.registerWarehouse(10, 10);
    await until('the World knows it', () => world.view(1n)?.warehouses.length === 1);
    const truckId = await truckAt(warehouseId);
    for (let order = 0; order < 12; order += 1) await platform.buy(productId, 2);
    for (let restart = 0; restart < 3; restart += 1) {
      await realClock.sleep(150 as never);
      await stop();
      start();
    }
    await until('all are packed', async () => (await platform.count('ShipmentPacked')) === 12);
    await load(truckId);
    await loadedIs(12);
    const { shipments: worldShipments, stock } = world.view(1n)!;
    expect(worldShipments.filter(({ status }) => status === 'loaded')).toHaveLength(12);
    const [received, shipped] = [await quantity('StockReceived'), await quantity('StockShipped')];
    expect(shipped).toBe(24);
    // The World's stock equals the rest of ours, so every arrival was received once.
    expect(stock.reduce((sum, { count }) => sum + count, 0)).toBe(received - shipped);
  }, 30_000);

  it('reports a missing truck only after further attempts', async () => {
    await startWorld(0);
    start();
    const productId = await platform.registerProduct('MUG');
    await platform.registerWarehouse(10, 10);
    await platform.buy(productId, 1);
    await until('packed', async () => (await platform.count('ShipmentPacked')) === 1);
    await load(99 as TruckId);
    const refused = async (): Promise<boolean> =>
      (await platform.events()).some(
        ({ type, data }) =>
          type === 'WorldCommandQueued' && (data as { request: { attempt: number } }).request.attempt === 2,
      );
    await until('it is tried again', refused);
    expect(await platform.count('ShipmentFailed')).toBe(0);
  });

  it('creates a world if none is configured, and stays with it', async () => {
    await startWorld(0);
    const links = [{ name: 'main', host: '127.0.0.1', port: world.amazonAddress.port }];
    start(links);
    await connected();
    const made = gateway.status()[0]!.worldId;
    expect(made).not.toBe(worldId);
    await stop();
    start(links);
    await connected();
    expect(gateway.status()[0]!.worldId).toBe(made);
  });

  it('works with several worlds, each with its own warehouses', async () => {
    await startWorld(0);
    await world.ensureWorld(2n);
    const { port } = world.amazonAddress;
    start([
      { name: 'main', host: '127.0.0.1', port, worldId },
      { name: 'north', host: '127.0.0.1', port, worldId: '2' as WorldId, warehouses: [2 as WarehouseId] },
    ]);
    const productId = await platform.registerProduct('MUG');
    for (const x of [0, 100]) {
      const warehouseId = await platform.registerWarehouse(x, 0);
      await platform.demand('replenish', { warehouseId, productId, quantity: 5 });
    }
    await until('both arrive', async () => (await platform.count('StockReceived')) === 2);
    expect(world.view(1n)?.stock).toMatchObject([{ whnum: 1, count: 5 }]);
    expect(world.view(2n)?.stock).toMatchObject([{ whnum: 2, count: 5 }]);
  });

  it('connects to the world that an operator chooses, and sends it all open commands', async () => {
    await startWorld(0);
    await world.ensureWorld(2n);
    const links = [{ name: 'main', host: '127.0.0.1', port: world.amazonAddress.port }];
    start(links);
    await connected();
    const productId = await platform.registerProduct('MUG');
    const warehouseId = await platform.registerWarehouse(0, 0);
    await until('it is known', async () => (await platform.count('WorldConnected')) === 2);
    await platform.send('replenish', { warehouseId, productId, quantity: 5 });
    await until('it arrives', async () => (await platform.count('StockReceived')) === 1);
  });
});

const quantity = async (type: string): Promise<number> =>
  (await platform.events())
    .filter((event) => event.type === type)
    .reduce((sum, { data }) => sum + (data as { quantity: number }).quantity, 0);
