import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { readinessOf } from './health';
import type { HealthCheck } from './health-check';
import { createProbe } from './probe';

describe('a check that does not return', () => {
  it('is not ready, and is started again only once in ten seconds', async () => {
    const clock = createVirtualClock();
    const probe = createProbe(clock);
    let started = 0;
    const silent = (): Promise<never> => {
      started += 1;
      return new Promise(() => undefined);
    };
    const ask = () => clock.drive(probe('readModels', silent));
    expect(await ask()).toEqual({ ready: false, detail: 'No answer within 2000 ms.' });
    for (let times = 0; times < 3; times += 1) await ask();
    expect(started).toBe(1);
    for (let times = 0; times < 5; times += 1) await ask();
    expect(started).toBe(2);
    expect(await probe('bus', () => ({ ready: true }))).toEqual({ ready: true });
  });
});

describe('readiness', () => {
  const clock = createVirtualClock();
  const ok: HealthCheck = { name: 'bus', check: () => ({ ready: true }) };
  const broken: HealthCheck = { name: 'disk', check: () => Promise.reject(new Error('no disk')) };
  const standby = () => ({ ready: true, detail: 'standby: ann has it' });

  it('is given when every part is ready, and leaves out a part that has no state', async () => {
    const absent: HealthCheck = { name: 'world', check: () => undefined };
    expect(await readinessOf([ok, absent], ['edge'], clock)()).toEqual({
      ready: true,
      standby: false,
      parts: { bus: { ready: true } },
    });
  });

  it('is refused when one check fails, with its reason, and shows the others', async () => {
    expect(await readinessOf([broken, ok], ['edge'], clock)()).toEqual({
      ready: false,
      standby: false,
      parts: { disk: { ready: false, detail: 'no disk' }, bus: { ready: true } },
    });
  });

  it('is on standby only while another process plays every role of this one', async () => {
    const workflows: HealthCheck = { name: 'workflows', check: () => undefined, standby };
    const standbyOf = async (...roles: readonly string[]) =>
      (await readinessOf([ok, workflows], roles, clock)()).standby;
    expect(await standbyOf('workflows')).toBe(true);
    expect(await standbyOf('workflows', 'edge')).toBe(false);
  });

  it('names both the process that plays a role and what is wrong with the part meanwhile', async () => {
    const stale: HealthCheck = {
      name: 'projections',
      check: () => ({ ready: false, detail: 'catalogue is 12 s behind' }),
      standby,
    };
    expect((await readinessOf([stale], ['projections'], clock)()).parts['projections']).toEqual({
      ready: false,
      detail: 'standby: ann has it; catalogue is 12 s behind',
    });
  });
});
