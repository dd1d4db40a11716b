import { Fault } from '../../platform/faults';
import { createMetricsRegistry, silentLogger } from '../../platform/telemetry';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { retryWhileEnginesAreAway } from './await-engines';

describe('work of the start that needs the engines', () => {
  let clock: VirtualClock;
  let opened: number;
  let stop: AbortController;
  beforeEach(() => {
    clock = createVirtualClock();
    opened = 0;
    stop = new AbortController();
  });
  const retry = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const wait = {
      health: [],
      metrics: createMetricsRegistry(),
      listen: () => Promise.resolve(void (opened += 1)),
      signal: stop.signal,
    };
    const runtime = { clock, random: seededRandom(1), logger: silentLogger };
    return clock.drive(retryWhileEnginesAreAway(work, wait, runtime));
  };
  /** Fails so many times, then succeeds. */
  const failing = (times: number, fault: Fault): (() => Promise<string>) => {
    let left = times;
    return () => (left-- > 0 ? Promise.reject(fault) : Promise.resolve('done'));
  };
  const away = new Fault('STORE_UNAVAILABLE', 'The store is away');

  it('is done at once, without a server, while the engines answer', async () => {
    expect(await retry(failing(0, away))).toBe('done');
    expect(opened).toBe(0);
  });

  it('is repeated while an engine is away, behind one server of health and metrics', async () => {
    expect(await retry(failing(7, away))).toBe('done');
    expect(opened).toBe(1);
    expect(clock.monotonicMs()).toBeGreaterThan(5_000);
  });

  it('fails for a fault that will not pass by itself', async () => {
    const wrong = new Fault('CONFIG_INVALID', 'WAYBILL_ADMIN_PASSWORD is too short');
    await expect(retry(failing(1, wrong))).rejects.toBe(wrong);
    expect(opened).toBe(0);
  });

  it('ends when the signal aborts', async () => {
    const told = new Error('Stopped by a test');
    const work = failing(3, away);
    const stopping = (): Promise<string> => {
      if (clock.monotonicMs() > 200) stop.abort(told);
      return work();
    };
    await expect(retry(stopping)).rejects.toBe(told);
  });
});
