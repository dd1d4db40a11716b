import { fuzzGateway } from '../../tests/support/world/gateway-fuzz';

describe('the gateway to a World that means no good', () => {
  it('takes three thousand frames that lie or are none, and then works with a World that behaves', async () => {
    const report = await fuzzGateway(3_000, 7);
    const [early, , late] = report.heap;
    expect(report.crashes).toEqual([]);
    expect(report.breaches).toEqual([]);
    expect((late?.mib ?? Infinity) - (early?.mib ?? 0)).toBeLessThan(32);
    expect(report.connections).toBeGreaterThan(50);
    expect(report.framesRead).toBeGreaterThan(500);
    expect(report.commandsHeard).toBeGreaterThan(100);
  }, 180_000);
});
