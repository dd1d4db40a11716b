import type { Millis } from '../../domain/kernel';
import { positionOf } from '../event-store';
import { silentLogger } from '../telemetry';
import { counters, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, type Workplace } from '../../tests/support/projections/projecting';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { listParked, requestedOperations, verifyProjection, type AnyProjection } from './index';
import { serveRequests } from './requests';

const add = (to: string, by = 1): CountingEvent => ({ type: 'CounterAdded', data: { to, by } });
const poison: CountingEvent = { type: 'CounterPoisoned', data: { first: 'a', second: 'b' } };
const left = counters('left');
const right = counters('right');

/** The counters of `left`, by code that can process the poisoned event. */
const mended: AnyProjection = {
  ...left,
  handlers: {
    ...left.handlers,
    CounterPoisoned: {
      ids: ({ data }) => [data.first, data.second],
      evolve: (counter, event, id) =>
        left.handlers.CounterAdded.evolve(
          counter,
          { ...event, type: 'CounterAdded', data: { to: id, by: 100 } },
          id,
        ),
    },
  },
} as typeof left;

const parkedId = async ({ readModels }: Workplace): Promise<string> =>
  (await listParked(readModels, { first: 10 }))[0]?.id ?? 'none';

describe('an operation', () => {
  it('rebuilds several read models, or none', async () => {
    const { start, record, readModels, settle } = createWorkplace();
    const daemon = await start([left, right]);
    await record(add('a'));
    await settle();
    const rebuild = { action: 'rebuild', readModels: ['left', 'right'], promotes: false } as const;
    expect(await daemon.perform({ ...rebuild, readModels: ['left', 'none'] })).toEqual({
      kind: 'rejected',
      rejection: { code: 'READ_MODEL_NOT_FOUND', readModel: 'none' },
    });
    expect((await daemon.status()).map(({ rebuild: build }) => build)).toEqual([null, null]);
    expect(await daemon.perform(rebuild)).toEqual({
      kind: 'done',
      copies: [
        { readModel: 'left', version: 2 },
        { readModel: 'right', version: 2 },
      ],
    });
    await settle();
    const ofLeft = { readModel: 'left' };
    expect(await daemon.perform({ action: 'promote', ...ofLeft })).toMatchObject({
      copies: [{ readModel: 'left', version: 2 }],
    });
    expect(await readModels.promoted('left')).toBe(2);
    expect(await daemon.perform({ action: 'rollback', ...ofLeft })).toMatchObject({
      copies: [{ readModel: 'left', version: 1 }],
    });
    expect(await daemon.perform({ action: 'pause', ...ofLeft })).toMatchObject({
      copies: [{ readModel: 'left', version: 1 }],
    });
    expect((await daemon.status())[0]).toMatchObject({ version: 1, status: 'paused' });
    await daemon.perform({ action: 'resume', ...ofLeft });
    await daemon.perform({ action: 'retire', ...ofLeft });
    expect((await daemon.status())[0]).toMatchObject({ version: 1, status: 'live', rebuild: null });
    await daemon.stop();
  });

  it('is rejected while a copy is built, also if that is paused', async () => {
    const { start, record, settle } = createWorkplace();
    const daemon = await start([left]);
    await record(add('a'));
    await settle();
    await daemon.rebuild('left', { promotes: false });
    await daemon.pause('left', 2);
    expect(await daemon.perform({ action: 'rebuild', readModels: ['left'], promotes: true })).toEqual({
      kind: 'rejected',
      rejection: {
        code: 'READ_MODEL_WRONG_STATE',
        readModel: 'left',
        reason: 'version 2 is being built already, and is paused',
      },
    });
    await daemon.stop();
  });
});

