import type { Millis } from '../../domain/kernel';
import { positionOf } from '../event-store';
import type { Logger } from '../telemetry';
import { silentLogger } from '../telemetry';
import { counters, type Counter, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, overheard, type Workplace } from '../../tests/support/projections/projecting';
import { openReader, ownCopyOf, writtenStatus, type AnyProjection, type ProjectionDaemon } from './index';

const add = (to: string, by = 1): CountingEvent => ({ type: 'CounterAdded', data: { to, by } });
const many = (count: number): readonly CountingEvent[] => Array.from({ length: count }, () => add('a'));
const [older, newer] = [counters('left', 1), counters('left', 2)];

/** Records the log messages, without their figures. */
const recordingLogger = () => {
  const entries: { readonly message: string; readonly fields: object }[] = [];
  const record = (fields: object, message: string): void => void entries.push({ message, fields });
  const logger = { ...silentLogger, info: record, error: record } as Logger;
  return { logger, entries, messages: () => entries.map(({ message }) => message) };
};

/** Read models in which each batch of one copy takes a second, while `slow` says so. */
const withSlowCopy = ({ readModels, clock }: Workplace, version: number) => {
  const pace = { slow: true };
  const slowed = overheard(readModels, async ({ collection }) => {
    if (collection.name === 'left' && collection.version === version && pace.slow)
      await clock.sleep(1_000 as Millis);
  });
  return { pace, slowed };
};

const limits = { batchMax: 1 };

const statusOf = async (runtime: ProjectionDaemon) => {
  const [status] = await runtime.status();
  return status!;
};

/** A data directory that code of version 1 has left behind, with ten events in it. */
const leftBehind = async (workplace: Workplace, projection: AnyProjection = older): Promise<void> => {
  const runtime = await workplace.start([projection]);
  await workplace.record(...many(10));
  await workplace.settle();
  await runtime.stop();
};

describe('code that declares a newer version', () => {
  it('updates the serving copy until its own has caught up, and reports the progress', async () => {
    const workplace = createWorkplace();
    const { start, record, totals, clock, readModels, settle } = workplace;
    await leftBehind(workplace);
    const { pace, slowed } = withSlowCopy(workplace, 2);
    const { logger, messages, entries } = recordingLogger();
    const runtime = await start([newer], { readModels: slowed, limits, logger });
    await clock.advance(3_500);
    const position = await record(add('a', 5));
    expect(await clock.drive(runtime.waitFor('left', position, 1_000))).toBe(true);
    expect(await totals('left', 1)).toEqual({ a: 15 });
    expect(await statusOf(runtime)).toMatchObject({
      ...{ version: 1, status: 'live', lagEvents: 0, lagSeconds: 0, position },
      detail: 'version 1 was made by code of version 1 and is updated by code of version 2',
      rebuild: { version: 2, status: 'catching-up', done: 3, total: 11 },
    });
    expect(messages()).toEqual([
      'A read model is built in the version of this code; the other version serves until then',
    ]);
    await clock.advance(7_000);
    expect(messages().at(-1)).toBe('A read model is being built');
    expect(entries.at(-1)?.fields).toMatchObject({ projection: 'left', version: 2, done: 9, total: 11 });
    expect(await readModels.promoted('left')).toBe(1);
    for (const replace of [() => runtime.rebuild('left'), () => runtime.retire('left')])
      await expect(replace()).rejects.toMatchObject({ rejection: { code: 'READ_MODEL_WRONG_STATE' } });
    pace.slow = false;
    await clock.advance(3_000);
    expect(await readModels.promoted('left')).toBe(2);
    expect(messages().at(-1)).toBe('A read model was promoted');
    expect(await statusOf(runtime)).toMatchObject({ version: 2, rebuild: null, detail: null, lagEvents: 0 });
    await record(add('a'));
    await settle();
    // The copy before is let go once no reader looks at it.
    expect([await totals('left', 1), await totals('left', 2)]).toEqual([{ a: 15 }, { a: 16 }]);
    await runtime.stop();
  });

  it('has the same status in a process that only reads', async () => {
    const workplace = createWorkplace();
    const { start, clock, record } = workplace;
    await leftBehind(workplace);
    const { slowed } = withSlowCopy(workplace, 2);
    const runtime = await start([newer], { readModels: slowed, limits });
    await clock.advance(3_500);
    await record(add('a'));
    await clock.advance(600);
    for (const projections of [[older], [newer]]) {
      const [status] = await writtenStatus({ ...workplace, projections });
      expect(status).toMatchObject({
        ...{ version: 1, status: 'live', lagEvents: 0 },
        detail: 'version 1 was made by code of version 1 and is updated by code of version 2',
        rebuild: { version: 2, done: 4, total: 11 },
      });
    }
    await clock.drive(runtime.stop());
  });

  it('continues both copies after a restart', async () => {
    const workplace = createWorkplace();
    const { start, totals, clock, record, readModels } = workplace;
    await leftBehind(workplace);
    const { pace, slowed } = withSlowCopy(workplace, 2);
    const first = await start([newer], { readModels: slowed, limits });
    await clock.advance(3_500);
    await clock.drive(first.stop());
    const second = await start([newer], { readModels: slowed, limits });
    await record(add('a'));
    await clock.advance(500);
    expect(await statusOf(second)).toMatchObject({
      version: 1,
      lagEvents: 0,
      rebuild: { version: 2, done: 4 },
    });
    expect(await totals('left', 1)).toEqual({ a: 11 });
    pace.slow = false;
    await clock.advance(2_000);
    expect(await readModels.promoted('left')).toBe(2);
    expect(await totals('left', 2)).toEqual({ a: 11 });
    await second.stop();
  });

  it('makes a read of a caller’s own writes also wait for the previous copy, while readers may use it', async () => {
    const workplace = createWorkplace();
    const { start, record, clock, readModels } = workplace;
    await leftBehind(workplace);
    const { pace, slowed } = withSlowCopy(workplace, 1);
    pace.slow = false;
    const reader = openReader(readModels, newer, clock);
    const runtime = await start([newer], { readModels: slowed });
    while ((await readModels.promoted('left')) !== 2) await clock.advance(10);
    pace.slow = true;
    const position = await record(add('a'));
    expect(await clock.drive(runtime.waitFor('left', position, 900))).toBe(false);
    expect(await clock.drive(runtime.waitFor('left', position, 900))).toBe(true);
    expect((await reader.get('a'))?.document.total).toBe(11);
    await clock.drive(runtime.stop());
  });
});

