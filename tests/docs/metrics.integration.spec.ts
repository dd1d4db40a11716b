import type { Metric, Registry } from 'prom-client';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';
import { expectGenerated } from '../support/generated-file';

/** The fields of a prom-client metric that its types do not declare. */
type Declared = Metric & {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
};

const rowsOf = async (registry: Registry): Promise<readonly string[]> => {
  const kinds = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]));
  return (registry.getMetricsAsArray() as unknown as readonly Declared[])
    .filter(({ name }) => name.startsWith('waybill_'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, help, labelNames }) => {
      const labels = labelNames.map((label) => `\`${label}\``).join(' ');
      return `| \`${name}\` | ${kinds.get(name)} | ${labels} | ${help} |`;
    });
};

describe('the metrics of a whole Waybill', () => {
  let home: WaybillHome;
  let waybill: RunningWaybill;
  beforeAll(async () => {
    home = await WaybillHome.make();
    waybill = await home.start();
  }, 30_000);
  afterAll(async () => {
    await waybill.close();
    await home.remove();
  });

  it('are those that docs/reference/metrics.md lists', async () =>
    expectGenerated(
      'docs/reference/metrics.md',
      [
        '# Metrics',
        '',
        "Every process serves them at `/metrics` on its HTTP port, in Prometheus' text format, each with what its roles know. Beside these there are the usual `process_*` and `nodejs_*`. A histogram has `_bucket`, `_sum` and `_count`; times are in seconds. Labels are words of the platform's own, few each; no customer's words, names or numbers are in them. What Prometheus, Grafana and the alerts make of them is in [`ops/observability`](../../ops/observability).",
        '',
        '| Metric | Type | Labels | What it says |',
        '| --- | --- | --- | --- |',
        ...(await rowsOf(waybill.metrics)),
        '',
      ].join('\n'),
    ));

  it('are served to any caller', async () => {
    const answer = await fetch(`${waybill.url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('waybill_ready{part="eventStore"} 1');
    expect(text).toContain('waybill_projection_lag_events{projection="order_details"}');
    expect(text).toContain('waybill_parked{kind="reactions"} 0');
    expect(text).toMatch(
      /waybill_command_duration_seconds_count\{command="registerProduct",outcome="accepted"\} \d+/,
    );
    expect(text).toMatch(/waybill_event_store_append_duration_seconds_count\{result="appended"\} \d+/);
  });
});
