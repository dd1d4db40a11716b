import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { amazonClient, upsClient, type AmazonClient, type UpsClient } from '../../tests/support/world-client';
import { startWorldSimulator, type WorldSimulator, type WorldSimulatorOptions } from './index';

let directory: string;
let simulator: WorldSimulator;
const clients: { close(): void }[] = [];

const start = async (options: Partial<WorldSimulatorOptions> = {}): Promise<void> => {
  simulator = await startWorldSimulator({
    directory,
    host: '127.0.0.1',
    amazonPort: 0,
    upsPort: 0,
    flakiness: 0,
    clock: realClock,
    random: realRandom,
    logger: silentLogger,
    defaultSpeed: 100_000,
    timing: { resendMs: 40 },
    ...options,
  });
};
const amazon = (...settings: Parameters<typeof amazonClient>): AmazonClient => {
  const client = amazonClient(...settings);
  clients.push(client);
  return client;
};
const ups = (...settings: Parameters<typeof upsClient>): UpsClient => {
  const client = upsClient(...settings);
  clients.push(client);
  return client;
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'world-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await simulator.close();
  await rm(directory, { recursive: true, force: true });
});

const warehouse = { id: 1, x: 10, y: 10 };
const truck = { id: 7, x: 0, y: 0 };
const apple = { id: 5n, description: 'apple', count: 10 };

const openWorld = async (
  shop: AmazonClient = amazon(),
  carrier: UpsClient = ups(),
): Promise<{ shop: AmazonClient; carrier: UpsClient; worldid: bigint }> => {
  const { worldid } = await shop.connect(simulator.amazonAddress.port, {
    initwh: [warehouse],
    isAmazon: true,
  });
  await carrier.connect(simulator.upsAddress.port, { worldid, trucks: [truck], isAmazon: false });
  return { shop, carrier, worldid };
};

/** Carries one shipment from the shelf to the door at (x, y). */
const carry = async (shop: AmazonClient, carrier: UpsClient, shipid: bigint): Promise<void> => {
  shop.send('topack', { whnum: 1, things: [{ ...apple, count: 1 }], shipid });
  carrier.send('pickups', { truckid: 7, whid: 1 });
  const arrivals = carrier.all('completions').length;
  await shop.first('ready', (ready) => ready.shipid === shipid);
  await carrier.until(() => carrier.all('completions').length > arrivals);
  shop.send('load', { whnum: 1, truckid: 7, shipid });
  await shop.first('loaded', (loaded) => loaded.shipid === shipid);
  carrier.send('deliveries', { truckid: 7, packages: [{ packageid: shipid, x: -3, y: 4 }] });
  await carrier.first('delivered', (delivered) => delivered.packageid === shipid);
};

describe('an order on its way through the World', () => {
  it('is bought, packed, loaded and delivered over two sockets', async () => {
    await start();
    const { shop, carrier } = await openWorld();
    const started = performance.now();
    shop.send('buy', { whnum: 1, things: [apple] });
    expect((await shop.first('arrived')).things).toEqual([apple]);
    await carry(shop, carrier, 100n);
    expect(performance.now() - started).toBeLessThan(1000);
    const arrival = await carrier.first('completions');
    expect(arrival).toMatchObject({ truckid: 7, x: 10, y: 10, status: 'arrive warehouse' });
    await carrier.first('completions', ({ status, x, y }) => status === 'idle' && x === -3 && y === 4);
    shop.send('queries', { packageid: 100n });
    expect((await shop.first('packagestatus')).status).toBe('delivered');
    await shop.until(() => shop.unacked.size === 0);
  });
});