describe('code that declares an older version than the serving copy', () => {
  it('updates that copy, builds its own again, and promotes it with the result of a plain fold', async () => {
    const workplace = createWorkplace();
    const { start, record, totals, clock, readModels } = workplace;
    await leftBehind(workplace);
    const upgraded = await start([newer]);
    await clock.advance(5_000);
    expect(await readModels.promoted('left')).toBe(2);
    await upgraded.stop();
    const { pace, slowed } = withSlowCopy(workplace, 3);
    const runtime = await start([older], { readModels: slowed, limits });
    const position = await record(add('b'));
    expect(await clock.drive(runtime.waitFor('left', position, 1_000))).toBe(true);
    expect(await statusOf(runtime)).toMatchObject({
      ...{ version: 2, status: 'live', lagEvents: 0, rebuild: { version: 3, status: 'catching-up' } },
    });
    expect(await totals('left', 2)).toEqual({ a: 10, b: 1 });
    pace.slow = false;
    await clock.advance(4_000);
    expect(await readModels.promoted('left')).toBe(3);
    expect(await totals('left', 3)).toEqual({ a: 10, b: 1 });
    expect(await clock.drive(runtime.verify('left'))).toMatchObject({ version: 3, differing: 0 });
    await runtime.stop();
    // And once more the other way. Copies that no code can go on with are gone then.
    const again = await start([newer]);
    await clock.advance(5_000);
    expect(await statusOf(again)).toMatchObject({ version: 4, rebuild: null });
    await again.stop();
    const last = await start([newer]);
    await last.stop();
    const left = [1, 2, 3, 4].map((version) => readModels.checkpoint({ ...older.collection, version }));
    expect(await Promise.all(left)).toEqual([undefined, undefined, undefined, position]);
  });
});

/** Version 2 counts otherwise, and its code cannot take a document of version 1. */
type Averaged = Counter & { readonly times: { readonly count: number } };
const averaging = (predecessor?: AnyProjection): AnyProjection => {
  const handlers = {
    ...newer.handlers,
    CounterAdded: {
      ids: newer.handlers.CounterAdded.ids,
      evolve: (counter, event, id) => {
        const times = counter === undefined ? { count: 1 } : { count: counter.times.count + 1 };
        return { ...newer.handlers.CounterAdded.evolve(counter, event, id)!, times };
      },
    } satisfies AveragedHandlers['CounterAdded'],
  };
  return { ...newer, handlers, ...(predecessor && { predecessor }) } as AnyProjection;
};
type AveragedHandlers = {
  readonly CounterAdded: {
    readonly ids: (typeof newer.handlers.CounterAdded)['ids'];
    readonly evolve: (
      counter: Averaged | undefined,
      event: Parameters<typeof newer.handlers.CounterAdded.evolve>[1],
      id: string,
    ) => Averaged;
  };
};

