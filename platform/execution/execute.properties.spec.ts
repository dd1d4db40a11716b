import fc from 'fast-check';
import { runs } from '../../tests/support/runs';
import type { RecordedEvent } from '../event-store';
import { isFault } from '../faults';
import { silentLogger } from '../telemetry';
import {
  bus,
  contextOf,
  eventsOf,
  idOf,
  type Take,
  type Taken,
  memoryStore,
} from '../../tests/support/commands/box-aggregate';
import { flakyEventStore } from '../../tests/support/event-store/flaky-event-store';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { createAggregates } from './execute';

const effectsOf = (events: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> => {
  const effects = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const { $causationId } = event.metadata;
    effects.set($causationId, [...(effects.get($causationId) ?? []), event]);
  }
  return effects;
};

describe('execute over a bad line, with several writers', () => {
  const chance = fc.double({ min: 0, max: 0.25, noNaN: true });
  const flakiness = fc.record({ lost: chance, ackLost: chance, late: chance, readFails: chance });
  const commands = fc.array(
    fc.record({
      name: fc.integer({ min: 0, max: 15 }),
      stream: fc.constantFrom('a', 'b'),
      writer: fc.integer({ min: 0, max: 2 }),
      count: fc.integer({ min: 1, max: 3 }),
      pause: fc.integer({ min: 0, max: 40 }),
      timeoutMs: fc.constantFrom(30, 400, 10_000),
    }),
    { maxLength: 40 },
  );

  it(
    'keeps what it acknowledged, once, whole or not at all (V1, V2, V3, V5)',
    () =>
      fc.assert(
        fc.asyncProperty(flakiness, commands, fc.nat(), async (bad, list, seed) => {
          const clock = createVirtualClock();
          const random = seededRandom(seed);
          const inner = memoryStore();
          const line = flakyEventStore(inner, bad, { clock, random });
          const writers = [0, 1, 2].map(() =>
            createAggregates({
              store: line,
              clock,
              random,
              logger: silentLogger,
              limits: { cacheBytesMax: 1_200 },
            }),
          );
          const sizes = new Map<string, Set<number>>();
          const acked: { stream: string; id: string; events: readonly Taken[] }[] = [];
          const sent = list.map(async ({ name, stream, writer, count, pause, timeoutMs }, index) => {
            await clock.sleep((index * pause) as never);
            const id = `${stream}${name}`;
            sizes.set(idOf(id), (sizes.get(idOf(id)) ?? new Set()).add(count));
            try {
              const command: Take = { type: 'TakeSeat', by: id, count };
              const answer = await writers[writer]!.of(bus).execute(
                stream,
                command,
                contextOf(id, { timeoutMs }),
                { assumeNew: writer === 2 },
              );
              if (answer.kind === 'accepted') acked.push({ stream, id, events: answer.events });
            } catch (error) {
              if (!isFault(error)) throw error;
            }
          });
          await clock.drive(Promise.all(sent));
          await clock.advance(60_000);

          for (const stream of ['a', 'b']) {
            const events = await eventsOf(inner, stream);
            expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => BigInt(index)));
            expect(events.map(({ data }) => (data as Taken['data']).seat)).toEqual(
              events.map((_, index) => index + 1),
            );
            const byCommand = effectsOf(events);
            for (const [commandId, effect] of byCommand)
              expect(sizes.get(commandId)).toContain(effect.length);
            for (const { id, events: promised } of acked.filter((ack) => ack.stream === stream))
              expect(byCommand.get(idOf(id))?.map(({ data }) => data)).toEqual(
                promised.map(({ data }) => data),
              );
          }
        }),
        { numRuns: runs(500) },
      ),
    60_000,
  );
});
