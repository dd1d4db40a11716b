import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import type { WriteBatch } from '../../platform/read-models';
import { counters, type CountingEvent } from '../../tests/support/projections/counting';
import { createWorkplace, overheard } from '../../tests/support/projections/projecting';
import { untilRead } from './until-read';

const added: CountingEvent = { type: 'CounterAdded', data: { to: 'a', by: 1 } };
const projections = [counters('left'), counters('right')];

/** Read models of which the left one takes `hold` for each event that it writes. */
const started = async (hold: (clock: Clock) => Promise<void>) => {
  const { start, record, readModels, clock } = createWorkplace();
  const ear = async ({ collection, upserts }: WriteBatch): Promise<void> => {
    if (collection.name === 'left' && upserts.length > 0) await hold(clock);
  };
  const runtime = await start(projections, {
    readModels: overheard(readModels, ear),
    limits: { batchMax: 1 },
  });
  return { runtime, record, clock };
};

describe('waiting for the read models', () => {
  it('continues for hours while one of them makes progress', async () => {
    const { runtime, record, clock } = await started((time) => time.sleep(50_000 as Millis));
    let last = await record(added);
    for (let time = 0; time < 100; time += 1) last = await record(added);
    const { signal } = new AbortController();
    const before = clock.monotonicMs();
    await clock.drive(untilRead({ statuses: () => runtime.status(), clock, signal }, last));
    expect(clock.monotonicMs() - before).toBeGreaterThan(3_600_000);
    expect((await runtime.status()).every(({ position }) => position === last)).toBe(true);
    await clock.drive(runtime.stop());
  });

  it('ends a minute after the last progress, and names those that are behind', async () => {
    const { runtime, record, clock } = await started(async () => {
      throw new Fault('READ_MODELS_UNAVAILABLE', 'broken');
    });
    const last = await record(added);
    const { signal } = new AbortController();
    const before = clock.monotonicMs();
    const waiting = clock.drive(untilRead({ statuses: () => runtime.status(), clock, signal }, last));
    await expect(waiting).rejects.toThrow(/minute: left$/);
    expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(60_000);
    await clock.drive(runtime.stop());
  });

  it('ends when the signal aborts', async () => {
    const { runtime, record, clock } = await started((time) => time.sleep(50_000 as Millis));
    const last = await record(added);
    await clock.drive(
      untilRead({ statuses: () => runtime.status(), clock, signal: AbortSignal.abort() }, last),
    );
    expect((await runtime.status())[0]?.position).not.toBe(last);
    await clock.drive(runtime.stop());
  });
});
