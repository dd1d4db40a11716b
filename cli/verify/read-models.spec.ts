import { counters, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace } from '../../tests/support/projections/projecting';
import { verifyReadModels } from './read-models';

const added: CountingEvent = { type: 'CounterAdded', data: { to: 'a', by: 1 } };
const projection = counters('left');

const setUp = () => {
  const workplace = createWorkplace();
  const check = async () => {
    const { readModels, breaches } = await verifyReadModels(workplace, [projection], () => undefined);
    return { report: readModels[0], breaches };
  };
  return { ...workplace, check };
};

describe('the check of read models', () => {
  it('reports that a read model that was never built has none of the events', async () => {
    const { record, check } = setUp();
    await record(added, added);
    const { report, breaches } = await check();
    expect(report).toMatchObject({ documents: 0, behind: 2, foreign: false });
    expect(breaches).toEqual([]);
  });

  it('reports how far behind a read model is whose process has stopped', async () => {
    const { start, record, settle, check } = setUp();
    const runtime = await start([projection]);
    await record(added);
    await settle();
    await runtime.stop();
    expect((await check()).report).toMatchObject({ documents: 1, behind: 0 });
    await record(added, added, added);
    expect((await check()).report).toMatchObject({ documents: 1, differing: 0, behind: 3 });
  });
});
