import { accept, type Decider, type Fact } from '../../domain/kernel';
import { overridingStore } from '../../tests/support/commands/overriding-store';
import { contextOf, memoryStore, open } from '../../tests/support/commands/box-aggregate';
import { CommandEffects } from './command-effects';
import { grown, initialWeight } from './state-weight';

type Add = { readonly type: 'Add'; readonly text: string };
type Added = Fact<'Added', { text: string }>;

/** Keeps the last text only, so that its state stays small however long its stream is. */
const last: Decider<string, Add, Added, never> = {
  category: 'last',
  initial: '',
  decide: ({ text }) => accept({ type: 'Added', data: { text } }),
  evolve: (_, { data }) => data.text,
};
/** Keeps every text. */
const all: typeof last = { ...last, category: 'all', evolve: (texts, { data }) => texts + data.text };

const bench = (cacheBytesMax: number) => {
  const inner = memoryStore();
  const reads = new Map<string, number>();
  const store = overridingStore(inner, {
    read: (stream, options) => {
      reads.set(stream, (reads.get(stream) ?? 0) + 1);
      return inner.read(stream, options);
    },
  });
  const limits = { cacheBytesMax, commandsRememberedMax: 100 };
  const { aggregates, clock } = open(store, { limits, soleWriter: true });
  let sent = 0;
  const add = (decider: typeof last, id: string, text: string) =>
    clock.drive(
      aggregates.of(decider).execute(id, { type: 'Add', text }, contextOf(`command ${(sent += 1)}`)),
    );
  return { add, reads };
};

describe('the cache of streams', () => {
  it('keeps a long stream that is in use, because its state and its latest commands weigh little', async () => {
    const { add, reads } = bench(40_000);
    for (let turn = 0; turn < 300; turn += 1) {
      await add(last, 'hot', 'x');
      await add(last, `cold${turn}`, 'x');
    }
    // 300 cold streams do not fit, and the hot one has more events than all that fit.
    expect(reads.get('last-hot')).toBe(1);
    await add(last, 'cold0', 'x');
    expect(reads.get('last-cold0')).toBe(2);
  });

  it('weighs states, so that large ones leave no room for others', async () => {
    const { add, reads } = bench(40_000);
    await add(last, 'small', 'x');
    await add(all, 'large', 'x'.repeat(10_000));
    await add(last, 'small', 'x');
    expect(reads.get('last-small')).toBe(1);
    for (const id of ['1', '2', '3', '4']) await add(all, id, 'x'.repeat(10_000));
    await add(last, 'small', 'x');
    expect(reads.get('last-small')).toBe(2);
  });

  it('notices a state that grows by its events', async () => {
    const { add, reads } = bench(40_000);
    for (let turn = 0; turn < 60; turn += 1) await add(all, 'growing', 'x'.repeat(1_000));
    // Over the limit alone: it is read for each command, and nothing else suffers.
    expect(reads.get('all-growing')).toBeGreaterThan(10);
  });
});

describe('the weight of a state', () => {
  it('grows by what is added, and is measured when that could have doubled it', () => {
    let weight = initialWeight;
    let measurements = 0;
    const state = new Proxy(
      { text: 'x'.repeat(20_000) },
      {
        ownKeys: (target) => {
          measurements += 1;
          return Reflect.ownKeys(target);
        },
      },
    );
    for (let event = 0; event < 1_000; event += 1) {
      weight = grown(weight, state, 100);
      expect(weight.bytes).toBeLessThan(60_000);
    }
    expect(measurements).toBeGreaterThan(3);
    expect(measurements).toBeLessThan(20);
  });
});

describe('the places of the events of commands', () => {
  it('join the events of one command, and drop the oldest commands', () => {
    const effects = new CommandEffects(2);
    effects.add('a', { first: 0n, count: 1 });
    effects.add('b', { first: 1n, count: 2 });
    effects.add('b', { first: 3n, count: 1 });
    expect(effects.get('b')).toEqual({ first: 1n, count: 3 });
    effects.add('c', { first: 4_000_000_000n, count: 300 });
    expect(effects.get('a')).toBeUndefined();
    expect(effects.get('c')).toEqual({ first: 4_000_000_000n, count: 300 });
  });
});
