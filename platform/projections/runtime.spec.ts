import type { DocumentChanged } from '../bus';
import { positionOf } from '../event-store';
import { Fault } from '../faults';
import { DocumentsRefused, type WriteBatch } from '../read-models';
import { counters, type Counter, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, overheard } from '../../tests/support/projections/projecting';
import { parkedEvents, startProjectionDaemon, type ParkedEvent } from './index';

const add = (to: string, by = 1): CountingEvent => ({ type: 'CounterAdded', data: { to, by } });
const weather: CountingEvent = { type: 'WeatherChanged', data: {} };
const left = counters('left');
const right = counters('right');

describe('a projection', () => {
  it('includes events from before and after its start', async () => {
    const { start, record, totals, settle } = createWorkplace();
    await record(add('a'), add('b', 2));
    const runtime = await start([left]);
    expect(await totals('left')).toEqual({ a: 1, b: 2 });
    await record(add('a', 5), { type: 'CounterRemoved', data: { id: 'b' } });
    await settle();
    expect(await totals('left')).toEqual({ a: 6 });
    await runtime.stop();
  });

  it('continues at its checkpoint', async () => {
    const { start, record, totals, readModels, settle } = createWorkplace();
    const first = await start([left]);
    const position = await record(add('a'));
    await settle();
    await first.stop();
    expect(await readModels.checkpoint(left.collection)).toBe(position);
    await record(add('a'));
    const second = await start([left]);
    expect(await totals('left')).toEqual({ a: 2 });
    await second.stop();
  });

  it('omits an event on which its code fails, records it, and continues', async () => {
    const { start, record, totals, readModels, clock } = createWorkplace();
    const position = await record(add('a'), { type: 'CounterPoisoned', data: { first: 'a', second: 'b' } });
    await record({ type: 'CounterGarbled', data: {} }, add('a'));
    const runtime = await start([left]);
    expect(await totals('left')).toEqual({ a: 2 });
    const page = await readModels.list<ParkedEvent>(parkedEvents, {
      index: 'by_projection',
      where: { projection: 'left' },
      first: 10,
    });
    const parked = page.items.map(({ document }) => document);
    expect(parked).toEqual([
      {
        id: expect.stringMatching(/^left_v1:/) as string,
        projection: 'left',
        version: 1,
        position,
        eventId: expect.any(String) as string,
        stream: 'counting-spec',
        type: 'CounterPoisoned',
        reason: 'poison',
        at: clock.now(),
      },
      expect.objectContaining({ type: 'CounterGarbled', reason: 'garbled' }),
    ]);
    await runtime.stop();
  });

  it('parks an event whose document the engine refuses, keeps the previous document, and continues', async () => {
    const { start, record, totals, readModels, clock, settle } = createWorkplace();
    const ear = async (batch: WriteBatch): Promise<void> => {
      const isTooLarge = ({ document }: WriteBatch['upserts'][number]): boolean =>
        (document as Counter).total > 50;
      if (batch.collection.name !== 'left' || !batch.upserts.some(isTooLarge)) return;
      // As an engine that writes a batch piece by piece.
      const upserts = batch.upserts.filter((upsert) => !isTooLarge(upsert));
      await readModels.write({ ...batch, upserts, position: positionOf(0) });
      throw new DocumentsRefused(new Map([['a', 'too large']]));
    };
    await record(add('a'), add('b'), add('a', 100), add('b', 2), add('c'), add('a', 3));
    const last = await record({ type: 'CounterMoved', data: { from: 'a', to: 'b' } });
    const runtime = await start([left], { readModels: overheard(readModels, ear) });
    await settle();
    expect(await totals('left')).toEqual({ a: 3, b: 4, c: 1 });
    expect(await readModels.checkpoint(left.collection)).toBe(last);
    const { items } = await readModels.list<ParkedEvent>(parkedEvents, { index: 'by_position', first: 10 });
    expect(items.map(({ document }) => document)).toMatchObject([
      { projection: 'left', type: 'CounterAdded', document: 'a', reason: 'too large' },
    ]);
    expect((await clock.drive(runtime.verify('left'))).differences).toEqual([]);
    await record(add('a', 5));
    await settle();
    expect(await totals('left')).toMatchObject({ a: 8 });
    await runtime.stop();
  });

  it('writes only its position for irrelevant events, at intervals', async () => {
    const { start, record, readModels, clock, settle } = createWorkplace();
    const written: WriteBatch[] = [];
    const ear = (batch: WriteBatch): void => {
      if (batch.collection.name === 'left') written.push(batch);
    };
    const runtime = await start([left], { readModels: overheard(readModels, ear) });
    let last = await record(add('a'));
    await settle();
    expect(written).toHaveLength(1);
    for (let time = 0; time < 40; time += 1) {
      last = await record(weather);
      await clock.advance(50);
    }
    await clock.advance(1_000);
    expect(await readModels.checkpoint(left.collection)).toBe(last);
    expect(written.length).toBeLessThanOrEqual(6);
    await clock.advance(60_000);
    expect(written.length).toBeLessThanOrEqual(6);
    await runtime.stop();
  });

  it('is built again if the store has lost events that it includes', async () => {
    const { start, record, totals, readModels } = createWorkplace();
    await record(add('a'));
    await readModels.ensure(left.collection);
    await readModels.write({
      collection: left.collection,
      upserts: [{ document: { id: 'ghost' }, position: positionOf(99) }],
      deletes: [],
      position: positionOf(99),
    });
    const runtime = await start([left]);
    expect(await totals('left')).toEqual({ a: 1 });
    await runtime.stop();
  });
});

