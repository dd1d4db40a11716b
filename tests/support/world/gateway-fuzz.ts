import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { historyAudit } from '../../../cli/verify';
import type { ProductId, ShipmentId, TruckId, WarehouseId, WorldId } from '../../../domain/kernel';
import { startWorldGateway, worldReactions, type WorldGateway } from '../../../gateways/world';
import { realClock, realRandom } from '../../../platform/clock';
import {
  openEmbeddedEventStore,
  type EmbeddedEventStore,
  type EventStore,
} from '../../../platform/event-store';
import { Fault } from '../../../platform/faults';
import { dial, type Dial } from '../../../platform/framed-socket';
import { frame } from '../../../platform/framing';
import { silentLogger } from '../../../platform/telemetry';
import { worldCommands } from '../../../projections/world-commands';
import { aResponses, type ACommands } from '../../../proto/world';
import { startWorldSimulator } from '../../../simulators/world';
import { Chatter } from './chatter';
import { heapMib } from '../time/heap';
import { createDurable, startPlatform, until, type Platform } from '../commands/live-platform';
import { ScriptedWorld } from './scripted-world';
import { seededRandom } from '../time/seeded-random';
import { amazonClient, upsClient } from './world-client';

export type GatewayFuzzReport = {
  readonly frames: number;
  /** The number of frames that the gateway could read; the others followed invalid bytes. */
  readonly framesRead: number;
  readonly seconds: number;
  /** Uncaught errors: each would have ended the process. */
  readonly crashes: readonly string[];
  readonly connections: number;
  /** The number of commands that the hostile World received. */
  readonly commandsHeard: number;
  /** The breaches of invariants in the stored state. */
  readonly breaches: readonly string[];
  /**
   * A tenth of the way, half-way and at the end: memory in use after a collection, and the events stored. They are on disk, but
   * the store keeps the last 16,384 at hand.
   */
  readonly heap: readonly { readonly mib: number; readonly events: number }[];
};

const WORLD_ID = '1' as WorldId;
const TRUCK_ID = 7 as TruckId;
const FRAMES_A_TURN = 4;
/** Garbage may leave the gateway waiting for the rest of a frame that never comes. */
const FRAMES_A_CONNECTION = 40;
const HEARD_MAX = 50;
/** The time limit for everything that must happen. */
const PATIENCE_MS = 60_000;
/** The interval at which a customer buys and the stock is filled up. */
const ERRANDS = 40;

const limits = {
  resend: { baseMs: 20, factor: 2, maxMs: 500 },
  reconnect: { baseMs: 1, factor: 1, maxMs: 1 },
  ...{ connectTimeoutMs: 20, rememberedMax: 1_000, overdueMs: 100, silenceMs: 500, watchEveryMs: 50 },
};

/** Returns a message that a World might send in answer to a received command, or to none. */
const answersTo = ({ buy, topack, load, queries }: ACommands, chatter: Chatter): Uint8Array => {
  const seqnum = () => BigInt(chatter.oneOf(chatter.below(5_000), chatter.below(1_000_000), -1, 2 ** 40));
  const some = <Element>(make: () => Element) => Array.from({ length: chatter.below(3) }, make);
  const oneOf = <Element>(meant: readonly Element[], madeUp: () => Element): Element =>
    meant.length > 0 && chatter.below(4) > 0 ? chatter.oneOf(...meant) : madeUp();
  const number = () => BigInt(chatter.below(200));
  const shipid = (of: readonly { readonly shipid: bigint }[]) =>
    oneOf(of, () => ({ shipid: number() })).shipid;
  const asked = [...buy, ...topack, ...load, ...queries];
  const origin = () => oneOf(asked, () => ({ seqnum: number() })).seqnum;
  const thing = () => ({ id: BigInt(chatter.below(4)), description: '?', count: chatter.small() });
  const words = () =>
    chatter.oneOf(
      '',
      'packing',
      'LOADED',
      'delivered',
      'not enough',
      'it exists',
      'no truck',
      '\0'.repeat(2_000),
    );
  return aResponses.encode({
    arrived: some(() => ({
      ...oneOf(buy, () => ({ whnum: chatter.small(), things: some(thing), seqnum: 0n })),
      seqnum: seqnum(),
    })),
    ready: some(() => ({ shipid: shipid(topack), seqnum: seqnum() })),
    loaded: some(() => ({ shipid: shipid(load), seqnum: seqnum() })),
    error: some(() => ({ err: words(), originseqnum: origin(), seqnum: seqnum() })),
    packagestatus: some(() => ({
      packageid: oneOf(queries, () => ({ packageid: number() })).packageid,
      ...{ status: words(), seqnum: seqnum() },
    })),
    acks: some(() => (chatter.below(4) > 0 ? number() : origin())),
    ...(chatter.below(50) === 0 && { finished: true }),
  });
};

