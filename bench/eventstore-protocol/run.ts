/**
 * Measures EventStoreDB's protocol over the embedded store, durable, with the server in a process of its own, and the
 * adapter against its bare client: `node -r ./tests/support/typescript-hook.js bench/eventstore-protocol/run.ts
 * [esdb://… of a server to measure instead]`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { realClock, realRandom } from '../../platform/clock';
import { openEventStoreDb, streamName } from '../../platform/event-store';
import type { EventStore, NewEvent } from '../../platform/event-store';
import { startProgram } from '../../tests/support/start-program';
import { inFlight, inMs, inTurns, machine, median, quantile, rateOf, say, whole } from '../measuring';
import type { Run } from '../measuring';

const ROUNDS = 3;
const ROUND_MS = 2_000;
const GOAL = 0.9;
const STREAM_EVENTS = 8;

const newEvent = (): NewEvent => ({
  id: randomUUID(),
  type: 'OrderPaid',
  data: {
    orderId: randomUUID(),
    paymentId: randomUUID(),
    paid: { amountMinor: 1300, currency: 'EUR' },
    paidAt: '2026-01-31T08:26:00.000Z',
  },
  metadata: {
    $correlationId: randomUUID(),
    $causationId: randomUUID(),
    actor: `customer:${randomUUID()}`,
    schema: 1,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
});

const newEvents = (count: number): NewEvent[] => Array.from({ length: count }, newEvent);
const newStream = () => streamName('order', randomUUID());

const dataOf = ({ id, type, data, metadata }: NewEvent) =>
  jsonEvent({ id, type, data: data as Record<string, unknown>, metadata });

type Append = (count: number) => Promise<unknown>;

const bareAppend =
  (client: EventStoreDBClient): Append =>
  (count) =>
    client.appendToStream(newStream(), newEvents(count).map(dataOf), { expectedRevision: 'no_stream' });

const adapterAppend =
  (store: EventStore): Append =>
  async (count) => {
    const { kind } = await store.append(newStream(), 'no-stream', newEvents(count));
    if (kind !== 'appended') throw new Error(`Not appended: ${kind}`);
  };

const line = (what: string, rate: number, more = ''): void =>
  say(`${what.padEnd(52)} ${whole(rate).padStart(8)}/s  ${more}`);

const compare = async (
  what: string,
  places: number,
  [bare, adapter]: readonly [Append, Append],
  count: number,
): Promise<void> => {
  // In both orders, because the second contestant is always slightly slower.
  const turns = [bare, adapter, adapter, bare].map(
    (append) => () => inFlight(places, ROUND_MS, () => append(count)),
  );
  const [first = [], second = [], third = [], fourth = []] = await inTurns<Run>(ROUNDS, turns);
  const runs = { bare: [...first, ...fourth], adapter: [...second, ...third] };
  const cpu = (of: readonly Run[]): string =>
    `${whole(median(of.map((run) => (run.cores / rateOf(run)) * 1e6)))} µs of processor each`;
  const waits = runs.adapter.flatMap(({ waitsMs }) => waitsMs).toSorted((a, b) => a - b);
  line(`${what}: bare client`, median(runs.bare.map(rateOf)), cpu(runs.bare));
  line(
    `${what}: adapter`,
    median(runs.adapter.map(rateOf)),
    `${cpu(runs.adapter)}, p50 ${inMs(quantile(waits, 0.5))}, p99 ${inMs(quantile(waits, 0.99))}`,
  );
  const done = (of: readonly Run[]): number => of.reduce((sum, run) => sum + run.done, 0);
  const ratio = done(runs.adapter) / done(runs.bare);
  say(`${''.padEnd(52)} ${ratio.toFixed(2).padStart(8)} of the bare client (goal ${GOAL})`);
};

const count = async (items: AsyncIterable<unknown>): Promise<number> => {
  let seen = 0;
  for await (const item of items) if (item !== undefined) seen += 1;
  return seen;
};

const timed = async (what: string, work: () => Promise<number>): Promise<void> => {
  const start = performance.now();
  const done = await work();
  line(what, done / ((performance.now() - start) / 1_000), `${whole(done)} events`);
};

const measureReads = async (client: EventStoreDBClient, store: EventStore): Promise<void> => {
  await timed('readAll: bare client', () => count(client.readAll()));
  await timed('readAll: adapter', () => count(store.readAll()));
  await timed('subscribe from the start: adapter', async () => {
    const stop = new AbortController();
    let seen = 0;
    for await (const { events, caughtUp } of store.subscribe({ signal: stop.signal })) {
      seen += events.length;
      if (caughtUp) stop.abort();
    }
    return seen;
  });
  const stream = newStream();
  await store.append(stream, 'no-stream', newEvents(STREAM_EVENTS));
  for (const [name, read] of [
    ['bare client', () => count(client.readStream(stream))],
    ['adapter', () => count(store.read(stream))],
  ] as const) {
    const run = await inFlight(16, ROUND_MS, read);
    line(`read a stream of ${STREAM_EVENTS}, 16 in flight (streams): ${name}`, rateOf(run));
  }
};

const measureGroup = async (client: EventStoreDBClient): Promise<void> => {
  const [group, wanted] = [randomUUID(), 20_000];
  const { persistentSubscriptionToAllSettingsFromDefaults: settings } = await import('@eventstore/db-client');
  await client.createPersistentSubscriptionToAll(group, settings({ startFrom: 'start' }));
  await timed('a consumer group, acknowledged one by one', async () => {
    const events = client.subscribeToPersistentSubscriptionToAll(group, { bufferSize: 256 });
    let seen = 0;
    for await (const event of events) {
      void events.ack(event);
      if (++seen === wanted) break;
    }
    return seen;
  });
};

const measure = async (url: string): Promise<void> => {
  const client = EventStoreDBClient.connectionString(url);
  const store = await openEventStoreDb({ connectionString: url, clock: realClock, random: realRandom });
  const appends = [bareAppend(client), adapterAppend(store)] as const;
  await Promise.all(Array.from({ length: 200 }, () => appends[1](1)));
  await compare('append, 64 in flight, new streams', 64, appends, 1);
  await compare('append, 1 in flight, new streams', 1, appends, 1);
  await compare('append of 100 events, 4 in flight (appends)', 4, appends, 100);
  await measureReads(client, store);
  await measureGroup(client);
  await store.close();
  await client.dispose();
};

const run = async (given: string | undefined): Promise<void> => {
  say(`${machine()}, ${new Date().toISOString()}`);
  if (given !== undefined) return measure(given);
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const server = startProgram('event-store/serve-event-store', directory, '0');
  try {
    const line = (await server.lines.next()) as IteratorResult<string>;
    await measure(`esdb://127.0.0.1:${line.value as string}?tls=false`);
  } finally {
    await server.kill();
    await rm(directory, { recursive: true });
  }
};

run(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
