import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { createMetricsRegistry, registerGauges, type Gauge } from './metrics';

const parked = (kind: string, read: () => Promise<number>): Gauge => ({
  name: 'waybill_parked',
  help: 'Parked.',
  labelNames: ['kind'],
  read: async () => [{ labels: { kind }, value: await read() }],
});
const lag: Gauge = {
  name: 'waybill_lag_seconds',
  help: 'Lag.',
  labelNames: ['role'],
  read: () => [{ labels: { role: 'edge' }, value: 3 }],
};

/** Returns the lines of the platform's own metrics, as Prometheus reads them. */
const scrape = async (...gauges: readonly Gauge[]): Promise<readonly string[]> => {
  const clock = createVirtualClock();
  const registry = createMetricsRegistry();
  registerGauges(registry, gauges, clock);
  const text = await clock.drive(registry.metrics());
  return text.split('\n').filter((line) => line.startsWith('waybill_'));
};

describe('gauges that several parts of a process contribute', () => {
  it('are one metric with the readings of all', async () => {
    const gauges = [parked('reactions', async () => 2), lag, parked('carrier-notices', async () => 1)];
    expect(await scrape(...gauges)).toEqual([
      'waybill_parked{kind="reactions"} 2',
      'waybill_parked{kind="carrier-notices"} 1',
      'waybill_lag_seconds{role="edge"} 3',
    ]);
  });

  it.each<[string, () => Promise<number>]>([
    ['cannot be read', () => Promise.reject(new Error('away'))],
    ['is not read within two seconds', () => new Promise(() => undefined)],
  ])('leave out the one that %s, and no other', async (_, read) => {
    expect(await scrape(parked('reactions', read), lag)).toEqual(['waybill_lag_seconds{role="edge"} 3']);
  });
});
