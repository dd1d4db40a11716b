import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock, realRandom } from '../../../platform/clock';
import { silentLogger } from '../../../platform/telemetry';
import {
  startWorldSimulator,
  type WorldSimulator,
  type WorldSimulatorOptions,
} from '../../../simulators/world';
import { amazonClient, upsClient, type AmazonClient, type Settings, type UpsClient } from './world-client';

export const warehouse = { id: 1, x: 10, y: 10 };
export const truck = { id: 7, x: 0, y: 0 };
export const apple = { id: 5n, description: 'apple', count: 10 };

type Parties = { readonly shop: AmazonClient; readonly carrier: UpsClient; readonly worldid: bigint };

/** A fast World in a folder of its own, and clients for it; everything is cleaned up after each test. */
export const worldSetup = () => {
  let directory = '';
  let latest: WorldSimulator | undefined;
  const closing: (() => unknown)[] = [];
  const started = (): WorldSimulator => {
    if (!latest) throw new Error('No World was started');
    return latest;
  };
  const start = async (options: Partial<WorldSimulatorOptions> = {}): Promise<WorldSimulator> => {
    const simulator = await startWorldSimulator({
      directory,
      host: '127.0.0.1',
      amazonPort: 0,
      upsPort: 0,
      clock: realClock,
      random: realRandom,
      logger: silentLogger,
      defaultSpeed: 100_000,
      ...options,
      timing: { resendMs: 40, ...options.timing },
    });
    latest = simulator;
    closing.push(() => simulator.close());
    return simulator;
  };
  const amazon = (settings?: Settings): AmazonClient => {
    const client = amazonClient(settings);
    closing.push(() => client.close());
    return client;
  };
  const ups = (settings?: Settings): UpsClient => {
    const client = upsClient(settings);
    closing.push(() => client.close());
    return client;
  };
  /** A new world with one warehouse and one truck, and both sides connected to it. */
  const parties = async (shop = amazon(), carrier = ups()): Promise<Parties> => {
    const { amazonAddress, upsAddress } = started();
    const { worldid } = await shop.connect(amazonAddress.port, { initwh: [warehouse], isAmazon: true });
    await carrier.connect(upsAddress.port, { worldid, trucks: [truck], isAmazon: false });
    return { shop, carrier, worldid };
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'world-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await rm(directory, { recursive: true, force: true });
  });
  return { directory: () => directory, started, start, amazon, ups, parties };
};

/** Moves one shipment of an apple to its delivery, as a shop and a carrier do together. */
export const carry = async (shop: AmazonClient, carrier: UpsClient, shipid: bigint): Promise<void> => {
  const arrivals = carrier.all('completions').length;
  shop.send('topack', { whnum: 1, things: [{ ...apple, count: 1 }], shipid });
  carrier.send('pickups', { truckid: 7, whid: 1 });
  await shop.first('ready', (ready) => ready.shipid === shipid);
  await carrier.until(() => carrier.all('completions').length > arrivals);
  shop.send('load', { whnum: 1, truckid: 7, shipid });
  await shop.first('loaded', (loaded) => loaded.shipid === shipid);
  const idles = carrier.all('completions').length;
  carrier.send('deliveries', { truckid: 7, packages: [{ packageid: shipid, x: -3, y: 4 }] });
  await carrier.first('delivered', (delivered) => delivered.packageid === shipid);
  await carrier.until(() => carrier.all('completions').length > idles);
};