describe('code that cannot fold the documents of the serving version', () => {
  it('does not update that copy and reports it, until its own is built', async () => {
    const workplace = createWorkplace();
    const { start, record, totals, clock, store } = workplace;
    await leftBehind(workplace);
    const { pace, slowed } = withSlowCopy(workplace, 2);
    const { logger, messages } = recordingLogger();
    const runtime = await start([averaging()], { readModels: slowed, limits, logger });
    const seen = (await store.head())!;
    const position = await record(add('a'));
    await clock.advance(4_000);
    expect(await clock.drive(runtime.waitFor('left', position, 500))).toBe(false);
    const status = await statusOf(runtime);
    expect(status).toMatchObject({ version: 1, status: 'failed', position: seen, lagEvents: 1 });
    expect(status.lagSeconds).toBeCloseTo(4.5, 1);
    expect(status.detail).toMatch(/^version 1 is not updated: this code cannot fold CounterAdded at /);
    expect(status.rebuild).toMatchObject({ version: 2, status: 'catching-up', done: 4 });
    expect(messages().filter((message) => message.includes('is not updated'))).toHaveLength(1);
    expect(await totals('left', 1)).toEqual({ a: 10 });
    pace.slow = false;
    await clock.advance(3_000);
    expect(await statusOf(runtime)).toMatchObject({ version: 2, status: 'live', lagEvents: 0, detail: null });
    expect(await totals('left', 2)).toEqual({ a: 11 });
    await runtime.stop();
  });

  it('updates it with the code of that version, if available, so that older code can continue it later', async () => {
    const workplace = createWorkplace();
    const { start, record, totals, clock, readModels } = workplace;
    await leftBehind(workplace);
    const { pace, slowed } = withSlowCopy(workplace, 2);
    const runtime = await start([averaging(older)], { readModels: slowed, limits });
    const position = await record(add('a'));
    expect(await clock.drive(runtime.waitFor('left', position, 1_000))).toBe(true);
    expect(await statusOf(runtime)).toMatchObject({ version: 1, status: 'live', detail: null });
    expect(await totals('left', 1)).toEqual({ a: 11 });
    pace.slow = false;
    await clock.advance(4_000);
    expect(await readModels.promoted('left')).toBe(2);
    await record(add('a'));
    await clock.advance(1_000);
    await runtime.stop();
    const back = await start([older]);
    await clock.advance(2_000);
    // The very copy that it has made before.
    expect(await statusOf(back)).toMatchObject({ version: 1, lagEvents: 0, rebuild: null });
    expect(await totals('left', 1)).toEqual({ a: 12 });
    expect(await clock.drive(back.verify('left'))).toMatchObject({ version: 1, differing: 0 });
    await back.stop();
  });
});

describe('the copy that can be compared with a fold of the events', () => {
  it('is the serving one, or else its successor, or none', async () => {
    const workplace = createWorkplace();
    const { start, readModels, clock } = workplace;
    expect((await ownCopyOf(readModels, older.collection))?.version).toBe(1);
    expect(await ownCopyOf(readModels, { ...newer.collection, name: 'right' })).toMatchObject({ version: 2 });
    await leftBehind(workplace);
    expect(await ownCopyOf(readModels, newer.collection)).toBeUndefined();
    const { slowed } = withSlowCopy(workplace, 2);
    const runtime = await start([newer], { readModels: slowed, limits });
    await clock.advance(1_500);
    expect((await ownCopyOf(readModels, newer.collection))?.version).toBe(2);
    expect(await ownCopyOf(readModels, older.collection)).toBeUndefined();
    const verified = await clock.drive(runtime.verify('left'));
    expect(verified).toMatchObject({ version: 2, differing: 0 });
    await clock.drive(runtime.stop());
  });
});

it('a rollback by an operator stays after the next start', async () => {
  const workplace = createWorkplace();
  const { start, readModels, clock } = workplace;
  await leftBehind(workplace);
  const first = await start([older]);
  await first.rebuild('left');
  await clock.advance(1_000);
  expect(await readModels.promoted('left')).toBe(2);
  expect(await first.rollBack('left')).toBe(1);
  await first.stop();
  const second = await start([older]);
  await clock.advance(1_000);
  expect(await readModels.promoted('left')).toBe(1);
  await second.stop();
});

describe('the age of the oldest event that a read model does not include', () => {
  it('is computed from that event, and not from the last one that it includes', async () => {
    const { start, record, clock, settle } = createWorkplace();
    const runtime = await start([older]);
    await record(add('a'));
    await settle();
    await clock.advance(3_600_000);
    await runtime.pause('left');
    await record(add('a'));
    await clock.advance(5_000);
    expect(await statusOf(runtime)).toMatchObject({ status: 'paused', lagEvents: 1, lagSeconds: 5 });
    await runtime.stop();
  });

  it('is computed for one that has read nothing since the start', async () => {
    const { start, record, clock, settle } = createWorkplace();
    const first = await start([older]);
    await record(add('a'));
    await settle();
    await first.pause('left');
    await first.stop();
    await record(add('a'));
    await clock.advance(7_000);
    const second = await start([older]);
    expect(await statusOf(second)).toMatchObject({
      ...{ position: positionOf(1), status: 'paused', lagEvents: 1, lagSeconds: 7 },
    });
    await second.stop();
  });
});
