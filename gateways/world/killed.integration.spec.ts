import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldId } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { worldCommands } from '../../projections/world-commands';
import { startWorldSimulator, type WorldSimulator } from '../../simulators/world';
import {
  createDurable,
  startPlatform,
  until,
  type Durable,
} from '../../tests/support/commands/live-platform';
import { createMemoryCheckpoints } from '../../tests/support/commands/memory-workflow-ports';
import { mortal, type Death } from '../../tests/support/commands/mortal';
import { startWorldGateway, worldReactions, type WorldLinkConfig } from './';

let directory: string;
let world: WorldSimulator;
let worlds = 0n;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'killed-'));
  world = await startWorldSimulator({
    ...{ directory, host: '127.0.0.1', amazonPort: 0, upsPort: 0, defaultSpeed: 1_000_000 },
    ...{ clock: realClock, random: realRandom, logger: silentLogger, timing: { resendMs: 10 } },
  });
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const linksTo = (worldId: bigint): readonly WorldLinkConfig[] => [
  { name: 'main', host: '127.0.0.1', port: world.amazonAddress.port, worldId: String(worldId) as WorldId },
];

/** Starts a process with a gateway. */
const startProcess = (durable: Durable, links: readonly WorldLinkConfig[]) => {
  const platform = startPlatform(durable, {
    reactions: (running) => [worldReactions({ ...running, links })],
    projections: [worldCommands],
  });
  const limits = {
    ...{ resend: { baseMs: 10, factor: 1, maxMs: 10 }, reconnect: { baseMs: 5, factor: 1, maxMs: 5 } },
  };
  const gateway = startWorldGateway({ ...platform, links, limits });
  const close = async (): Promise<void> => {
    await Promise.all([gateway.close(), platform.stop()]);
  };
  return { platform, close };
};

/** Stores an order for goods that only the World has. */
const orderWithoutStock = async (): Promise<Durable> => {
  const durable = createDurable();
  const platform = startPlatform(durable, { reactions: () => [], projections: [] });
  const productId = await platform.registerProduct('MUG');
  await platform.registerWarehouse(1, 1);
  await platform.buy(productId, 3);
  await until(
    'a replenishment is requested',
    async () => (await platform.count('StockReplenishmentRequested')) === 1,
  );
  await platform.stop();
  // No event has been handled by a reactor yet.
  return { ...durable, checkpoints: createMemoryCheckpoints() };
};

/**
 * Kills a process at a write, and lets another one finish the work.
 *
 * @returns false if the process finished before that write.
 */
const killedAt = async (death: Death): Promise<boolean> => {
  const { writes } = death;
  const worldId = (worlds += 1n);
  await world.ensureWorld(worldId);
  const links = linksTo(worldId);
  const durable = await orderWithoutStock();
  const killed = { ...durable, ...mortal(durable, death, realClock) };
  const first = startProcess(killed, links);
  const done = () => world.view(worldId)?.shipments[0]?.status === 'packed';
  await until('it is killed, or has packed', () => killed.isDead() || done());
  if (!killed.isDead())
    await until('it is killed, or has finished', () => killed.isDead() || hasFinished(durable), 2_000);
  const wasKilled = killed.isDead();
  // Its sockets are closed; its pending waits never end.
  first.close().catch(() => undefined);

  const second = startProcess(durable, links);
  await until('the shipment is packed', () => hasFinished(durable));
  const { shipments, stock } = world.view(worldId)!;
  expect({ writes, shipments: shipments.length }).toEqual({ writes, shipments: 1 });
  for (const type of ['StockReceived', 'ShipmentPacked', 'ShipmentCreated'])
    expect({ writes, type, count: await second.platform.count(type) }).toEqual({ writes, type, count: 1 });
  const left = await quantityIn(durable);
  expect({ writes, left: stock.reduce((sum, { count }) => sum + count, 0) }).toEqual({ writes, left });
  await second.close();
  return wasKilled;
};

const hasFinished = async ({ store }: Durable): Promise<boolean> => {
  let open = 0;
  let packed = false;
  for await (const { type } of store.readAll()) {
    if (type === 'WorldCommandQueued') open += 1;
    if (type === 'WorldCommandAnswered') open -= 1;
    if (type === 'ShipmentPacked') packed = true;
  }
  return packed && open === 0;
};

/** Returns the quantity of the stock events without the order's goods. */
const quantityIn = async ({ store }: Durable): Promise<number> => {
  let left = -3;
  for await (const { type, data } of store.readAll())
    if (type === 'StockReceived') left += (data as { quantity: number }).quantity;
  return left;
};

describe('a process that is killed', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    '%s any of its writes has received the goods once, and packed the shipment once',
    async (_, lastIsWritten) => {
      let writes = 1;
      while (await killedAt({ writes, lastIsWritten })) writes += 1;
      // Fewer would mean that no process was killed.
      expect(writes).toBeGreaterThan(10);
    },
    60_000,
  );
});
