/**
 * Measures the embedded event store through its port, durable:
 * `node -r ./tests/support/typescript-hook.js bench/event-store/run.ts [events to begin with]`.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../platform/clock';
import { openEmbeddedEventStore, streamName } from '../../platform/event-store';
import type { EventStore, ExpectedRevision, NewEvent, StreamName } from '../../platform/event-store';
import { inFlight, inMs, machine, quantile, rateOf, say, whole } from '../measuring';

const RUN_MS = 3_000;

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

const newStream = (): StreamName => streamName('order', randomUUID());

const append = async (
  store: EventStore,
  stream: StreamName,
  expected: ExpectedRevision,
  count = 1,
): Promise<bigint> => {
  const result = await store.append(stream, expected, Array.from({ length: count }, newEvent));
  if (result.kind !== 'appended') throw new Error(`Not appended: ${result.kind}`);
  return result.revision;
};

const report = (what: string, perSecond: number, more = ''): void =>
  say(`${what.padEnd(58)} ${whole(perSecond).padStart(9)}/s ${more}`);

const measure = async (
  what: string,
  places: number,
  work: (place: number) => Promise<unknown>,
): Promise<void> => {
  const run = await inFlight(places, RUN_MS, work);
  const [p50, p99] = [quantile(run.waitsMs, 0.5), quantile(run.waitsMs, 0.99)].map(inMs);
  report(what, rateOf(run), `p50 ${p50}, p99 ${p99}, ${run.cores.toFixed(1)} cores`);
};

const preload = async (store: EventStore, count: number): Promise<void> => {
  let left = count / 8;
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (left-- > 0) await append(store, newStream(), 'no-stream', 8);
    }),
  );
};

/** A growing stream and its present length. */
type Place = { readonly stream: StreamName; revision: ExpectedRevision; length: number };

const measureAppends = async (store: EventStore): Promise<void> => {
  await measure('append, 1 in flight, new streams', 1, () => append(store, newStream(), 'no-stream'));
  await measure('append, 64 in flight, new streams', 64, () => append(store, newStream(), 'no-stream'));
  await measure('append, 256 in flight, new streams', 256, () => append(store, newStream(), 'no-stream'));

  const begin = (): Place => ({ stream: newStream(), revision: 'no-stream', length: 0 });
  const places = Array.from({ length: 64 }, begin);
  await measure('append, 64 in flight, streams of 8 events', 64, async (place) => {
    const at = places[place];
    if (at === undefined) return;
    at.revision = await append(store, at.stream, at.revision);
    at.length += 1;
    if (at.length === 8) places[place] = begin();
  });
  await measure('append of 100 events, 4 in flight (appends)', 4, () =>
    append(store, newStream(), 'no-stream', 100),
  );
};

const measureReads = async (store: EventStore): Promise<void> => {
  const streams: StreamName[] = [];
  let start = performance.now();
  let count = 0;
  for await (const { stream, revision } of store.readAll()) {
    count += 1;
    if (revision === 7n && streams.length < 10_000) streams.push(stream);
  }
  report('readAll (events)', (count * 1_000) / (performance.now() - start));

  await measure('read a stream of 8 events (streams)', 1, async () => {
    const stream = streams[Math.floor(Math.random() * streams.length)];
    if (stream === undefined) return;
    for await (const event of store.read(stream))
      if (event.stream !== stream) throw new Error('Another stream');
  });

  const stop = new AbortController();
  start = performance.now();
  count = 0;
  for await (const { events, caughtUp } of store.subscribe({ signal: stop.signal })) {
    count += events.length;
    if (caughtUp) stop.abort();
  }
  report('subscribe, from the first event (events)', (count * 1_000) / (performance.now() - start));
};

const measureFanOut = async (store: EventStore, subscribers: number): Promise<void> => {
  const stop = new AbortController();
  const after = await store.head();
  let delivered = 0;
  const following = Array.from({ length: subscribers }, async () => {
    const options = after === undefined ? {} : { after };
    for await (const { events } of store.subscribe({ ...options, signal: stop.signal }))
      delivered += events.length;
  });
  const run = await inFlight(64, RUN_MS, () => append(store, newStream(), 'no-stream'));
  const atEnd = delivered;
  stop.abort();
  await Promise.all(following);
  report(
    `append, 64 in flight, ${subscribers} live subscribers`,
    rateOf(run),
    `${whole(atEnd / run.seconds)} delivered/s`,
  );
};

const run = async (eventsToBeginWith: number): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  try {
    say(`${machine()}, ${new Date().toISOString()}`);
    await preload(store, eventsToBeginWith);
    await measureAppends(store);
    await measureFanOut(store, 1);
    await measureFanOut(store, 8);
    await measureReads(store);
    const { size } = await stat(join(directory, 'events.db'));
    say(`file: ${whole(size / 1e6)} MB`);
  } finally {
    await store.close();
    await rm(directory, { recursive: true });
  }
};

run(Number(process.argv[2] ?? 200_000)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
