import { fuzzWorld } from '../../tests/support/world/world-fuzz';

describe('a World under fire', () => {
  it('takes twenty thousand frames, half of them wrong, without a crash, a hang or a leak', async () => {
    const report = await fuzzWorld(20_000, 7);
    const [early, , late] = report.heap;
    expect(report.crashes).toEqual([]);
    expect(report.slowestMs).toBeLessThan(1000);
    expect((late?.mib ?? Infinity) - (early?.mib ?? 0)).toBeLessThan(32);
    expect(report.commandsUnderstood).toBeGreaterThan(1000);
  }, 60_000);
});
