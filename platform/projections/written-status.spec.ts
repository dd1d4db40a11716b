import { counters, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, type Workplace } from '../../tests/support/projections/projecting';
import { writtenStatus, type ProjectionStatus } from './index';

const add = (to: string): CountingEvent => ({ type: 'CounterAdded', data: { to, by: 1 } });
const many = (count: number): readonly CountingEvent[] => Array.from({ length: count }, () => add('a'));
const left = counters('left');

/** As a process tells it that only reads. */
const toldElsewhere = async (workplace: Workplace): Promise<ProjectionStatus> => {
  const [status] = await writtenStatus({ ...workplace, projections: [left] });
  return status!;
};

describe('the stored status of projections', () => {
  let workplace: Workplace;
  beforeEach(() => {
    workplace = createWorkplace();
  });

  it('equals the status in the running process for one that keeps up', async () => {
    const { start, record, settle } = workplace;
    const runtime = await start([left]);
    await record(...many(3));
    await settle();
    expect([await toldElsewhere(workplace)]).toEqual(await runtime.status());
    await runtime.stop();
  });

  it('contains the lag of one that no process runs any more', async () => {
    const { start, record, clock, readModels } = workplace;
    await (await start([left])).stop();
    await record(...many(2));
    await clock.advance(7_000);
    const head = await record(add('b'));
    expect(await toldElsewhere(workplace)).toMatchObject({
      ...{ position: await readModels.checkpoint(left.collection), head },
      ...{ lagEvents: 3, lagSeconds: 7, status: 'catching-up' },
    });
  });

  it('contains the lag of one that never ran', async () => {
    await workplace.readModels.ensure(left.collection);
    await workplace.record(...many(2));
    await workplace.clock.advance(3_000);
    expect(await toldElsewhere(workplace)).toMatchObject({
      ...{ position: undefined, version: 1, lagEvents: 2, lagSeconds: 3, rebuild: null },
    });
  });

  it('contains an estimate of the lag if there are too many events to count', async () => {
    await workplace.readModels.ensure(left.collection);
    await workplace.record(...many(1_000));
    const { lagEvents } = await toldElsewhere(workplace);
    expect(lagEvents).toBeGreaterThan(900);
    expect(lagEvents).toBeLessThan(1_100);
  });

  it('contains a copy that is being built, and a paused one', async () => {
    const { start, record, settle, clock } = workplace;
    const runtime = await start([left]);
    await record(...many(10));
    await settle();
    await runtime.rebuild('left', { promotes: false });
    await settle();
    await runtime.pause('left', 2);
    await runtime.pause('left');
    await runtime.stop();
    await record(...many(5));
    await clock.advance(5_000);
    expect(await toldElsewhere(workplace)).toMatchObject({
      ...{ version: 1, status: 'paused', lagEvents: 5 },
      rebuild: { version: 2, status: 'paused', done: 10, total: 15, eventsPerSecond: 2, etaSeconds: 2.5 },
    });
  });
});