describe('concurrent projections', () => {
  it('do not wait for one whose writes hang, which catches up afterwards', async () => {
    const { start, record, totals, readModels, clock, settle } = createWorkplace();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const ear = async (batch: WriteBatch): Promise<void> => {
      if (batch.collection.name === 'left' && batch.upserts.length > 0) await held;
    };
    const limits = { batchMax: 2, waitingMax: 4 };
    const runtime = await start([left, right], { readModels: overheard(readModels, ear), limits });
    let last = await record(add('a'));
    for (let time = 0; time < 30; time += 1) last = await record(add('a'));
    expect(await clock.drive(runtime.waitFor('right', last, 10_000))).toBe(true);
    expect(await totals('right')).toEqual({ a: 31 });
    expect(await totals('left')).toEqual({});
    letGo();
    expect(await clock.drive(runtime.waitFor('left', last, 10_000))).toBe(true);
    expect(await totals('left')).toEqual({ a: 31 });
    await settle();
    expect((await runtime.status()).map(({ status }) => status)).toEqual(['live', 'live']);
    await runtime.stop();
  });

  it('do not wait for one whose writes fail, which reports it and retries', async () => {
    const { start, record, readModels, clock } = createWorkplace();
    let broken = true;
    const ear = (batch: WriteBatch): void => {
      if (batch.collection.name === 'left' && broken) throw new Fault('READ_MODELS_UNAVAILABLE', 'broken');
    };
    const runtime = await start([left, right], { readModels: overheard(readModels, ear) });
    const position = await record(add('a'));
    expect(await clock.drive(runtime.waitForAll(position, 3_000))).toBe(false);
    const [failed, well] = await runtime.status();
    expect(failed).toMatchObject({ name: 'left', status: 'failed', lagEvents: 1 });
    expect(failed?.lagSeconds).toBeGreaterThanOrEqual(3);
    expect(well).toMatchObject({ name: 'right', status: 'live', lagEvents: 0, lagSeconds: 0, position });
    broken = false;
    expect(await clock.drive(runtime.waitForAll(position, 30_000))).toBe(true);
    expect((await runtime.status())[0]?.status).toBe('live');
    await runtime.stop();
  });

  it('do not wait for one that is paused, which stays paused over a restart and then catches up', async () => {
    const { start, record, totals, clock } = createWorkplace();
    const before = await start([left, right]);
    await before.pause('left');
    await record(add('a'));
    await before.stop();
    const runtime = await start([left, right]);
    expect(await totals('left')).toEqual({});
    expect(await totals('right')).toEqual({ a: 1 });
    expect((await runtime.status())[0]).toMatchObject({ status: 'paused', lagEvents: 1 });
    await runtime.resume('left');
    const position = await record(add('a'));
    expect(await clock.drive(runtime.waitForAll(position, 1_000))).toBe(true);
    expect(await totals('left')).toEqual({ a: 2 });
    await runtime.stop();
  });

  it('are rejected under an unknown name', async () => {
    const { start } = createWorkplace();
    const runtime = await start([left]);
    await expect(async () => runtime.pause('unknown')).rejects.toMatchObject({
      rejection: { code: 'READ_MODEL_NOT_FOUND' },
    });
    await expect(async () => runtime.promote('left')).rejects.toMatchObject({
      rejection: { code: 'READ_MODEL_WRONG_STATE' },
    });
    await expect(async () => runtime.rollBack('left')).rejects.toMatchObject({
      rejection: { code: 'READ_MODEL_WRONG_STATE' },
    });
    await runtime.stop();
  });
});

