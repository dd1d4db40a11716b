import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import {
  appended,
  collect,
  newEvent,
  newEvents,
  newStream,
} from '../../../tests/support/event-store/new-events';
import { seededRandom } from '../../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { realClock } from '../../clock';
import { Fault } from '../../faults';
import { createMetricsRegistry, silentLogger } from '../../telemetry';
import type {
  EventStore,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
} from '../event-store';
import { memoryEventStore } from '../memory';
import { shareSubscription, type SharingLimits } from './index';

const surroundings = { random: seededRandom(11), logger: silentLogger };

describe('a store with a shared subscription', () => {
  eventStoreContract(() =>
    Promise.resolve(shareSubscription(memoryEventStore(realClock), { clock: realClock, ...surroundings })),
  );
});

/** A store that counts, and whose subscription fails or whose pages fail when a test says so. */
const createTrial = (limits: Partial<SharingLimits> = {}) => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const counts = { subscriptions: 0, open: 0, pages: 0, reads: 0 };
  const failures = { pages: 0, subscriptions: 0 };
  let dropSubscription: () => void = () => undefined;
  const counted: EventStore = {
    append: (...args) => store.append(...args),
    read: (...args) => {
      counts.reads += 1;
      return store.read(...args);
    },
    head: () => store.head(),
    tombstone: (...args) => store.tombstone(...args),
    close: () => store.close(),
    async *readAll(options?: ReadAllOptions) {
      counts.pages += 1;
      if (failures.pages-- > 0) throw new Fault('STORE_UNAVAILABLE', 'The store is away');
      yield* store.readAll(options);
    },
    async *subscribe(options: SubscribeOptions) {
      counts.subscriptions += 1;
      if (failures.subscriptions-- > 0) throw new Fault('STORE_UNAVAILABLE', 'The store is away');
      counts.open += 1;
      const dropped = new AbortController();
      dropSubscription = () => dropped.abort();
      try {
        yield* store.subscribe({ ...options, signal: AbortSignal.any([options.signal, dropped.signal]) });
      } finally {
        counts.open -= 1;
      }
    },
  };
  const metrics = createMetricsRegistry();
  const shared = shareSubscription(counted, { clock, ...surroundings, metrics, limits });
  const stop = new AbortController();

  /** Follows into a list; `pause` is awaited after each batch. */
  const follow = (
    options: Partial<SubscribeOptions> = {},
    pause: () => Promise<void> = () => Promise.resolve(),
  ) => {
    const seen: RecordedEvent[] = [];
    const end = new AbortController();
    const signal = AbortSignal.any([stop.signal, end.signal]);
    const ended = (async () => {
      for await (const { events } of shared.subscribe({ ...options, signal })) {
        seen.push(...events);
        await pause();
      }
    })();
    return { seen, ended, end: () => end.abort() };
  };
  const record = async (count: number, data?: object) =>
    appended(
      await store.append(
        newStream(),
        'no-stream',
        newEvents(count).map((event) => ({ ...event, ...(data && { data }) })),
      ),
    );
  const settle = () => clock.advance(1_000);
  const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);
  const all = async () => idsOf(await collect(store.readAll()));
  return {
    clock,
    shared,
    counts,
    failures,
    metrics,
    follow,
    record,
    settle,
    idsOf,
    all,
    stop,
    drop: () => dropSubscription(),
  };
};

