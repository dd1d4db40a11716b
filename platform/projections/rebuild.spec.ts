import { positionOf } from '../event-store';
import { counters, type Counter, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, overheard, type Workplace } from '../../tests/support/projections/projecting';
import { foldDocument, openReader, verifyProjection } from './index';

const add = (to: string, by = 1): CountingEvent => ({ type: 'CounterAdded', data: { to, by } });
const left = counters('left');

/** Puts something into a read model that no event has led to. */
const damage = (
  { readModels }: Workplace,
  document: { readonly id: string },
  position = positionOf(1),
  version = 1,
): Promise<void> =>
  readModels.write({
    collection: { ...left.collection, version },
    upserts: [{ document, position }],
    deletes: [],
    position,
  });

describe('a rebuild', () => {
  it('serves the new copy when it has caught up, and keeps the old one for a rollback', async () => {
    const workplace = createWorkplace();
    const { start, record, totals, readModels, clock, settle } = workplace;
    const runtime = await start([left]);
    await record(add('a'));
    await settle();
    await damage(workplace, { id: 'ghost' });
    expect(await runtime.rebuild('left')).toBe(2);
    await settle();
    expect(await readModels.promoted('left')).toBe(2);
    expect(Object.keys(await totals('left', 2))).toEqual(['a']);
    const position = await record(add('a'));
    expect(await clock.drive(runtime.waitFor('left', position, 1_000))).toBe(true);
    await settle();
    // The one before is kept true as well, so that going back loses nothing.
    expect(await totals('left', 1)).toMatchObject({ a: 2 });
    await expect(runtime.promote('left')).rejects.toMatchObject({
      rejection: { code: 'READ_MODEL_WRONG_STATE' },
    });
    expect((await runtime.status())[0]?.rebuild).toMatchObject({ version: 1, isFormer: true });
    expect(await runtime.rollBack('left')).toBe(1);
    expect(await readModels.promoted('left')).toBe(1);
    expect(await runtime.promote('left')).toBe(2);
    await runtime.retire('left');
    expect(await readModels.count(left.collection)).toBe(0);
    expect(await totals('left', 2)).toEqual({ a: 2 });
    expect((await runtime.status())[0]).toMatchObject({ version: 2, status: 'live', rebuild: null });
    await runtime.stop();
  });

  it('of several read models reads the history once, beside live events', async () => {
    const { store, start, record, readModels, clock, settle } = createWorkplace();
    let read = 0;
    const counted = new Proxy(store, {
      get: (target, property) =>
        property === 'readAll'
          ? async function* (...options: Parameters<typeof target.readAll>) {
              for await (const event of target.readAll(...options)) {
                read += 1;
                yield event;
              }
            }
          : (Reflect.get(target, property) as unknown),
    });
    const projections = ['left', 'middle', 'right'].map((name) => counters(name));
    const limits = { historyPageMax: 50, bulkMax: 100, waitingMax: 200 };
    const runtime = await start(projections, { store: counted, limits });
    for (let count = 0; count < 1_000; count += 1) await record(add(`counter-${count % 30}`));
    await settle();
    read = 0;
    const names = projections.map(({ collection }) => collection.name);
    await runtime.perform({ action: 'rebuild', readModels: names, promotes: true });
    const position = await record(add('a'));
    await clock.advance(5_000);
    expect(await clock.drive(runtime.waitForAll(position, 1_000))).toBe(true);
    expect(read).toBeLessThan(1_200);
    for (const name of names) {
      expect(await readModels.promoted(name)).toBe(2);
      expect((await clock.drive(runtime.verify(name))).differing).toBe(0);
    }
    await runtime.stop();
  });

  it('keeps its budget over a restart', async () => {
    const { start, record, clock } = createWorkplace();
    const limits = { historyPageMax: 50 };
    const first = await start([left], { limits });
    for (let count = 0; count < 1_000; count += 1) await record(add('a'));
    await clock.drive(first.rebuild('left', { budget: 100 }));
    await clock.advance(2_000);
    await clock.drive(first.stop());
    const second = await start([left], { limits });
    await clock.advance(2_000);
    const [status] = await second.status();
    expect(status?.rebuild).toMatchObject({ version: 2, status: 'catching-up' });
    expect(status?.rebuild?.done).toBeLessThanOrEqual(400);
    await clock.advance(10_000);
    expect((await second.status())[0]?.version).toBe(2);
    await second.stop();
  });

  it('waits for a promotion if that was requested, and reports the differences', async () => {
    const workplace = createWorkplace();
    const { start, record, readModels, settle } = workplace;
    const runtime = await start([left]);
    await record(add('a'), add('b'));
    await settle();
    await damage(workplace, { id: 'ghost' });
    await damage(workplace, { id: 'a', total: 7 } as never, positionOf(3));
    await runtime.rebuild('left', { promotes: false });
    await settle();
    expect(await readModels.promoted('left')).toBe(1);
    const [status] = await runtime.status();
    expect(status?.rebuild).toEqual({
      version: 2,
      isFormer: false,
      promotes: false,
      status: 'live',
      done: 2,
      total: 2,
      eventsPerSecond: expect.any(Number) as number,
      etaSeconds: 0,
    });
    const comparison = await workplace.clock.drive(runtime.diff('left'));
    expect(comparison.differences.map(({ id, kind }) => [id, kind]).sort()).toEqual([
      ['a', 'different'],
      ['ghost', 'superfluous'],
    ]);
    expect(await runtime.promote('left')).toBe(2);
    expect(await readModels.promoted('left')).toBe(2);
    await runtime.stop();
  });

  it('can be paused, continues after a restart, and is not promoted before it has caught up', async () => {
    const { start, record, totals, readModels, clock, settle } = createWorkplace();
    const limits = { batchMax: 1 };
    let hold = true;
    const slow = overheard(readModels, async ({ collection }) => {
      if (collection.name === 'left' && collection.version === 2 && hold) await clock.sleep(1_000 as never);
    });
    const first = await start([left], { readModels: slow, limits });
    const position = await record(...Array.from({ length: 10 }, () => add('a')));
    await settle();
    await first.rebuild('left');
    await clock.advance(3_500);
    const [rebuilding] = await first.status();
    expect(rebuilding?.rebuild).toMatchObject({ version: 2, status: 'catching-up', done: 3, total: 10 });
    expect(rebuilding?.rebuild?.etaSeconds).toBeCloseTo(7, 0);
    expect(rebuilding).toMatchObject({ version: 1, status: 'live', lagEvents: 0 });
    await expect(async () => first.promote('left')).rejects.toMatchObject({
      rejection: { code: 'READ_MODEL_WRONG_STATE' },
    });
    await expect(async () => first.rebuild('left')).rejects.toMatchObject({
      rejection: { code: 'READ_MODEL_WRONG_STATE' },
    });
    await first.pause('left', 2);
    await clock.drive(first.stop());

    hold = false;
    const second = await start([left], { readModels: slow, limits });
    await clock.advance(5_000);
    expect((await second.status())[0]?.rebuild).toMatchObject({ status: 'paused', done: 4 });
    expect(await readModels.promoted('left')).toBe(1);
    await second.resume('left', 2);
    await clock.advance(1_000);
    expect(await readModels.promoted('left')).toBe(2);
    expect(await second.waitFor('left', position, 0)).toBe(true);
    expect(await totals('left', 2)).toEqual({ a: 10 });
    await second.stop();
  });

  it('starts automatically if the code declares another version', async () => {
    const { start, record, totals, readModels, clock, settle } = createWorkplace();
    const old = await start([left]);
    await record(add('a'));
    await settle();
    await old.stop();
    const newer = await start([counters('left', 2)]);
    const position = await record(add('a'));
    expect(await clock.drive(newer.waitFor('left', position, 1_000))).toBe(true);
    expect(await readModels.promoted('left')).toBe(2);
    expect(await totals('left', 2)).toEqual({ a: 2 });
    await newer.stop();
  });
});

