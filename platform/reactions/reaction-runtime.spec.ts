import { memoryStore } from '../../tests/support/commands/box-aggregate';
import type { EventStore, NewEvent, RecordedEvent, StreamName } from '../event-store';
import { Fault } from '../faults';
import { silentLogger } from '../telemetry';
import {
  createMemoryCheckpoints,
  createMemoryParking,
} from '../../tests/support/commands/memory-workflow-ports';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { createReactionRuntime, type ReactionRuntimeDeps } from './reaction-runtime';
import { RetryLater, type Reaction } from './reactor';

const happened = (orderId: string, index: number, type = 'Happened'): NewEvent => ({
  id: `${orderId}-${index}`,
  type,
  data: { orderId, index },
  metadata: { $correlationId: 'c', $causationId: `${orderId}-${index}`, actor: 'system:test', schema: 1 },
});

const write = async (store: EventStore, orderId: string, count: number, type?: string): Promise<void> => {
  const events = Array.from({ length: count }, (_, index) => happened(orderId, index, type));
  await store.append(`order-${orderId}` as StreamName, 'no-stream', events);
};

const open = (reaction: Reaction, more: Partial<ReactionRuntimeDeps> = {}) => {
  const clock = createVirtualClock();
  const store = memoryStore();
  const checkpoints = createMemoryCheckpoints();
  const parking = createMemoryParking();
  const start = () => {
    const runtime = createReactionRuntime({
      clock,
      store,
      checkpoints,
      parking,
      random: seededRandom(5),
      logger: silentLogger,
      reactors: [{ name: 'test', reactions: { Happened: reaction } }],
      ...more,
    });
    runtime.start();
    return runtime;
  };
  return { clock, store, checkpoints, parking, start };
};

const nameOf = ({ id }: RecordedEvent): string => id;