describe('followers', () => {
  it('share one subscription and each event object, and each gets every event once', async () => {
    const { follow, record, settle, counts, idsOf, all, stop } = createTrial();
    await record(3);
    const followers = [follow(), follow({ batchSize: 1 }), follow()];
    await settle();
    await record(40);
    await settle();
    for (const { seen } of followers) expect(idsOf(seen)).toEqual(await all());
    expect(followers[0]?.seen.at(-1)).toBe(followers[1]?.seen.at(-1));
    expect(counts.subscriptions).toBe(1);
    stop.abort();
    await settle();
    expect(counts.open).toBe(0);
  });

  it('that begin at the same place read each page once', async () => {
    const { follow, record, settle, counts, idsOf, all, metrics } = createTrial({ eventsMax: 10 });
    for (let time = 0; time < 10; time += 1) await record(10);
    const followers = [follow(), follow(), follow({ batchSize: 3 })];
    await settle();
    for (const { seen } of followers) expect(idsOf(seen)).toEqual(await all());
    expect(counts.pages).toBeLessThanOrEqual(12);
    const { values } = (await metrics.getSingleMetric('waybill_event_store_pages_read_total')?.get()) ?? {};
    expect(values).toEqual([expect.objectContaining({ value: counts.pages })]);
  });

  it('do not wait for one that hangs, which reads what it missed from pages and goes live again', async () => {
    // A window of about twenty events.
    const { follow, record, settle, counts, idsOf, all } = createTrial({
      liveBytesMax: 20 * 700,
      eventsMax: 8,
    });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const slow = follow({}, () => held);
    const fast = follow();
    await settle();
    for (let time = 0; time < 30; time += 1) {
      await record(5);
      await settle();
    }
    expect(idsOf(fast.seen)).toEqual(await all());
    const pagesOfFast = counts.pages;
    expect(slow.seen.length).toBeLessThan(20);
    letGo();
    await settle();
    expect(idsOf(slow.seen)).toEqual(await all());
    expect(counts.pages).toBeGreaterThan(pagesOfFast);
    const pages = counts.pages;
    await record(5);
    await settle();
    expect(idsOf(slow.seen)).toEqual(await all());
    expect(counts.pages).toBe(pages);
    expect(counts.subscriptions).toBe(1);
  });

  it('miss nothing when the subscription fails, and get nothing twice', async () => {
    const { clock, follow, record, settle, counts, idsOf, all, drop } = createTrial();
    const follower = follow();
    for (let time = 0; time < 5; time += 1) {
      await settle();
      await record(4);
      drop();
      await record(4);
    }
    await clock.advance(60_000);
    expect(idsOf(follower.seen)).toEqual(await all());
    expect(counts.subscriptions).toBe(6);
    expect(counts.open).toBe(1);
  });

  it('wait for a store that is away', async () => {
    const { follow, record, clock, failures, idsOf, all } = createTrial();
    await record(4);
    failures.pages = 4;
    const follower = follow();
    await clock.advance(60_000);
    expect(idsOf(follower.seen)).toEqual(await all());
  });

  it('that come after the last one has left get a new subscription', async () => {
    const { follow, record, settle, counts, idsOf, all } = createTrial();
    const first = follow();
    await settle();
    first.end();
    const second = follow();
    await first.ended;
    await record(2);
    await settle();
    expect(idsOf(second.seen)).toEqual(await all());
    expect(counts.open).toBe(1);
    second.end();
    await settle();
    expect(counts.open).toBe(0);
    await record(2);
    const third = follow({ after: second.seen.at(-1)!.position });
    await settle();
    expect(third.seen).toHaveLength(2);
  });

  it('get no event of a stream that was erased while they were behind', async () => {
    const { follow, record, settle, shared } = createTrial();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const slow = follow({ batchSize: 1 }, () => held);
    await record(1);
    await settle();
    const stream = newStream();
    await shared.append(stream, 'no-stream', [newEvent({ secret: true })]);
    await settle();
    await shared.tombstone(stream, 0n);
    await record(1);
    letGo();
    await settle();
    expect(slow.seen.map((event) => event.stream)).not.toContain(stream);
    expect(slow.seen).toHaveLength(2);
  });

  it('get many events in few batches while events come fast', async () => {
    const { follow, record, settle, idsOf, all } = createTrial({ wakeEveryMs: 50 });
    let batches = 0;
    const follower = follow({}, () => {
      batches += 1;
      return Promise.resolve();
    });
    await settle();
    const before = batches;
    for (let time = 0; time < 40; time += 1) await record(1);
    await settle();
    expect(idsOf(follower.seen)).toEqual(await all());
    expect(batches - before).toBeLessThanOrEqual(3);
  });

  it('end with the fault of a store that is closed', async () => {
    const { shared } = createTrial();
    await shared.close();
    const never = new AbortController();
    await expect(collect(shared.subscribe({ signal: never.signal }))).rejects.toMatchObject({
      code: 'STORE_CLOSED',
    });
  });
});

