import type { Millis } from '../../domain/kernel';
import { createRecorder, type CountingEvent } from '../../tests/support/projections/counting';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { memoryEventStore, type EventStore, type Position } from '../event-store';
import { EventDensityEstimate } from './distance';
import type { HistoryLimits } from './history-pages';
import { SharedHistory, type EventSource } from './shared-history';

const EVENTS = 1_000;
const PAGE = 50;
const add: CountingEvent = { type: 'CounterAdded', data: { to: 'a', by: 1 } };

/** A history of a thousand events whose reads are counted. */
const createHistory = async (limits: Partial<HistoryLimits> = {}) => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const record = createRecorder(store);
  const positions: Position[] = [];
  for (let count = 0; count < EVENTS; count += 1) positions.push(await record(add));
  const read = { events: 0, error: undefined as Error | undefined };
  const counted: Pick<EventStore, 'readAll' | 'subscribe'> = {
    readAll: async function* (options) {
      if (read.error !== undefined) throw read.error;
      for await (const event of store.readAll(options)) {
        read.events += 1;
        yield event;
      }
    },
    subscribe: (options) => store.subscribe(options),
  };
  const density = new EventDensityEstimate();
  const history = new SharedHistory({
    ...{ store: counted, clock, density },
    limits: { eventsMax: PAGE, ...limits },
  });
  return { clock, positions, read, history, record };
};

type Follower = {
  readonly seen: Position[];
  /** The number of events that were live. */
  live: number;
  readonly stop: () => void;
  readonly ended: Promise<unknown>;
};

/** Follows a source, with a pause after each batch of the history. */
const follow = (
  source: EventSource,
  after?: Position,
  pause: () => Promise<void> | void = () => undefined,
) => {
  const stopping = new AbortController();
  const follower: Follower = {
    seen: [],
    live: 0,
    stop: () => stopping.abort(),
    ended: Promise.resolve(),
  };
  const run = async (): Promise<void> => {
    for await (const { events, hasMore } of source.follow({ after, signal: stopping.signal })) {
      follower.seen.push(...events.map(({ position }) => position));
      if (hasMore) await pause();
      else follower.live += events.length;
    }
  };
  return Object.assign(follower, { ended: run().catch((error: unknown) => error) });
};

const NEVER = (): Promise<void> => new Promise(() => undefined);

describe('the history that several read', () => {
  it('is read once, and everyone gets every event once and in order', async () => {
    const { clock, positions, read, history, record } = await createHistory();
    const source = history.source();
    const followers = [0, 1, 20].map((ms) => follow(source, undefined, () => clock.sleep(ms as Millis)));
    await clock.advance(1_000);
    positions.push(await record(add));
    await clock.advance(100);
    for (const { seen, live, stop, ended } of followers) {
      expect(seen).toEqual(positions);
      // The end of the history is left to the subscription.
      expect(live).toBe(PAGE + 1);
      stop();
      await ended;
    }
    expect(read.events).toBe(EVENTS);
  });

  it('is not read further than the slowest reader permits', async () => {
    const bytesMax = 4 * PAGE * 600;
    const { clock, read, history } = await createHistory({ bytesMax });
    const [quick, slow] = [follow(history.source()), follow(history.source(), undefined, NEVER)];
    await clock.advance(10_000);
    expect(slow.seen).toHaveLength(PAGE);
    expect(quick.seen.length).toBeGreaterThan(PAGE);
    expect(read.events).toBeLessThan(EVENTS / 2);
    slow.stop();
    await clock.advance(100);
    expect(quick.seen).toHaveLength(EVENTS);
    quick.stop();
  });

  it('goes on without a reader that takes nothing for too long, which reads alone later', async () => {
    const { clock, positions, read, history } = await createHistory({
      bytesMax: 4 * PAGE * 600,
      waitMs: 5_000,
    });
    let isStuck = true;
    const pause = (): Promise<void> => clock.sleep((isStuck ? 20_000 : 0) as Millis);
    const [quick, stuck] = [follow(history.source()), follow(history.source(), undefined, pause)];
    await clock.advance(4_000);
    expect(quick.seen.length).toBeLessThan(EVENTS);
    await clock.advance(2_000);
    expect(quick.seen).toEqual(positions);
    isStuck = false;
    await clock.advance(20_000);
    expect(stuck.seen).toEqual(positions);
    expect(read.events).toBeLessThan(2 * EVENTS);
    [quick, stuck].forEach(({ stop }) => stop());
  });

  it('is read from the earliest start of those that begin near each other', async () => {
    const { clock, positions, read, history } = await createHistory({ bytesMax: 4 * PAGE * 600 });
    const ms = (): Promise<void> => clock.sleep(10 as Millis);
    const later = follow(history.source(), positions[299], ms);
    await clock.advance(25);
    const earlier = follow(history.source(), undefined, ms);
    await clock.advance(1_000);
    expect(later.seen).toEqual(positions.slice(300));
    expect(earlier.seen).toEqual(positions);
    // Only what the later one had read already is read again.
    expect(read.events).toBeLessThan(EVENTS + 8 * PAGE);
    [later, earlier].forEach(({ stop }) => stop());
  });

  it('is read within a budget of events a second, apart from what has none', async () => {
    const { clock, history } = await createHistory();
    const slow = follow(history.source(100));
    const quick = follow(history.source());
    await clock.advance(2_000);
    expect(quick.seen).toHaveLength(EVENTS);
    expect(slow.seen.length).toBeGreaterThan(150);
    expect(slow.seen.length).toBeLessThanOrEqual(200);
    await clock.advance(9_000);
    expect(slow.seen).toEqual(quick.seen);
    [slow, quick].forEach(({ stop }) => stop());
  });

  it('ends with the error of the store, and can be read again', async () => {
    const { clock, positions, read, history } = await createHistory();
    read.error = new Error('The disk is away');
    const failing = [follow(history.source()), follow(history.source())];
    await clock.advance(100);
    expect(await Promise.all(failing.map(({ ended }) => ended))).toEqual([read.error, read.error]);
    read.error = undefined;
    const again = follow(history.source());
    await clock.advance(100);
    expect(again.seen).toEqual(positions);
    again.stop();
  });

  it('ends when the reader stops, also while it waits for a page', async () => {
    const { clock, history } = await createHistory();
    const reader = follow(history.source(1));
    await clock.advance(100);
    reader.stop();
    expect(await reader.ended).toBeUndefined();
  });
});
