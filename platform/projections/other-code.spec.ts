import { silentLogger, type Logger } from '../telemetry';
import { counters, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace } from '../../tests/support/projections/projecting';
import { writtenStatus } from './index';

const add: CountingEvent = { type: 'CounterAdded', data: { to: 'a', by: 1 } };
const [left, right] = [counters('left'), counters('right')];
const NOTE = 'the code has changed since version 1 was built: a rebuild applies it to all documents';

const codeOf = (ofLeft: string): ReadonlyMap<string, string> =>
  new Map([
    ['left', ofLeft],
    ['right', 'r'],
  ]);

/** Starts programs one after the other, each with the code of this fingerprint, and returns what each reports. */
const createPrograms = () => {
  const workplace = createWorkplace();
  const { start, record, settle, clock } = workplace;
  const projections = [left, right];
  const run = async (fingerprints?: ReadonlyMap<string, string>, work?: 'rebuild') => {
    const warnings: object[] = [];
    const logger = { ...silentLogger, warn: (fields: object) => warnings.push(fields) } as unknown as Logger;
    const runtime = await start(projections, { fingerprints, logger });
    await record(add);
    await settle();
    if (work === 'rebuild') {
      await runtime.rebuild('left');
      await clock.advance(2_000);
    }
    const details = (await runtime.status()).map(({ detail }) => detail);
    await runtime.stop();
    return { warnings, details };
  };
  const seen = async (fingerprints?: ReadonlyMap<string, string>) =>
    (await writtenStatus({ ...workplace, projections, fingerprints })).map(({ detail }) => detail);
  return { run, seen };
};

describe('a copy that other code of the same version has built', () => {
  it('is reported in the log and in the status, until a rebuild', async () => {
    const { run, seen } = createPrograms();
    expect(await run(codeOf('one'))).toEqual({ warnings: [], details: [null, null] });
    const changed = { warnings: [{ readModels: ['left'] }], details: [NOTE, null] };
    expect(await run(codeOf('two'))).toEqual(changed);
    // The first code is back, but the copy has documents of the second one.
    expect(await run(codeOf('one'))).toEqual(changed);
    expect(await seen()).toEqual([NOTE, null]);
    expect((await run(codeOf('one'), 'rebuild')).details).toEqual([null, null]);
    expect(await run(codeOf('one'))).toEqual({ warnings: [], details: [null, null] });
  });

  it('is noticed by a program of new code that only reads', async () => {
    const { run, seen } = createPrograms();
    await run(codeOf('one'));
    expect(await seen(codeOf('one'))).toEqual([null, null]);
    expect(await seen(codeOf('two'))).toEqual([NOTE, null]);
    expect(await seen()).toEqual([null, null]);
  });

  it('is not reported where the code that has built it is unknown', async () => {
    const { run } = createPrograms();
    await run();
    expect(await run(codeOf('one'))).toEqual({ warnings: [], details: [null, null] });
  });
});
