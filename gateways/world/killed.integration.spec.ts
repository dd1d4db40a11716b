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

/** One life of the process, gateway and all. */
const live = (durable: Durable, links: readonly WorldLinkConfig[]) => {
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

/** An order that waits for goods which only the World has. */
const anOrderThatWaits = async (): Promise<Durable> => {
  const durable = createDurable();
  const platform = startPlatform(durable, { reactions: () => [], projections: [] });
  const productId = await platform.registerProduct('MUG');
  await platform.registerWarehouse(1, 1);
  await platform.buy(productId, 3);
  await until('goods are asked for', async () => (await platform.count('StockReplenishmentRequested')) === 1);
  await platform.stop();
  // Nobody has reacted to anything yet.
  return { ...durable, checkpoints: createMemoryCheckpoints() };
};

/** Lives for so many writes, then again for as long as it takes. @returns whether there were so many. */
const killedAt = async (death: Death): Promise<boolean> => {
  const { writes } = death;
  const worldId = (worlds += 1n);
  await world.ensureWorld(worldId);
  const links = linksTo(worldId);
  const durable = await anOrderThatWaits();
  const doomed = { ...durable, ...mortal(durable, death, realClock) };
  const first = live(doomed, links);
  const done = () => world.view(worldId)?.shipments[0]?.status === 'packed';
  await until('it dies, or is done', () => doomed.isDead() || done());
  if (!doomed.isDead()) await until('it dies, or rests', () => doomed.isDead() || rests(durable), 2_000);
  const wasKilled = doomed.isDead();
  // Its sockets die with it; what it waits for never comes.
  first.close().catch(() => undefined);

  const second = live(durable, links);
  await until('the shipment is packed', () => rests(durable));
  const { shipments, stock } = world.view(worldId)!;
  expect({ writes, shipments: shipments.length }).toEqual({ writes, shipments: 1 });
  for (const type of ['StockReceived', 'ShipmentPacked', 'ShipmentCreated'])
    expect({ writes, type, count: await second.platform.count(type) }).toEqual({ writes, type, count: 1 });
  const left = await quantityIn(durable);
  expect({ writes, left: stock.reduce((sum, { count }) => sum + count, 0) }).toEqual({ writes, left });
  await second.close();
  return wasKilled;
};

const rests = async ({ store }: Durable): Promise<boolean> => {
  let open = 0;
  let packed = false;
  for await (const { type } of store.readAll()) {
    if (type === 'WorldCommandQueued') open += 1;
    if (type === 'WorldCommandAnswered') open -= 1;
    if (type === 'ShipmentPacked') packed = true;
  }
  return packed && open === 0;
};

/** What our books say is left when the order's goods are gone. */
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
    'just %s any of its writes leaves goods that are booked once, and a shipment that is packed once',
    async (_, lastIsWritten) => {
      let writes = 1;
      while (await killedAt({ writes, lastIsWritten })) writes += 1;
      // It does not take fewer; otherwise nothing was killed.
      expect(writes).toBeGreaterThan(10);
    },
    60_000,
  );
});
