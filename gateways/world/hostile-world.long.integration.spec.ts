import { runs } from '../../tests/support/runs';
import { fuzzGateway } from '../../tests/support/world/gateway-fuzz';

describe('the gateway to a hostile World', () => {
  it('survives thousands of false and malformed frames, and then works with a correct World', async () => {
    const frames = runs(3_000, 1_000);
    const report = await fuzzGateway(frames, 7);
    const [early, , late] = report.heap;
    expect(report.crashes).toEqual([]);
    expect(report.breaches).toEqual([]);
    expect((late?.mib ?? Infinity) - (early?.mib ?? 0)).toBeLessThan(32);
    expect(report.connections).toBeGreaterThan(frames / 60);
    expect(report.framesRead).toBeGreaterThan(frames / 6);
    expect(report.commandsHeard).toBeGreaterThan(frames / 30);
  }, 180_000);
});