const silence: ACommands = { buy: [], topack: [], load: [], queries: [], acks: [] };

/** A World that means no good. */
class HostileWorld {
  connections = 0;
  commandsHeard = 0;
  private frames = 0;

  constructor(
    private readonly world: ScriptedWorld,
    private readonly chatter: Chatter,
  ) {
    world.welcome = () => this.welcome();
  }

  say(): void {
    const { chatter, world } = this;
    const bytes = this.nextFrame();
    const cut = chatter.below(bytes.length + 1);
    world.sendBytes(bytes.subarray(0, cut));
    world.sendBytes(bytes.subarray(cut));
    this.frames += 1;
    if (this.frames % FRAMES_A_CONNECTION === 0) world.hangUp();
  }

  private welcome(): string | undefined {
    const { chatter, world } = this;
    this.connections += world.greetings.splice(0).length;
    if (chatter.below(20) === 0) world.sendBytes(this.nextFrame());
    return chatter.below(20) > 0 ? 'connected!' : chatter.oneOf(undefined, '', 'connected', 'error: full');
  }

  private nextFrame(): Uint8Array {
    const { chatter, world } = this;
    this.commandsHeard += world.heard.splice(0, world.heard.length - HEARD_MAX).length;
    const heard = world.heard.length > 0 ? chatter.oneOf(...world.heard) : silence;
    const meant = answersTo(heard, chatter);
    // What is no message ends the connection, and most are to be read.
    return chatter.below(4) > 0 ? frame(meant) : chatter.wire(meant);
  }
}

/** As soon as the gateway is connected, and takes frames. */
const untilConnected = async (gateway: WorldGateway): Promise<void> => {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (gateway.status()[0]?.worldId === undefined) {
    if (performance.now() > giveUpAt) throw new Error('The gateway does not come back');
    await nextTurn();
  }
};

/** Sends a truck for every shipment that is packed. */
const sendTrucks = async (
  { store, send }: Platform,
  warehouseId: WarehouseId,
  signal: AbortSignal,
): Promise<void> => {
  for await (const { events } of store.subscribe({ signal }))
    for (const { type, data } of events)
      if (type === 'ShipmentPacked') {
        const { shipmentId } = data as { readonly shipmentId: ShipmentId };
        await send('recordTruckArrived', { shipmentId, truckId: TRUCK_ID, warehouseId });
      }
};

type FrameCount = { read: number };

/** Counts the frames that reach the gateway. */
const countingDial =
  (count: FrameCount): Dial =>
  async (options) => {
    const connection = await dial(options);
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const payload of connection.frames) {
        count.read += 1;
        yield payload;
      }
    }
    return { ...connection, frames: counted() };
  };

type Bench = {
  readonly count: FrameCount;
  readonly directory: string;
  readonly store: EmbeddedEventStore;
  readonly platform: Platform;
  readonly gateway: WorldGateway;
  readonly world: ScriptedWorld;
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
  readonly close: () => Promise<void>;
};

const open = async (): Promise<Bench> => {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-fuzz-'));
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const world = await ScriptedWorld.open();
  const links = [{ name: 'main', host: '127.0.0.1', port: world.port, worldId: WORLD_ID }];
  const platform = startPlatform(
    { ...createDurable(), store },
    { reactions: (running) => [worldReactions({ ...running, links })], projections: [worldCommands] },
  );
  const productId = await platform.registerProduct('MUG');
  const warehouseId = await platform.registerWarehouse(1, 1);
  const count = { read: 0 };
  const gateway = startWorldGateway({
    ...platform,
    ...{ links, limits, dial: countingDial(count) },
    // Looked up among all events they would take longer with each connection.
    warehouses: async () => [{ warehouseId, place: { x: 1, y: 1 }, active: true }],
    productByNumber: async (number) => {
      // An outside system may fail at the same time.
      if (number === 3) throw new Fault('READ_MODELS_UNAVAILABLE', 'away');
      return number === 1 ? productId : undefined;
    },
  });
  const stopping = new AbortController();
  const trucks = sendTrucks(platform, warehouseId, stopping.signal);
  const close = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([gateway.close(), trucks]);
    await platform.stop();
    await world.close();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { count, directory, store, platform, gateway, world, warehouseId, productId, close };
};

