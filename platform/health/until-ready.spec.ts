import type { Millis } from '../../domain/kernel';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { untilReady } from './until-ready';

describe('waiting for a start to be ready', () => {
  const late = { ready: false, detail: 'catalogue is still 3 events behind since the start' };
  const of = (readyAfterMs: number) => {
    const clock = createVirtualClock();
    const readiness = () => {
      const ready = clock.monotonicMs() >= readyAfterMs;
      const projections = ready ? { ready } : late;
      return Promise.resolve({ ready, parts: { bus: { ready: true }, projections } });
    };
    const wait = (withinMs: number, signal = new AbortController().signal) =>
      clock.drive(untilReady(readiness, { clock, signal, withinMs: withinMs as Millis }));
    return { clock, wait };
  };

  it('ends as soon as every part is ready', async () => {
    const { clock, wait } = of(1_234);
    expect(await wait(5_000)).toEqual([]);
    expect(clock.monotonicMs()).toBe(1_250);
  });

  it('ends when the time is up, with the parts that are not ready and why', async () => {
    const { clock, wait } = of(60_000);
    expect(await wait(5_000)).toEqual(['projections: catalogue is still 3 events behind since the start']);
    expect(clock.monotonicMs()).toBe(5_000);
  });

  it('ends when the signal aborts', async () => {
    const { clock, wait } = of(60_000);
    expect(await wait(5_000, AbortSignal.abort())).toHaveLength(1);
    expect(clock.monotonicMs()).toBe(0);
  });
});