describe('the reaction runtime', () => {
  it('reacts to the events of one order in order, and to other orders in parallel', async () => {
    const seen: string[] = [];
    const { clock, store, start } = open(async (event) => {
      // The first event of `a` takes long.
      if (nameOf(event) === 'a-0') await clock.sleep(1_000 as never);
      seen.push(nameOf(event));
    });
    await write(store, 'a', 3);
    await write(store, 'b', 2);
    const runtime = start();
    await clock.advance(500);
    expect(seen).toEqual(['b-0', 'b-1']);
    // Nothing is done as far as a restart is concerned, because the first event is not.
    expect(runtime.status().position).toBeUndefined();
    await clock.advance(1_000);
    expect(seen).toEqual(['b-0', 'b-1', 'a-0', 'a-1', 'a-2']);
    expect(runtime.status()).toEqual({ position: await store.head(), kept: 0 });
  });

  it('retries a reaction after a temporary fault', async () => {
    let tries = 0;
    const { clock, store, parking, start } = open(async () => {
      tries += 1;
      if (tries < 4) throw new Fault('STORE_UNAVAILABLE', 'down');
    });
    await write(store, 'a', 1);
    start();
    await clock.advance(5_000);
    expect(tries).toBe(4);
    expect(parking.all()).toEqual([]);
  });

  it('parks a reaction that keeps failing with faults, and retries it automatically later', async () => {
    let isDown = true;
    const done: string[] = [];
    const { clock, store, parking, start } = open(async (event) => {
      if (isDown && nameOf(event) === 'a-0') throw new Fault('STORE_UNAVAILABLE', 'down');
      done.push(nameOf(event));
    });
    await write(store, 'a', 2);
    const runtime = start();
    await clock.advance(120_000);
    expect(parking.all()).toMatchObject([{ id: 'a-0/test', retry: 'by-itself', reason: 'down' }]);
    expect(runtime.status().kept).toBe(0);
    isDown = false;
    await clock.advance(60_000);
    expect(done).toEqual(['a-1', 'a-0']);
    expect(parking.all()).toEqual([]);
  });

  it('parks a reaction that must wait at once, and retries it after an event that may end the wait', async () => {
    let isReady = false;
    const { clock, store, parking, start } = open(
      async () => {
        if (!isReady) throw new RetryLater('not ready');
      },
      { retryOn: ['Ready'], limits: { retryEveryMs: 3_600_000 } },
    );
    await write(store, 'a', 1);
    start();
    await clock.advance(100);
    expect(parking.all()).toMatchObject([{ reason: 'not ready', retry: 'by-itself' }]);
    isReady = true;
    await write(store, 'x', 1, 'Ready');
    await clock.advance(100);
    expect(parking.all()).toEqual([]);
  });

  it('parks a bug for an operator, and does not retry it', async () => {
    const { clock, store, parking, start } = open(async () => {
      throw new Error('a bug');
    });
    await write(store, 'a', 1);
    start();
    await clock.advance(600_000);
    expect(parking.all()).toMatchObject([{ reason: 'a bug', retry: 'by-hand' }]);
  });

  it('does not skip a reaction that can be neither done nor parked', async () => {
    let isFull = true;
    const parking = createMemoryParking();
    const { clock, store, start } = open(
      async () => {
        throw new Error('a bug');
      },
      {
        parking: {
          ...parking,
          park: async (reaction) => {
            if (isFull) throw new Error('no room');
            await parking.park(reaction);
          },
        },
      },
    );
    await write(store, 'a', 1);
    const runtime = start();
    await clock.advance(60_000);
    expect(runtime.status().position).toBeUndefined();
    isFull = false;
    await clock.advance(60_000);
    expect(parking.all()).toHaveLength(1);
    expect(runtime.status().position).toBe(await store.head());
  });

  it('stops while reactions wait, and runs them after the next start', async () => {
    const done: string[] = [];
    let isDown = true;
    const { clock, store, start } = open(async (event) => {
      if (isDown && nameOf(event) === 'b-0') throw new Fault('STORE_UNAVAILABLE', 'down');
      done.push(nameOf(event));
    });
    await write(store, 'a', 1);
    await write(store, 'b', 1);
    const runtime = start();
    await clock.advance(100);
    await clock.drive(runtime.stop());
    isDown = false;
    start();
    await clock.advance(1_000);
    expect(done).toEqual(['a-0', 'b-0']);
  });

  it('continues at its checkpoint', async () => {
    const done: string[] = [];
    const { clock, store, start } = open(async (event) => void done.push(nameOf(event)));
    await write(store, 'a', 2);
    const runtime = start();
    await clock.advance(1_000);
    await clock.drive(runtime.stop());
    await write(store, 'b', 1);
    start();
    await clock.advance(1_000);
    expect(done).toEqual(['a-0', 'a-1', 'b-0']);
  });

  it('reads only up to its limit of unfinished events', async () => {
    let begun = 0;
    const { clock, store, start } = open(
      async () => {
        begun += 1;
        await new Promise(() => undefined);
      },
      { limits: { keptMax: 3 } },
    );
    for (const id of ['a', 'b', 'c', 'd', 'e']) await write(store, id, 1);
    const runtime = start();
    await clock.advance(1_000);
    expect(begun).toBe(3);
    expect(runtime.status().kept).toBe(3);
  });

  it('does not delay other kinds of reactions by one that hangs', async () => {
    const done: string[] = [];
    const reactors = [
      {
        name: 'test',
        reactions: {
          Happened: () => new Promise<void>(() => undefined),
          Followed: async (event: RecordedEvent) => void done.push(nameOf(event)),
        },
      },
    ];
    const { clock, store, start } = open(async () => undefined, { reactors, limits: { concurrentMax: 2 } });
    for (const id of ['a', 'b', 'c']) await write(store, id, 1);
    await write(store, 'd', 1, 'Followed');
    start();
    await clock.advance(100);
    expect(done).toEqual(['d-0']);
  });

  it('does not delay others by a reaction that waits for its next attempt', async () => {
    const done: string[] = [];
    const { clock, store, start } = open(
      async (event) => {
        if (nameOf(event) === 'a-0') throw new Fault('STORE_UNAVAILABLE', 'down');
        done.push(nameOf(event));
      },
      { limits: { concurrentMax: 1, backoff: { baseMs: 10_000, factor: 1, maxMs: 10_000 } } },
    );
    await write(store, 'a', 1);
    await write(store, 'b', 1);
    start();
    await clock.advance(100);
    expect(done).toEqual(['b-0']);
  });

  it('delays neither new nor parked reactions by a parked one that hangs', async () => {
    const done: string[] = [];
    let tries = 0;
    const { clock, store, parking, start } = open(
      async (event) => {
        if (nameOf(event) === 'a-0') {
          tries += 1;
          if (tries > 1) await new Promise(() => undefined);
          throw new RetryLater('not ready');
        }
        if (nameOf(event) === 'b-0' && tries < 2) throw new RetryLater('not ready');
        done.push(nameOf(event));
      },
      { limits: { concurrentMax: 1, concurrentRetriesMax: 2, retryEveryMs: 1_000 } },
    );
    await write(store, 'a', 1);
    start();
    await clock.advance(100);
    await write(store, 'b', 1);
    await clock.advance(1_100);
    expect(tries).toBe(2);
    await write(store, 'c', 1);
    await clock.advance(1_000);
    expect(done.sort()).toEqual(['b-0', 'c-0']);
    expect(parking.all()).toMatchObject([{ id: 'a-0/test' }]);
  });

  it('retries at once if that is requested during a round of retries', async () => {
    let isReady = false;
    let looks = 0;
    let look: () => void = () => undefined;
    const looked = new Promise<void>((resolve) => (look = resolve));
    const parking = createMemoryParking();
    const { clock, store, start } = open(
      async () => {
        if (!isReady) throw new RetryLater('not ready');
      },
      {
        retryOn: ['Ready'],
        limits: { retryEveryMs: 1_000 },
        parking: {
          ...parking,
          list: async (...asked) => {
            const found = await parking.list(...asked);
            looks += 1;
            if (looks > 1) return found;
            await looked;
            return [];
          },
        },
      },
    );
    await write(store, 'a', 1);
    start();
    await clock.advance(1_500);
    isReady = true;
    await write(store, 'x', 1, 'Ready');
    await clock.advance(10);
    look();
    await clock.advance(10);
    expect(looks).toBe(2);
    expect(parking.all()).toEqual([]);
  });
});
