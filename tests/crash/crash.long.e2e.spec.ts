import { runs } from '../support/runs';
import { lookAfterwards, type Aftermath } from './after-the-storm';
import { runStorm, type StormReport } from './storm';

// The long form, with 20 kills and a seed of its own each time, is `npm run test:crash`.
describe('a platform that is killed under load and started again', () => {
  let storm: StormReport;
  let aftermath: Aftermath;
  beforeAll(async () => {
    storm = await runStorm({ kills: runs(3, 1), seed: 20_260_101, customers: 3, log: () => undefined });
    aftermath = await lookAfterwards(storm);
  }, 180_000);
  afterAll(() => storm.remove());

  it('has been given something to lose', () => {
    expect(storm.acked.length).toBeGreaterThanOrEqual(3);
  });

  it('has lost no order that it acknowledged, doubled none, and fulfilled all', () => {
    const { unheardOf, unfulfilled, doubledAcks } = aftermath;
    expect({ unheardOf, unfulfilled, doubledAcks }).toEqual({
      unheardOf: [],
      unfulfilled: [],
      doubledAcks: [],
    });
    expect(storm.shown).toHaveLength(storm.acked.length);
  });

  it('keeps every invariant', () => {
    expect(aftermath.report.breaches).toEqual([]);
  });

  it('stops within ten seconds after the signal to stop', () => {
    expect(storm.stopped).toMatchObject({ code: 0 });
    expect(storm.stopped.tookMs).toBeLessThan(10_000);
  });
});
