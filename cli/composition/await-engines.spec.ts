import { Fault } from '../../platform/faults';
import { createMetricsRegistry, silentLogger } from '../../platform/telemetry';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { insist } from './await-engines';
import type { Engines } from './engines';

describe('what is insisted on while the platform starts', () => {
  let clock: VirtualClock;
  let opened: number;
  let stop: AbortController;
  beforeEach(() => {
    clock = createVirtualClock();
    opened = 0;
    stop = new AbortController();
  });
  const insistOn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const waiting = {
      engines: {} as Engines,
      metrics: createMetricsRegistry(),
      listen: () => Promise.resolve(void (opened += 1)),
      signal: stop.signal,
    };
    const surroundings = { clock, random: seededRandom(1), logger: silentLogger };
    return clock.drive(insist(work, waiting, surroundings));
  };
  /** Fails so many times, as an engine does that goes away between two questions. */
  const failing = (times: number, fault: Fault): (() => Promise<string>) => {
    let left = times;
    return () => (left-- > 0 ? Promise.reject(fault) : Promise.resolve('done'));
  };
  const away = new Fault('STORE_UNAVAILABLE', 'The store is away');

  it('is done at once, without a door, while the engines answer', async () => {
    expect(await insistOn(failing(0, away))).toBe('done');
    expect(opened).toBe(0);
  });

  it('is done again and again while one is away, behind one door', async () => {
    expect(await insistOn(failing(7, away))).toBe('done');
    expect(opened).toBe(1);
    expect(clock.monotonicMs()).toBeGreaterThan(5_000);
  });

  it('fails for what will not pass by itself', async () => {
    const wrong = new Fault('CONFIG_INVALID', 'WAYBILL_ADMIN_PASSWORD is too short');
    await expect(insistOn(failing(1, wrong))).rejects.toBe(wrong);
    expect(opened).toBe(0);
  });

  it('is given up when the process is told to stop', async () => {
    const told = new Error('Told to stop');
    const work = failing(3, away);
    const stopping = (): Promise<string> => {
      if (clock.monotonicMs() > 200) stop.abort(told);
      return work();
    };
    await expect(insistOn(stopping)).rejects.toBe(told);
  });
});
