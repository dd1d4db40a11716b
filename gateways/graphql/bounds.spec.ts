import { setImmediate as nextTurn } from 'node:timers/promises';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { createRateLimit } from '../../platform/rate-limit';
import { createBatch } from './batch';

describe('a rate limit', () => {
  it('lets a burst pass, and then so many a second', async () => {
    const clock = createVirtualClock();
    const may = createRateLimit({ perSecond: 2, burst: 3, clientsMax: 10 }, clock);
    const passed = (asks: number): number =>
      Array.from({ length: asks }, () => may('a')).filter(Boolean).length;
    expect(passed(10)).toBe(3);
    await clock.advance(1_000);
    expect(passed(10)).toBe(2);
    await clock.advance(60_000);
    expect(passed(10)).toBe(3);
    expect(may('b')).toBe(true);
  });

  it('forgets who was quiet for longest', () => {
    const may = createRateLimit({ perSecond: 0.001, burst: 1, clientsMax: 2 }, createVirtualClock());
    expect([may('a'), may('b'), may('a'), may('c')]).toEqual([true, true, false, true]);
    // `b` was forgotten for `c`, and `a` was not.
    expect([may('a'), may('b')]).toEqual([false, true]);
  });
});

describe('a batch', () => {
  type Thing = { readonly id: string };
  const batchOf = (load: (ids: readonly string[]) => Promise<readonly Thing[]>) =>
    createBatch<string, Thing>(load, ({ id }) => id);

  it('reads what is asked for in one turn at once, each thing once', async () => {
    const reads: (readonly string[])[] = [];
    const find = batchOf(async (ids) => {
      reads.push(ids);
      return ids.filter((id) => id !== 'none').map((id) => ({ id }));
    });
    expect(await Promise.all([find('b'), find('a'), find('b'), find('none')])).toEqual([
      { id: 'b' },
      { id: 'a' },
      { id: 'b' },
      undefined,
    ]);
    await nextTurn();
    expect(reads).toEqual([['b', 'a', 'none']]);
  });

  it('keeps nothing: what changed in between is read anew', async () => {
    let reads = 0;
    const find = batchOf(async (ids) => {
      reads += 1;
      return ids.map((id) => ({ id }));
    });
    await find('a');
    await find('a');
    expect(reads).toBe(2);
  });

  it('tells everybody who waits of a failure', async () => {
    const find = batchOf(() => Promise.reject(new Error('gone')));
    const answers = await Promise.allSettled([find('a'), find('b')]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
