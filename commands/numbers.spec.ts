import { memoryStore } from '../tests/support/commands/box-aggregate';
import fc from 'fast-check';
import { silentLogger } from '../platform/telemetry';
import { flakyEventStore } from '../tests/support/event-store/flaky-event-store';
import { seededRandom } from '../tests/support/time/seeded-random';
import { createVirtualClock } from '../tests/support/time/virtual-clock';
import { createAggregates } from '../platform/execution';
import { createNumbers } from './numbering';

describe('numbers', () => {
  it('are given out once, rising within a process, over processes, restarts and a bad line', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(fc.nat(2), { maxLength: 400 }), async (seed, asks) => {
        const clock = createVirtualClock();
        const random = seededRandom(seed);
        const flakiness = { lost: 0.1, ackLost: 0.1, late: 0.1, readFails: 0 };
        const store = flakyEventStore(memoryStore(), flakiness, { clock, random });
        const processes = [0, 1, 2].map(() => {
          const aggregates = createAggregates({ store, clock, random, logger: silentLogger });
          return createNumbers({ aggregates, clock, random });
        });
        const given = await clock.drive(
          Promise.all(
            asks.map(async (process) => ({ process, number: await processes[process]!.next('order') })),
          ),
        );
        const numbers = given.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const process of [0, 1, 2]) {
          const own = given.filter((one) => one.process === process).map(({ number }) => number);
          expect(own).toEqual([...own].sort((a, b) => a - b));
        }
      }),
      { numRuns: 40 },
    ));

  it('take larger blocks when they are used up', async () => {
    const clock = createVirtualClock();
    const store = memoryStore();
    const aggregates = createAggregates({ store, clock, random: seededRandom(1), logger: silentLogger });
    const numbers = createNumbers({ aggregates, clock, random: seededRandom(2) });
    await clock.drive(Promise.all(Array.from({ length: 5_000 }, () => numbers.next('order'))));
    const sizes: number[] = [];
    for await (const { data } of store.readAll()) sizes.push((data as { count: number }).count);
    expect(sizes).toEqual([100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000]);
  });
});
