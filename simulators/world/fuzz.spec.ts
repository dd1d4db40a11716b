import { runs } from '../../tests/support/runs';
import { fuzzWorld } from '../../tests/support/world/world-fuzz';

describe('a World with hostile clients', () => {
  it('takes thousands of frames, half of them malformed, without a crash, a hang or a leak', async () => {
    const frames = runs(20_000, 5_000);
    const report = await fuzzWorld(frames, 7);
    const [early, , late] = report.heap;
    expect(report.crashes).toEqual([]);
    expect(report.slowestMs).toBeLessThan(1000);
    expect((late?.mib ?? Infinity) - (early?.mib ?? 0)).toBeLessThan(32);
    expect(report.commandsUnderstood).toBeGreaterThan(frames / 20);
  }, 60_000);
});
