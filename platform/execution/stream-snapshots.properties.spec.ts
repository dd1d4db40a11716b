import fc from 'fast-check';
import { accept, plainState, reject, type Decider, type Fact } from '../../domain/kernel';
import { contextOf, memoryStore } from '../../tests/support/commands/box-aggregate';
import { runs } from '../../tests/support/runs';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { memorySnapshots, type Snapshots } from '../event-store';
import { silentLogger } from '../telemetry';
import { createAggregates } from './execute';

type Write = { readonly type: 'Write'; readonly word: string; readonly count: number };
type Written = Fact<'Written', { word: string; number: number }>;
type Book = { readonly words: ReadonlyMap<string, bigint>; readonly number: number };

/** A book of at most 60 words, whose state shows every event. */
const book: Decider<Book, Write, Written, { readonly code: 'FULL'; readonly words: number }> = {
  category: 'book',
  initial: { words: new Map(), number: 0 },
  decide: ({ word, count }, { number }) =>
    number + count > 60
      ? reject({ code: 'FULL', words: number })
      : accept(
          ...Array.from({ length: count }, (_, index): Written => {
            return { type: 'Written', data: { word, number: number + index } };
          }),
        ),
  evolve: ({ words, number }, { data }) => ({
    words: new Map(words).set(data.word, (words.get(data.word) ?? 0n) + BigInt(data.number)),
    number: number + 1,
  }),
  snapshot: plainState(),
};

const bad = (snapshots: Snapshots, harm: (content: Uint8Array) => Uint8Array): Snapshots => ({
  read: async (stream) => {
    const content = await snapshots.read(stream);
    return content && harm(content);
  },
  write: (...write) => snapshots.write(...write),
});

const harms: Readonly<Record<string, (content: Uint8Array) => Uint8Array>> = {
  none: (content) => content,
  'a bit': (content) => content.map((byte, index) => (index === content.length >> 1 ? byte ^ 1 : byte)),
  'the end': (content) => content.subarray(0, content.length - 3),
  everything: () => new Uint8Array(0),
};

const commands = fc.array(
  fc.record({
    command: fc.integer({ min: 0, max: 60 }),
    stream: fc.constantFrom('a', 'b'),
    count: fc.integer({ min: 1, max: 4 }),
    // What happens before the command: nothing, or another process takes over, with this code.
    fold: fc.constantFrom(undefined, undefined, undefined, 'old', 'new'),
    harm: fc.constantFrom(...Object.keys(harms)),
  }),
  { maxLength: 60 },
);

type Sent = typeof commands extends fc.Arbitrary<infer List> ? List : never;

const outcomesOf = async (list: Sent, snapshots: Snapshots | undefined, everyEvents = 3) => {
  const clock = createVirtualClock();
  const store = memoryStore();
  const used = new Map<string, number>();
  const open = (fold: string, harm: string) =>
    createAggregates({
      ...{ store, clock, random: seededRandom(1), logger: silentLogger, soleWriter: true },
      limits: { cacheBytesMax: 1_500, commandsRememberedMax: 5 },
      snapshots: snapshots && {
        store: bad(snapshots, harms[harm]!),
        fold,
        everyEvents,
        onOutcome: (outcome) => used.set(outcome, (used.get(outcome) ?? 0) + 1),
      },
    });
  let aggregates = open('old', 'none');
  const outcomes: unknown[] = [];
  for (const { command, stream, count, fold, harm } of list) {
    if (fold !== undefined) aggregates = open(fold, harm);
    const write: Write = { type: 'Write', word: `word ${command}`, count };
    outcomes.push(await clock.drive(aggregates.of(book).execute(stream, write, contextOf(String(command)))));
    outcomes.push(await clock.drive(aggregates.of(book).load(stream)));
  }
  // As after a restart, with every snapshot that is there.
  const after = open('old', 'none');
  for (const stream of ['a', 'b']) outcomes.push(await clock.drive(after.of(book).load(stream)));
  return { outcomes, used, store };
};

describe('snapshots', () => {
  it('change no decision, state or repeat: of this code or another, whole or damaged', async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        const without = await outcomesOf(list, undefined);
        const withSnapshots = await outcomesOf(list, memorySnapshots());
        expect(withSnapshots.outcomes).toEqual(without.outcomes);
        for (const [outcome, times] of withSnapshots.used)
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
      }),
      { numRuns: runs(400) },
    );
    for (const outcome of ['used', 'unfit', 'absent', 'written'])
      expect(outcomes.get(outcome)).toBeGreaterThan(20);
  });
});
