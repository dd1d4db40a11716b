import { accept, plainState, type Decider, type Fact } from '../../domain/kernel';
import { contextOf, memoryStore } from '../../tests/support/commands/box-aggregate';
import { overridingStore } from '../../tests/support/commands/overriding-store';
import { eventually } from '../../tests/support/time/eventually';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { Deferred } from '../clock';
import { memorySnapshots, positionOf, streamName, type EventStore, type Snapshots } from '../event-store';
import { Fault } from '../faults';
import { silentLogger } from '../telemetry';
import { createAggregates } from './execute';
import type { SnapshotOutcome } from './stream-snapshots';

type Count = { readonly type: 'Count' };
type Counted = Fact<'Counted', { number: number }>;

const counter: Decider<number, Count, Counted, never> = {
  category: 'counter',
  initial: 0,
  decide: (_, number) => accept({ type: 'Counted', data: { number: number + 1 } }),
  evolve: (_, { data }) => data.number,
  snapshot: plainState(),
};
const stream = streamName('counter', 'a');

const clock = createVirtualClock();

/** A process over a store. `read`: the revisions from which it has read the stream. */
const start = (inner: EventStore, snapshots: Snapshots, { fold = 'this code', decider = counter } = {}) => {
  const read: (bigint | undefined)[] = [];
  const outcomes: SnapshotOutcome[] = [];
  const store = overridingStore(inner, {
    read: (name, options) => {
      read.push(options?.from);
      return inner.read(name, options);
    },
  });
  const aggregates = createAggregates({
    ...{ store, clock, random: seededRandom(1), logger: silentLogger, soleWriter: true },
    snapshots: {
      store: snapshots,
      fold,
      everyEvents: 10,
      onOutcome: (outcome) => outcomes.push(outcome),
    },
  });
  let sent = 0;
  /** @returns the numbers that each command has counted. */
  const count = async (times: number, id = 'a'): Promise<readonly (readonly number[])[]> => {
    const counted: (readonly number[])[] = [];
    for (let time = 0; time < times; time += 1) {
      const answer = await clock.drive(
        aggregates.of(decider).execute(id, { type: 'Count' }, contextOf(`${fold} ${(sent += 1)}`)),
      );
      counted.push(answer.kind === 'accepted' ? answer.events.map(({ data }) => data.number) : []);
    }
    return counted;
  };
  return { read, outcomes, count, load: () => clock.drive(aggregates.of(decider).load('a')) };
};

describe('a stream with a snapshot', () => {
  it('is read from its snapshot on by the next process', async () => {
    const [store, snapshots] = [memoryStore(), memorySnapshots()];
    const first = start(store, snapshots);
    await first.count(25);
    expect(first.outcomes).toEqual(['absent', 'written', 'written']);
    const next = start(store, snapshots);
    expect(await next.load()).toBe(25);
    expect(next.read).toEqual([19n]);
    expect(next.outcomes).toEqual(['used']);
  });

  it('is read whole by other code, which then makes a snapshot of its own', async () => {
    const [store, snapshots] = [memoryStore(), memorySnapshots()];
    await start(store, snapshots).count(25);
    const other = start(store, snapshots, { fold: 'other code' });
    await other.count(6);
    expect(other.read).toEqual([0n]);
    expect(other.outcomes).toEqual(['unfit', 'written', 'written']);
    const next = start(store, snapshots, { fold: 'other code' });
    expect(await next.load()).toBe(31);
    expect(next.read).toEqual([29n]);
  });

  it('is read whole if it is not the stream of the snapshot: restored to an earlier moment, or replaced', async () => {
    const snapshots = memorySnapshots();
    await start(memoryStore(), snapshots).count(25);
    const shorter = memoryStore();
    await start(shorter, memorySnapshots()).count(12);
    const restored = start(shorter, snapshots);
    expect(await restored.load()).toBe(12);
    expect(restored.outcomes[0]).toBe('unfit');
    const longer = memoryStore();
    await start(longer, memorySnapshots(), { fold: 'another history' }).count(40);
    const replaced = start(longer, snapshots);
    expect(await replaced.load()).toBe(40);
    expect(replaced.outcomes[0]).toBe('unfit');
  });

  it('is empty when the stream was erased', async () => {
    const [store, snapshots] = [memoryStore(), memorySnapshots()];
    await start(store, snapshots).count(25);
    await store.tombstone(stream, 24n);
    expect(await start(store, snapshots).load()).toBe(0);
  });

  it('answers a repeat of a command from before the snapshot, and of one after it', async () => {
    const [store, snapshots] = [memoryStore(), memorySnapshots()];
    const first = await start(store, snapshots).count(25);
    expect(first).toEqual(Array.from({ length: 25 }, (_, index) => [index + 1]));
    const again = start(store, snapshots);
    expect(await again.count(25)).toEqual(first);
    expect(await again.load()).toBe(25);
  });

  it('does not contain the commands that came after its state, when it is written later', async () => {
    const [store, snapshots] = [memoryStore(), memorySnapshots()];
    const released = new Deferred<void>();
    const slow: Snapshots = {
      read: (name) => snapshots.read(name),
      write: async (...write) => {
        await released.promise;
        await snapshots.write(...write);
      },
    };
    const first = start(store, slow);
    await first.count(10, 'b');
    const counted = await first.count(15);
    released.resolve();
    await eventually(async () => (await snapshots.read(stream)) !== undefined);
    const again = start(store, snapshots);
    // The first ten commands of this process had other ids in the other stream.
    await again.count(10, 'b');
    expect(await again.count(15)).toEqual(counted);
    expect(again.read).toContain(9n);
  });

  it('of a decider without snapshots is never looked for', async () => {
    const [store, snapshots] = [memoryStore(), memorySnapshots()];
    const plain = start(store, snapshots, { decider: { ...counter, snapshot: undefined } });
    await plain.count(25);
    expect(plain.outcomes).toEqual([]);
  });

  it('works as without, while the store of snapshots fails or hangs', async () => {
    const hanging: Snapshots = {
      read: () => new Promise(() => undefined),
      write: () => new Promise(() => undefined),
    };
    const failing: Snapshots = {
      read: () => Promise.reject(new Fault('STORE_UNAVAILABLE', 'no')),
      write: () => Promise.reject(new Fault('STORE_FULL', 'no')),
    };
    for (const snapshots of [hanging, failing]) {
      const store = memoryStore();
      const bench = start(store, snapshots);
      await bench.count(25);
      await clock.advance(60_000);
      expect(await bench.load()).toBe(25);
      expect(bench.outcomes).toContain('failed');
    }
  });

  it('is not kept back by damaged bytes with a right checksum of their own', async () => {
    const store = memoryStore();
    await start(store, memorySnapshots()).count(12);
    const snapshots = memorySnapshots();
    await snapshots.write(stream, Uint8Array.of(0, 0, 0, 0), positionOf(1));
    const bench = start(store, snapshots);
    expect(await bench.load()).toBe(12);
    expect(bench.outcomes).toEqual(['unfit', 'written']);
  });
});
