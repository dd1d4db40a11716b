import { buy, createOrderBench, furnish } from '../../tests/support/commands/order-fixture';
import { seededRandom } from '../../tests/support/time/seeded-random';
import type { RecordedEvent } from '../../platform/event-store';
import { keyCache, memoryPersonKeys, personalEvents } from '../../platform/personal-data';
import { memoryReadModels } from '../../platform/read-models';
import { silentLogger } from '../../platform/telemetry';
import { carts } from '../../projections/carts';
import { warehouses } from '../../projections/warehouses';
import { personalData } from '../composition/aggregates';
import { historyInvariants } from './invariants';
import { watchInvariants, type WatchDeps, type WatchLimits } from './watch';

const unlimited: WatchLimits = { checkMs: 1e9, eventsMax: 1e9 };

/** A history of delivered orders, and a watch of it whose clock goes on by a millisecond at each look. */
const open = async (
  limits = unlimited,
  change = (events: readonly RecordedEvent[]) => events,
  projections: WatchDeps['projections'] = [warehouses],
) => {
  const bench = createOrderBench();
  const { mug } = await furnish(bench);
  bench.start();
  const order = async (): Promise<void> => {
    await buy(bench, [[mug, 2]]);
    await bench.settle();
  };
  await order();
  const events = async () => change(await bench.events());
  let read = 0;
  /** The store fails once, when this many events were read. */
  let failsAfter: number | undefined;
  const onReadRaw = (): void => {
    if (read === failsAfter) {
      failsAfter = undefined;
      throw new Error('The store is away');
    }
    read += 1;
  };
  const storeOf = (onRead: () => void): WatchDeps['store'] => {
    const readAll = async function* ({ after }: { readonly after?: string } = {}) {
      const all = await events();
      for (const event of all.slice(all.findIndex(({ position }) => position === after) + 1)) {
        onRead();
        yield event;
      }
    };
    return { readAll } as unknown as WatchDeps['store'];
  };
  const rawStore = storeOf(onReadRaw);
  const store = storeOf(() => undefined);
  let nowMs = 0;
  const clock = { ...bench.clock, monotonicMs: () => (nowMs += 1), sleep: () => Promise.resolve() };
  const keys = keyCache(memoryPersonKeys(seededRandom(1)), bench.clock);
  const deps = { clock, logger: silentLogger, readModels: memoryReadModels(), projections };
  const personal = personalEvents(personalData, keys, seededRandom(2));
  const watch = watchInvariants({ ...deps, personal, store, rawStore }, limits);
  const of = (id: string) => watch.report().invariants.find((one) => one.id === id)!;
  const runCheck = async (): Promise<string | null> => {
    watch.check();
    while (watch.report().progress !== null) await new Promise(setImmediate);
    return watch.report().failure;
  };
  return {
    ...{ watch, of, order, events },
    reads: () => read,
    check: async (): Promise<void> => expect(await runCheck()).toBeNull(),
    failAfter: async (count: number): Promise<void> => {
      failsAfter = read + count;
      expect(await runCheck()).toContain('failed');
    },
    head: async () => (await events()).at(-1)?.position,
  };
};

it('says nothing of what was not looked at', async () => {
  const { watch } = await open();
  for (const { checkedAt, position, lookedAt } of watch.report().invariants)
    expect({ checkedAt, position, lookedAt }).toEqual({ checkedAt: null, position: null, lookedAt: 0 });
});

it('looks at the whole history, and leaves out what only other checks can know', async () => {
  const { of, check, head } = await open();
  await check();
  for (const id of historyInvariants) {
    const { position, lookedAt, breaches } = of(id);
    expect({ id, position, breaches }).toEqual({ id, position: await head(), breaches: [] });
    expect(lookedAt).toBeGreaterThan(0);
  }
  for (const id of ['V1', 'V3', 'V7']) expect(of(id)).toMatchObject({ checkedAt: null, lookedAt: 0 });
  expect(of('V7').note).toContain('waybill verify --settled');
  expect(of('V6')).toMatchObject({ unit: 'documents', note: null });
});

it('goes on where the last check ended', async () => {
  const { of, check, head, order, reads, events } = await open();
  await check();
  const before = (await events()).length;
  await order();
  const after = (await events()).length;
  const readBefore = reads();
  await check();
  expect(of('V2')).toMatchObject({ position: await head(), breachCount: 0 });
  expect(reads() - readBefore).toBe(after - before);
});

it('finds no breach in half a decision after a check that failed', async () => {
  const { of, check, failAfter, order, events, head } = await open();
  // The effects of commands are ended where the count of events is a multiple of this.
  const END_EVERY = 16;
  const halfDecision = async (): Promise<number | undefined> => {
    const all = await events();
    const commands = all.map(({ stream, metadata }) => `${stream} ${metadata.$causationId}`);
    const index = commands.findIndex((one, at) => (at + 1) % END_EVERY === 0 && commands[at + 1] === one);
    return index < 0 ? undefined : index + 1;
  };
  while ((await halfDecision()) === undefined) await order();
  await failAfter((await halfDecision())!);
  await check();
  expect(of('V2')).toMatchObject({ breaches: [], position: await head() });
});

it('says of a check that failed no more than the last one has found', async () => {
  const { of, check, failAfter, order, head } = await open();
  await check();
  const [found, position] = [of('V2'), await head()];
  await order();
  await failAfter(5);
  expect(of('V2')).toEqual({ ...found, position });
});

it('ends between two commands when its time is over, and finds no breach in half of a history', async () => {
  const { of, check, head } = await open({ checkMs: 7, eventsMax: 1e9 });
  let checks = 0;
  for (; of('V2').position !== (await head()); checks += 1) {
    await check();
    for (const id of historyInvariants) expect({ id, found: of(id).breaches }).toEqual({ id, found: [] });
    if (of('V2').position !== (await head())) expect(of('V2').note).toContain('Check again to go on');
  }
  expect(checks).toBeGreaterThan(2);
});

it('keeps a limited number of events in memory, and says where it stopped', async () => {
  const { of, check, head } = await open({ checkMs: 1e9, eventsMax: 10 });
  await check();
  await check();
  expect(of('V5').position).not.toBe(await head());
  expect(of('V5').note).toMatch(/^The first 1\d events were looked at, and none after them/);
  expect(of('V6')).toMatchObject({ checkedAt: null, lookedAt: 0 });
  expect(of('V6').note).toContain('0 of 1 read models were compared');
});

it('gives each read model its turn, and names those that need more time than a check has', async () => {
  const { of, check, head } = await open({ checkMs: 20, eventsMax: 1e9 }, undefined, [warehouses, carts]);
  while (of('V2').position !== (await head())) await check();
  await check();
  await check();
  await check();
  const { checkedAt, note } = of('V6');
  expect(checkedAt).toBeNull();
  expect(note).toContain('0 of 2 read models were compared.');
  expect(note).toMatch(/no time to the end for (?:warehouses, carts|carts, warehouses): waybill verify/);
});

it('names the stream of a breach', async () => {
  const isLost = ({ type }: RecordedEvent) => type === 'OrderPaid';
  const { of, check } = await open(unlimited, (events) => events.filter((event) => !isLost(event)));
  await check();
  expect(of('V5').breachCount).toBe(1);
  expect(of('V5').breaches[0]).toMatchObject({
    isStream: true,
    detail: expect.stringContaining('revision') as string,
  });
  expect(of('V5').breaches[0]?.subject).toMatch(/^order-/);
});
