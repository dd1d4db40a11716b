import { bus, contextOf, idOf, memoryStore, open, take } from '../../tests/support/commands/box-aggregate';
import { overridingStore } from '../../tests/support/commands/overriding-store';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { shareSubscription, type RecordedEvent } from '../event-store';
import { silentLogger } from '../telemetry';

describe('load and effectOf beside a subscription', () => {
  const follow = () => {
    const inner = memoryStore();
    let reads = 0;
    const counted = overridingStore(inner, {
      read: (...args) => {
        reads += 1;
        return inner.read(...args);
      },
    });
    const clock = createVirtualClock();
    const surroundings = { clock, random: seededRandom(2), logger: silentLogger };
    const store = shareSubscription(counted, { ...surroundings, limits: { wakeEveryMs: 0 } });
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    void (async () => {
      for await (const { events } of store.subscribe({ signal: stop.signal })) seen.push(...events);
    })();
    const bench = open(store, { heads: store }, clock);
    const readsOf = async <Result>(work: () => Promise<Result>) => {
      const before = reads;
      const result = await clock.drive(work());
      return { result, reads: reads - before };
    };
    return { bench, other: open(inner, {}, clock), stop, seen, readsOf, settle: () => clock.advance(100) };
  };

  it('read nothing that this process has written', async () => {
    const { bench, readsOf, settle } = follow();
    await settle();
    await readsOf(() => take(bench, 'one', {}, 2));
    await settle();
    const loaded = await readsOf(() => bench.aggregates.of(bus).load('a'));
    expect(loaded).toEqual({ result: 2, reads: 0 });
    const assumed = { type: 'TakeSeat', by: 'new' } as const;
    await readsOf(() =>
      bench.aggregates.of(bus).execute('b', assumed, contextOf('new'), { assumeNew: true }),
    );
    expect(await readsOf(() => bench.aggregates.of(bus).load('b'))).toEqual({ result: 1, reads: 0 });
    const effect = await readsOf(() => bench.aggregates.of(bus).effectOf('a', idOf('one')));
    expect(effect.result?.events).toHaveLength(2);
    expect(effect.reads).toBe(0);
  });

  it('have what another process has written as soon as a follower has received it', async () => {
    const { bench, other, readsOf, seen, settle } = follow();
    await settle();
    await readsOf(() => take(bench, 'one'));
    await readsOf(() => take(other, 'two'));
    await settle();
    expect(seen).toHaveLength(2);
    expect(await readsOf(() => bench.aggregates.of(bus).load('a'))).toEqual({ result: 2, reads: 1 });
    expect(await readsOf(() => bench.aggregates.of(bus).load('a'))).toEqual({ result: 2, reads: 0 });
  });

  it('read again while the subscription is not live', async () => {
    const { bench, other, readsOf, stop, settle } = follow();
    await settle();
    await readsOf(() => take(bench, 'one'));
    stop.abort();
    await settle();
    await readsOf(() => take(other, 'two'));
    expect(await readsOf(() => bench.aggregates.of(bus).load('a'))).toEqual({ result: 2, reads: 1 });
  });

  it('do not make a rejection stale, which is checked in the store', async () => {
    const { bench, readsOf, settle } = follow();
    await settle();
    await readsOf(() => take(bench, 'one', {}, 40));
    await settle();
    const { result, reads } = await readsOf(() => take(bench, 'late'));
    expect(result).toMatchObject({ kind: 'rejected' });
    expect(reads).toBe(1);
  });
});