describe('a wait for a position', () => {
  it('ends at once if the position is reached, also by irrelevant events', async () => {
    const { start, record, settle } = createWorkplace();
    const runtime = await start([left, right]);
    const position = await record(weather);
    await settle();
    expect(await runtime.waitForAll(position, 0)).toBe(true);
    await runtime.stop();
  });

  it('ends when the position is reached, or after the time limit', async () => {
    const { start, record, clock } = createWorkplace();
    const runtime = await start([left]);
    const future = runtime.waitFor('left', positionOf(2), 60_000);
    const never = runtime.waitFor('left', positionOf(99), 1_000);
    await record(add('a'), add('a'));
    expect(await future).toBe(true);
    expect(clock.monotonicMs()).toBe(0);
    expect(await clock.drive(never)).toBe(false);
    expect(clock.monotonicMs()).toBe(1_000);
    await runtime.stop();
  });

  it('is rejected if too many callers wait', async () => {
    const { start } = createWorkplace();
    const runtime = await start([left], { limits: { waitersMax: 1 } });
    const patient = runtime.waitFor('left', positionOf(9), 1_000);
    await expect(runtime.waitFor('left', positionOf(9), 1_000)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await runtime.stop();
    expect(await patient).toBe(false);
  });
});

describe('changed documents', () => {
  it('are announced after they can be read, but not those of a copy that does not serve', async () => {
    const { start, record, readModels, clock, settle } = createWorkplace();
    const announced: DocumentChanged[] = [];
    const totals: unknown[] = [];
    const announce = (changes: readonly DocumentChanged[]): void => {
      announced.push(...changes);
      for (const { id } of changes)
        void readModels.get(left.collection, id).then((stored) => totals.push(stored?.document));
    };
    const runtime = await start([left], { bus: { announce } });
    const position = await record(add('a'), { type: 'CounterLookedAt', data: { id: 'b' } });
    await settle();
    expect(announced).toEqual([{ collection: 'left', id: 'a', position: positionOf(1) }]);
    expect(totals).toEqual([expect.objectContaining({ total: 1 })]);
    await runtime.rebuild('left', { promotes: false });
    await clock.drive(runtime.waitFor('left', position, 100));
    await settle();
    expect(announced).toHaveLength(1);
    await runtime.stop();
  });
});

describe('a runtime that cannot start', () => {
  it('throws', async () => {
    const { store, clock, readModels } = createWorkplace();
    await readModels.close();
    const random = { next: () => 0.5, bytes: (length: number) => new Uint8Array(length) };
    await expect(
      startProjectionDaemon({ store, readModels, clock, random, projections: [left] }),
    ).rejects.toMatchObject({ code: 'READ_MODELS_UNAVAILABLE' });
  });
});
