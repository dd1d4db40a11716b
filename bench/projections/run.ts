/**
 * Measures the projections of the platform on the embedded engines:
 * `node -r ./tests/support/typescript-hook.js bench/projections/run.ts [orders]`.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allProjections } from '../../projections/read-models';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, shareSubscription, type EventStore } from '../../platform/event-store';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import { orderDetails } from '../../projections/order-details';
import {
  openReader,
  startProjectionDaemon,
  type AnyProjection,
  type ProjectionDaemon,
} from '../../platform/projections';
import { silentLogger } from '../../platform/telemetry';
import * as order from '../../tests/support/domain/orders';
import { appendOrder } from '../event-store/order-story';
import { inMs, machine, quantile, say, whole } from '../measuring';

const WAIT_MS = 600_000;
const LIVE_MS = 5_000;

const atOnce = async (places: number, work: () => Promise<boolean>): Promise<void> => {
  await Promise.all(
    Array.from({ length: places }, async () => {
      while (await work());
    }),
  );
};

const tell = (what: string, ...figures: readonly string[]): void =>
  say(`${what.padEnd(52)} ${figures.join(', ')}`);
const perSecond = (count: number, ms: number, of: string): string => `${whole((count / ms) * 1_000)} ${of}/s`;

type Engines = { readonly store: EventStore; readonly readModels: ReadModels };
const start = (engines: Engines, projections: readonly AnyProjection[]): Promise<ProjectionDaemon> =>
  startProjectionDaemon({ ...engines, projections, clock: realClock, random: realRandom });

const measureCatchUp = async (
  what: string,
  engines: Engines,
  projections: readonly AnyProjection[],
): Promise<void> => {
  const head = await engines.store.head();
  if (head === undefined) return;
  for (const { collection } of projections) await engines.readModels.drop(collection);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const runtime = await start(engines, projections);
  if (!(await runtime.waitForAll(head, WAIT_MS))) throw new Error('They did not get there');
  const took = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  await runtime.stop();
  const cores = `${((user + system) / 1_000 / took).toFixed(1)} cores`;
  tell(what, perSecond(Number(head), took, 'events'), cores);
};

/** Measures the time from the answer of an append until the read model shows the event. */
const measureLive = async (engines: Engines, places: number): Promise<void> => {
  const runtime = await start(engines, allProjections);
  const reader = openReader(engines.readModels, orderDetails, realClock);
  const latencies: number[] = [];
  const startedAt = performance.now();
  await atOnce(places, async () => {
    const { orderId, position } = await appendOrder(engines.store);
    const appendedAt = performance.now();
    if (!(await runtime.waitFor(reader.name, position, WAIT_MS))) throw new Error('It did not get there');
    latencies.push(performance.now() - appendedAt);
    const stored = await reader.get(orderId);
    if (stored?.document.timeline.length !== 8) throw new Error('It is another change');
    return performance.now() - startedAt < LIVE_MS;
  });
  const took = performance.now() - startedAt;
  await runtime.stop();
  latencies.sort((left, right) => left - right);
  tell(
    `live, ${places} in flight: appended until shown`,
    `p50 ${inMs(quantile(latencies, 0.5))}`,
    `p99 ${inMs(quantile(latencies, 0.99))}`,
    perSecond(latencies.length * 8, took, 'events'),
  );
};

const measureReads = async ({ store, readModels }: Engines): Promise<void> => {
  const ids: string[] = [];
  for await (const event of store.readAll())
    if (event.type === 'OrderPlaced') ids.push((event.data as { orderId: string }).orderId);
  const reader = openReader(readModels, orderDetails, realClock);
  const measure = async (what: string, read: (turn: number) => Promise<unknown>): Promise<void> => {
    const startedAt = performance.now();
    let done = 0;
    while (performance.now() - startedAt < 2_000) await read(done++);
    tell(what, perSecond(done, performance.now() - startedAt, 'reads'));
  };
  await measure('get, hot', () => reader.get(ids[0] ?? ''));
  await measure('get, any of all', () => reader.get(ids[Math.floor(Math.random() * ids.length)] ?? ''));
  await measure('list, 20 by an index', () =>
    reader.list({ index: 'by_customer', where: { customerId: order.customerId }, first: 20 }),
  );
};

const run = async (orders: number): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const surroundings = { clock: realClock, random: realRandom, logger: silentLogger };
  const store = shareSubscription(await openEmbeddedEventStore({ directory, ...surroundings }), surroundings);
  const readModels = await openEmbeddedReadModels({ directory, clock: realClock });
  const engines = { store, readModels };
  try {
    tell(`${machine()}, ${new Date().toISOString()}`);
    let left = orders;
    await atOnce(64, async () => left-- > 0 && Boolean(await appendOrder(store)));
    tell('orders, events', String(orders), String(await store.head()));
    await measureCatchUp('from the first event, one projection', engines, [orderDetails]);
    await measureCatchUp(`from the first event, all ${allProjections.length}`, engines, allProjections);
    await measureLive(engines, 1);
    await measureLive(engines, 64);
    await measureReads(engines);
    const { size } = await stat(join(directory, 'read-models.db'));
    tell('file', `${whole(size / 1e6)} MB`);
  } finally {
    await readModels.close();
    await store.close();
    await rm(directory, { recursive: true });
  }
};

run(Number(process.argv[2] ?? 20_000)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