const underFire = async (
  { platform, store, gateway, warehouseId, productId }: Bench,
  hostile: HostileWorld,
  frames: number,
): Promise<GatewayFuzzReport['heap']> => {
  const heap: GatewayFuzzReport['heap'][number][] = [];
  const looksAt = [frames / 10, frames / 2, frames - 1].map(Math.floor);
  for (let count = 0; count < frames; count += 1) {
    if (count % Math.ceil(frames / ERRANDS) === 0) {
      await platform.demand('replenish', { warehouseId, productId, quantity: 4 });
      await platform.buy(productId, 1);
    }
    await untilConnected(gateway);
    hostile.say();
    if (count % FRAMES_A_TURN === 0) await nextTurn();
    if (looksAt.includes(count)) heap.push({ mib: heapMib(), events: Number(await store.head()) });
  }
  return heap;
};

/** A World that behaves, on that port; it knows the warehouse, and has a truck there. */
const startPeaceful = async (directory: string, port: number, warehouseId: WarehouseId) => {
  const options = {
    ...{ directory: join(directory, 'world'), host: '127.0.0.1', upsPort: 0, defaultSpeed: 100_000 },
    ...{ clock: realClock, random: realRandom, logger: silentLogger },
  };
  // Not yet where the gateway would find it: a world has one shop at a time.
  const prepared = await startWorldSimulator({ ...options, amazonPort: 0 });
  const [shop, carrier] = [amazonClient(), upsClient()];
  await prepared.ensureWorld(BigInt(WORLD_ID));
  const worldid = BigInt(WORLD_ID);
  await shop.connect(prepared.amazonAddress.port, {
    ...{ worldid, initwh: [{ id: warehouseId, x: 1, y: 1 }], isAmazon: true },
  });
  await carrier.connect(prepared.upsAddress.port, {
    ...{ worldid, trucks: [{ id: TRUCK_ID, x: 0, y: 0 }], isAmazon: false },
  });
  carrier.send('pickups', { truckid: TRUCK_ID, whid: warehouseId });
  await carrier.first('completions');
  shop.close();
  carrier.close();
  await prepared.close();
  return startWorldSimulator({ ...options, amazonPort: port });
};

/**
 * Replaces the hostile World by a correct one, and waits until the requested goods have arrived and a shipment was
 * loaded.
 */
const inPeace = async ({ directory, platform, store, world, warehouseId }: Bench): Promise<void> => {
  const { port } = world;
  await world.close();
  const after = await store.head();
  const happened = async (type: string, id: string): Promise<boolean> => {
    for await (const event of store.readAll(after === undefined ? {} : { after }))
      if (event.type === type && Object.values(event.data).includes(id)) return true;
    return false;
  };
  const productId = await platform.registerProduct('CUP');
  await platform.demand('replenish', { warehouseId, productId, quantity: 4 });
  const peaceful = await startPeaceful(directory, port, warehouseId);
  try {
    await until('the requested goods arrive', () => happened('StockReceived', productId), PATIENCE_MS);
    const orderId = await platform.buy(productId, 1);
    await until('the shipment is loaded', () => happened('ShipmentLoaded', orderId), PATIENCE_MS);
  } finally {
    await peaceful.close();
  }
};

const rulesBroken = async (store: EventStore): Promise<string[]> => {
  const audit = historyAudit({ settled: false });
  for await (const event of store.readAll()) audit.see(event);
  return audit
    .report()
    .breaches.map(({ invariant, subject, detail }) => `${invariant} ${subject}: ${detail}`);
};

/** Throws so many frames, one in eight of them no message at all, at the World gateway, then lets a World follow that behaves. */
export const fuzzGateway = async (frames: number, seed: number): Promise<GatewayFuzzReport> => {
  const crashes: string[] = [];
  const crash = (error: unknown): void => void crashes.push(String(error));
  process.on('unhandledRejection', crash).on('uncaughtException', crash);
  const bench = await open();
  try {
    const hostile = new HostileWorld(bench.world, new Chatter(seededRandom(seed)));
    const started = performance.now();
    const heap = await underFire(bench, hostile, frames);
    const seconds = (performance.now() - started) / 1000;
    const framesRead = bench.count.read;
    await inPeace(bench);
    const { connections, commandsHeard } = hostile;
    const breaches = await rulesBroken(bench.store);
    return { frames, framesRead, seconds, crashes, connections, commandsHeard, breaches, heap };
  } finally {
    await bench.close();
    process.off('unhandledRejection', crash).off('uncaughtException', crash);
  }
};
