import fc from 'fast-check';
import { runs } from '../../tests/support/runs';
import {
  counters,
  createRecorder,
  everyEventOf,
  plainCounters,
  type Counter,
  type CountingEvent,
} from '../../tests/support/projections/counting';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { memoryEventStore } from '../event-store';
import { Fault } from '../faults';
import { memoryReadModels, type ReadModels } from '../read-models';
import { startProjectionDaemon, type ProjectionDaemon } from './index';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('CounterAdded'), data: fc.record({ to: name, by: fc.nat(9) }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('CounterMoved'), data: fc.record({ from: name, to: name }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('CounterRemoved'), data: fc.record({ id: name }) }) },
  fc.record({ type: fc.constant('CounterLookedAt'), data: fc.record({ id: name }) }),
  fc.record({ type: fc.constant('CounterPoisoned'), data: fc.record({ first: name, second: name }) }),
  fc.record({ type: fc.constant('CounterGarbled'), data: fc.constant({}) }),
  fc.record({ type: fc.constant('WeatherChanged'), data: fc.constant({}) }),
) as fc.Arbitrary<CountingEvent>;

type Step =
  | { readonly kind: 'record'; readonly events: readonly CountingEvent[] }
  | { readonly kind: 'restart'; readonly version: number }
  | { readonly kind: 'pause' | 'resume' | 'rebuild' }
  | { readonly kind: 'let time pass'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      events: fc.array(event, { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('let time pass' as const), ms: fc.nat(700) }) },
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'rebuild' as const) }),
  // With code that declares an older or a newer version than the one before.
  fc.record({ kind: fc.constant('restart' as const), version: fc.constantFrom(1, 2) }),
);

/** Fails now and then, before or after it has done what it was asked to. */
const unreliable = (
  readModels: ReadModels,
  random: () => number,
  luck: { readonly bad: number },
): ReadModels => {
  const fail = (): void => {
    if (random() < luck.bad) throw new Fault('READ_MODELS_UNAVAILABLE', 'Bad luck');
  };
  return new Proxy(readModels, {
    get: (target, property) => {
      const method = Reflect.get(target, property) as (...values: unknown[]) => Promise<unknown>;
      if (property !== 'write' && property !== 'getMany') return method.bind(target);
      return async (...values: unknown[]) => {
        fail();
        const answer = await method.apply(target, values);
        fail();
        return answer;
      };
    },
  });
};

describe('running projections', () => {
  it('have the result of a plain fold of the events, with any batches, failures and restarts', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        fc.record({
          batchMax: fc.integer({ min: 1, max: 7 }),
          waitingMax: fc.integer({ min: 1, max: 9 }),
          historyPageMax: fc.integer({ min: 1, max: 4 }),
          bulkMax: fc.integer({ min: 1, max: 20 }),
        }),
        fc.nat(),
        fc.constantFrom(0, 0.1, 0.4),
        async (steps, limits, seed, bad) => {
          const luck = { bad };
          const clock = createVirtualClock();
          const random = seededRandom(seed);
          const store = memoryEventStore(clock);
          const readModels = memoryReadModels();
          const record = createRecorder(store);
          const start = (version: number): Promise<ProjectionDaemon> =>
            startProjectionDaemon({
              ...{ store, clock, random, projections: [counters('left', version), counters('right')] },
              readModels: unreliable(readModels, () => random.next(), luck),
              limits: { ...limits, documentBytesMax: 1_500 },
            }).catch(() => start(version));

          let runtime = await clock.drive(start(1));
          // Luck may be against a step; the end is what counts.
          const tryTo = (work: () => Promise<unknown>): Promise<unknown> =>
            clock.drive(work().catch(() => undefined));
          for (const one of steps) {
            if (one.kind === 'record') await record(...one.events);
            else if (one.kind === 'let time pass') await clock.advance(one.ms);
            else if (one.kind === 'restart') {
              await clock.drive(runtime.stop());
              runtime = await clock.drive(start(one.version));
            } else await tryTo(async () => runtime[one.kind]('left'));
          }
          luck.bad = 0;
          await clock.drive(runtime.resume('left'));
          const rebuild = (await runtime.status()).find(({ name }) => name === 'left')?.rebuild;
          if (rebuild) await clock.drive(runtime.resume('left', rebuild.version));
          const head = (await store.head()) ?? (await record({ type: 'WeatherChanged', data: {} }));
          expect(await clock.drive(runtime.waitForAll(head, 60_000))).toBe(true);

          const expected = plainCounters(await everyEventOf(store));
          for (const { collection } of [counters('left'), counters('right')]) {
            const version = await readModels.promoted(collection.name);
            const served = { ...collection, version: version ?? 0 };
            const found = await readModels.getMany<Counter>(served, ['a', 'b', 'c', 'd']);
            expect(new Map(found.map(({ document }) => [document.id, document]))).toEqual(expected);
            const verified = await clock.drive(runtime.verify(collection.name));
            expect(verified.differences).toEqual([]);
          }
          await clock.drive(runtime.stop());
        },
      ),
      { numRuns: runs(150) },
    ));
});
