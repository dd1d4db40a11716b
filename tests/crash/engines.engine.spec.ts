import { describeOn } from '../support/process/real-engine';
import { lookAfterwards, type Aftermath } from './after-the-storm';
import { runEngineStorm, type EngineStormReport } from './engine-storm';
import { engineNames } from './engines';

// The long form, with 20 kills of one of them, is `npm run test:crash -- --engine nats`.
const storms = [
  { name: 'each killed under load and started again,', trouble: 'kills', kills: 6, seed: 20_260_102 },
  { name: 'the lines to which break under load,', trouble: 'lines', kills: 6, seed: 20_260_103 },
] as const;

describeOn('WAYBILL_TEST_FERRETDB_BINARY', 'a platform on three engines,', () =>
  describeOn('WAYBILL_TEST_NATS_BINARY', 'servers of their own,', () =>
    describe.each(storms)('$name', ({ trouble, kills, seed }) => {
      let storm: EngineStormReport;
      let aftermath: Aftermath;
      beforeAll(async () => {
        const options = { trouble, kills, seed, customers: 1, log: () => undefined };
        storm = await runEngineStorm({ ...options, engines: engineNames });
        aftermath = await lookAfterwards(storm);
      }, 300_000);
      afterAll(() => storm.remove(), 30_000);

      it('stays, and says each time what it waits for', () => {
        expect(storm.platformDied).toBe(false);
        expect(storm.stopped).toMatchObject({ code: 0 });
        const { eventstore, mongodb, nats } = storm.readinessSaid;
        expect(eventstore[0]).toMatch(/^esdb:.* does not answer|No answer within/);
        expect(mongodb[0]).toMatch(/MongoDB|No answer within/);
        expect(nats[0]).toContain('WAYBILL_BUS');
      });

      it('has lost no order that it acknowledged, doubled none, and fulfilled all', () => {
        const { unheardOf, unfulfilled, doubledAcks, report } = aftermath;
        expect({ unheardOf, unfulfilled, doubledAcks, breaches: report.breaches }).toEqual({
          unheardOf: [],
          unfulfilled: [],
          doubledAcks: [],
          breaches: [],
        });
        expect(storm.shown).toHaveLength(storm.acked.length);
        expect(storm.acked.length).toBeGreaterThanOrEqual(3);
      });
    }),
  ),
);