describe('a replay of an omitted event', () => {
  it('fails again with the same code, and changes nothing', async () => {
    const workplace = createWorkplace();
    const daemon = await workplace.start([left]);
    await workplace.record(add('a'), poison, add('a'));
    await workplace.settle();
    const parkedEventId = await parkedId(workplace);
    expect(await daemon.perform({ action: 'replay', parkedEventId })).toEqual({
      kind: 'rejected',
      rejection: { code: 'PARKED_EVENT_FAILS', parkedEventId, reason: 'poison' },
    });
    expect(await workplace.totals('left')).toEqual({ a: 2 });
    expect(await listParked(workplace.readModels, { readModel: 'left', first: 10 })).toHaveLength(1);
    expect(await daemon.perform({ action: 'replay', parkedEventId: 'left_v1:none' })).toMatchObject({
      rejection: { code: 'PARKED_EVENT_NOT_FOUND' },
    });
    await daemon.stop();
  });

  it('puts it in its place among the other events once the code can process it', async () => {
    const workplace = createWorkplace();
    const { start, record, settle, totals, readModels, store, clock } = workplace;
    const first = await start([left]);
    // The same events a second time are for a document that no omitted event concerns.
    await record(add('a'), poison, add('a', 5), { type: 'CounterRemoved', data: { id: 'b' } }, add('c'));
    await settle();
    await clock.drive(first.stop());
    const second = await start([mended]);
    expect(await totals('left')).toEqual({ a: 6, c: 1 });
    const parkedEventId = await parkedId(workplace);
    expect(await second.perform({ action: 'replay', parkedEventId })).toEqual({
      kind: 'done',
      copies: [{ readModel: 'left', version: 1 }],
    });
    expect(await totals('left')).toEqual({ a: 106, c: 1 });
    expect(await listParked(readModels, { first: 10 })).toEqual([]);
    // Later events find the corrected document.
    const position = await record(add('a'));
    expect(await clock.drive(second.waitFor('left', position, 1_000))).toBe(true);
    expect(await totals('left')).toEqual({ a: 107, c: 1 });
    const verified = await clock.drive(verifyProjection({ store, readModels, clock }, mended));
    expect(verified).toMatchObject({ differing: 0, failed: 0 });
    await second.stop();
  });

  it('leaves no record behind when its copy is retired', async () => {
    const workplace = createWorkplace();
    const daemon = await workplace.start([left]);
    await workplace.record(poison);
    await workplace.settle();
    await daemon.rebuild('left');
    await workplace.settle();
    const versions = async () =>
      (await listParked(workplace.readModels, { first: 10 })).map(({ version }) => version);
    expect(await versions()).toEqual([1, 2]);
    await daemon.retire('left');
    expect(await versions()).toEqual([2]);
    await daemon.stop();
  });
});

describe('an operation that another process requests', () => {
  const requesterOf = ({ readModels, clock }: Workplace) =>
    requestedOperations({ readModels, clock, random: seededRandom(3) });
  const promotion = { action: 'promote', readModel: 'left' } as const;

  it('is done by the process that maintains the read models, which answers', async () => {
    const workplace = createWorkplace();
    const { start, record, settle, clock, readModels } = workplace;
    const daemon = await start([left], { servesRequests: true });
    await record(add('a'));
    await settle();
    const requester = requesterOf(workplace);
    const rebuilt = requester.perform({ action: 'rebuild', readModels: ['left'], promotes: false });
    expect(await clock.drive(rebuilt)).toEqual({
      kind: 'done',
      copies: [{ readModel: 'left', version: 2 }],
    });
    expect(await clock.drive(requester.perform(promotion))).toMatchObject({ kind: 'done' });
    expect(await readModels.promoted('left')).toBe(2);
    expect(await clock.drive(requester.perform({ ...promotion, readModel: 'none' }))).toMatchObject({
      rejection: { code: 'READ_MODEL_NOT_FOUND' },
    });
    await clock.drive(daemon.stop());
  });

  it('is withdrawn if no process maintains them, and is not done by one that comes later', async () => {
    const workplace = createWorkplace();
    const { clock } = workplace;
    const requested = requesterOf(workplace).perform(promotion);
    await expect(clock.drive(requested)).rejects.toMatchObject({ code: 'READ_MODELS_UNAVAILABLE' });
    const performed: unknown[] = [];
    const stop = new AbortController();
    const operations = {
      perform: (operation: unknown) => {
        performed.push(operation);
        return Promise.resolve({ kind: 'done' as const, copies: [] });
      },
    };
    const deps = { ...workplace, random: seededRandom(3), logger: silentLogger };
    const serving = serveRequests(deps, operations, stop.signal);
    await clock.advance(5_000 as Millis);
    expect(performed).toEqual([]);
    stop.abort();
    await serving;
  });

  it('answers with the failure of the operation', async () => {
    const workplace = createWorkplace();
    const { clock } = workplace;
    const stop = new AbortController();
    const deps = { ...workplace, random: seededRandom(3), logger: silentLogger };
    const operations = { perform: () => Promise.reject(new Error(`broken at ${positionOf(1)}`)) };
    const serving = serveRequests(deps, operations, stop.signal);
    await expect(clock.drive(requesterOf(workplace).perform(promotion))).rejects.toThrow('broken at');
    stop.abort();
    await serving;
  });
});
