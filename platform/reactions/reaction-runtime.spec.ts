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
      workflows: [{ name: 'test', reactions: { Happened: reaction } }],
      ...more,
    });
    runtime.start();
    return runtime;
  };
  return { clock, store, checkpoints, parking, start };
};

const nameOf = ({ id }: RecordedEvent): string => id;

describe('the workflow runtime', () => {
  it('reacts to the events of one order in their order, and to other orders beside it', async () => {
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

  it('tries again what meets a passing fault', async () => {
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

  it('parks what keeps meeting faults, and takes it up by itself later', async () => {
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

  it('parks at once what has to wait, and tries it when something happens that it may wait for', async () => {
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

  it('parks a bug for somebody to look at, and leaves it there', async () => {
    const { clock, store, parking, start } = open(async () => {
      throw new Error('a bug');
    });
    await write(store, 'a', 1);
    start();
    await clock.advance(600_000);
    expect(parking.all()).toMatchObject([{ reason: 'a bug', retry: 'by-hand' }]);
  });

  it('does not pass over what can neither be done nor parked', async () => {
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

  it('stops while reactions wait, and does after the next start what was left', async () => {
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

  it('goes on from its checkpoint', async () => {
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

  it('reads on only as far as it may keep', async () => {
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

  it('lets no other kind of reaction wait for one that hangs', async () => {
    const done: string[] = [];
    const workflows = [
      {
        name: 'test',
        reactions: {
          Happened: () => new Promise<void>(() => undefined),
          Followed: async (event: RecordedEvent) => void done.push(nameOf(event)),
        },
      },
    ];
    const { clock, store, start } = open(async () => undefined, { workflows, limits: { concurrentMax: 2 } });
    for (const id of ['a', 'b', 'c']) await write(store, id, 1);
    await write(store, 'd', 1, 'Followed');
    start();
    await clock.advance(100);
    expect(done).toEqual(['d-0']);
  });

  it('lets nobody wait for one that rests before its next try', async () => {
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

  it('lets neither what is new nor what is parked wait for a parked one that hangs', async () => {
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

  it('tries again at once when it is told to while it looks at what is parked', async () => {
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