describe('verification', () => {
  it('finds no difference in the documents of the runtime, also while it runs', async () => {
    const { start, record, store, readModels, clock } = createWorkplace();
    const runtime = await start([left], { limits: { batchMax: 2 } });
    await record(add('a'), add('b'), { type: 'CounterRemoved', data: { id: 'b' } });
    const verifying = runtime.verify('left');
    await record(add('c'), { type: 'CounterGarbled', data: {} });
    const verified = await clock.drive(verifying);
    expect(verified).toMatchObject({ name: 'left', version: 1, differing: 0 });
    expect(await clock.drive(verifyProjection({ store, readModels, clock }, left))).toMatchObject({
      compared: 2,
      events: 5,
      failed: 1,
      position: positionOf(5),
      differing: 0,
    });
    await runtime.stop();
  });

  it('ignores documents that an interrupted batch has put ahead of the checkpoint', async () => {
    const workplace = createWorkplace();
    const { start, record, store, readModels, clock, settle } = workplace;
    const runtime = await start([left]);
    const reached = await record(add('a'));
    await settle();
    await record(add('a'), add('b'));
    await settle();
    await runtime.stop();
    const behind = new Proxy(readModels, {
      get: (target, property) => {
        if (property === 'checkpoint') return () => Promise.resolve(reached);
        const member: unknown = Reflect.get(target, property);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
    const verified = await clock.drive(verifyProjection({ store, readModels: behind, clock }, left));
    expect(verified).toMatchObject({ compared: 2, events: 1, differing: 0, position: reached });
  });

  it('names each document that differs from a fold of the events', async () => {
    const workplace = createWorkplace();
    const { start, record, readModels, clock, settle } = workplace;
    const runtime = await start([left]);
    await record(add('changed'), add('lost'), add('well'));
    await settle();
    await damage(workplace, { id: 'invented' });
    await damage(workplace, { id: 'changed', total: 2, seen: [] } as never, positionOf(7));
    await readModels.write({
      collection: left.collection,
      upserts: [],
      deletes: [{ id: 'lost', position: positionOf(7) }],
      position: positionOf(3),
    });
    const { differences, differing, compared } = await clock.drive(runtime.verify('left'));
    expect({ differing, compared }).toEqual({ differing: 3, compared: 3 });
    expect(differences.map(({ id, kind }) => [id, kind]).sort()).toEqual([
      ['changed', 'different'],
      ['invented', 'superfluous'],
      ['lost', 'missing'],
    ]);
    expect(differences.find(({ id }) => id === 'lost')?.expected).toMatchObject({ total: 1 });
    await runtime.stop();
  });
});

describe('a reader', () => {
  it('reads typed documents of the promoted version, within a second of the promotion', async () => {
    const { start, record, readModels, clock, settle } = createWorkplace();
    const reader = openReader(readModels, left, clock);
    expect(await reader.get('a')).toBeUndefined();
    const runtime = await start([left]);
    await record(add('a', 3));
    await settle();
    const stored = await reader.get('a');
    expect(stored?.document.total).toBe(3);
    expect(stored?.lastPosition).toBe(positionOf(1));
    await readModels.promote({ ...left.collection, version: 5 });
    await clock.advance(1_001);
    expect(await reader.get('a')).toBeUndefined();
    expect(await reader.count()).toBe(0);
    await readModels.promote(left.collection);
    await clock.advance(1_001);
    expect((await reader.getMany(['a', 'b'])).map(({ document }) => document.id)).toEqual(['a']);
    const page = await reader.list({ index: 'by_total', range: { gte: 3 }, first: 10 });
    expect(page.items.map(({ document }) => document.total)).toEqual([3]);
    expect(await reader.aggregate({ groupBy: [], sum: ['total'] })).toEqual([
      { group: {}, count: 1, sums: { total: 3 } },
    ]);
    await runtime.stop();
  });
});

describe('folding one document', () => {
  it('returns the document of the read model at any moment', async () => {
    const { record, store } = createWorkplace();
    await record(add('a'), { type: 'CounterMoved', data: { from: 'a', to: 'b' } }, add('a', 4));
    await record({ type: 'CounterPoisoned', data: { first: 'x', second: 'a' } });
    const events = [];
    for await (const event of store.readAll()) events.push(event);
    expect(foldDocument(left, 'a', events)?.total).toBe(4);
    expect(foldDocument(left, 'a', events.slice(0, 2))?.total).toBe(0);
    expect(foldDocument(left, 'b', events)?.total).toBe(1);
    expect(foldDocument(left, 'c', events)).toBeUndefined();
  });

  it('adds the caller’s own events to a document, each once', async () => {
    const { record, store } = createWorkplace();
    await record(add('a'), add('a', 2), add('a', 4));
    const events = [];
    for await (const event of store.readAll()) events.push(event);
    const document: Counter = { id: 'a', total: 3, seen: [] };
    expect(foldDocument(left, 'a', events, { document, lastPosition: positionOf(2) })?.total).toBe(7);
  });
});