describe('what the subscription shows', () => {
  const begin = async (limits: Partial<SharingLimits> = {}) => {
    const trial = createTrial(limits);
    trial.follow();
    await trial.settle();
    const stream = newStream();
    const first = appended(await trial.shared.append(stream, 'no-stream', newEvents(2)));
    await trial.settle();
    return { ...trial, stream, first };
  };

  it('is the last revision of a stream, from the time that it began', async () => {
    const { shared, stream, first, settle } = await begin();
    expect(shared.seenUpTo()).toBe(first.position);
    expect(shared.isLast(stream, 1n, first.position)).toBe(true);
    const second = appended(await shared.append(stream, 1n, newEvents(1)));
    await settle();
    expect(shared.isLast(stream, 1n, first.position)).toBe(false);
    expect(shared.isLast(stream, 2n, second.position)).toBe(true);
    expect(shared.isLast(newStream(), -1n, second.position)).toBe(true);
  });

  it('does not reach back before it began, nor beyond the streams that it remembers', async () => {
    const { shared, stream, first, record, settle } = await begin({ streamsMax: 3 });
    for (let time = 0; time < 3; time += 1) await record(1);
    await settle();
    expect(shared.isLast(stream, 1n, first.position)).toBe(true);
    await record(1);
    await settle();
    expect(shared.isLast(stream, 1n, first.position)).toBe(false);
    const late = createTrial();
    const before = await late.record(1);
    await late.record(1);
    late.follow();
    await late.settle();
    expect(late.shared.isLast(newStream(), -1n, before.position)).toBe(false);
  });

  it('holds for a second after the subscription was dropped, and no longer', async () => {
    const { shared, clock, stream, first, drop, settle, counts, failures } = await begin();
    failures.subscriptions = Number.MAX_SAFE_INTEGER;
    drop();
    await clock.advance(500);
    expect(counts.open).toBe(0);
    expect(shared.isLast(stream, 1n, first.position)).toBe(true);
    await clock.advance(2_000);
    expect(shared.isLast(stream, 1n, first.position)).toBe(false);
    failures.subscriptions = 0;
    await clock.advance(60_000);
    await settle();
    expect(shared.isLast(stream, 1n, first.position)).toBe(true);
  });

  it('is nothing without followers', async () => {
    const { shared, stop, stream, first, settle } = await begin();
    stop.abort();
    await settle();
    expect(shared.seenUpTo()).toBeUndefined();
    expect(shared.isLast(stream, 1n, first.position)).toBe(false);
  });

  it('serves reads of events that it has received, and of no others', async () => {
    const { shared, stream, counts, stop, settle } = await begin();
    const read = (options: ReadOptions) => collect(shared.read(stream, options));
    expect((await read({ from: 0n, limit: 2 })).map(({ revision }) => revision)).toEqual([0n, 1n]);
    expect(await read({ from: 1n, limit: 1 })).toHaveLength(1);
    expect(counts.reads).toBe(0);
    expect(await read({ from: 0n, limit: 3 })).toHaveLength(2);
    expect(await read({ from: 1n })).toHaveLength(1);
    expect(await read({ from: 1n, limit: 1, direction: 'backwards' })).toHaveLength(1);
    expect(await collect(shared.read(newStream(), { from: 0n, limit: 1 }))).toEqual([]);
    expect(counts.reads).toBe(4);
    stop.abort();
    await settle();
    expect(await read({ from: 0n, limit: 2 })).toHaveLength(2);
    expect(counts.reads).toBe(5);
  });
});
