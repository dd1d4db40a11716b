import { readdirSync } from 'node:fs';
import type { WayOut } from '../../domain/kernel';
import { afterSalesWaysOut } from '../../domain/after-sales';
import { orderWaysOut } from '../../domain/order';
import { shipmentWaysOut } from '../../domain/shipment';
import { createMetricsRegistry } from '../../platform/telemetry';
import { compose, waybillServices } from '../support/process/compose';
import { exists, jsonOf, pathOf, textOf, yamlOf } from '../support/project-files';

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
};
type Panel = {
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string }[];
};
type Measured = { readonly type: string; readonly labels: readonly string[] };

const { groups } = yamlOf('ops/observability/alerts.yml') as {
  groups: readonly { rules: readonly Rule[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = jsonOf('ops/observability/grafana/dashboards/waybill.json') as {
  panels: readonly Panel[];
};
const graphs = panels.filter(({ type }) => type !== 'row');

/** Every metric there is: ours from the page that is made from the code, the runtime's from their library. */
const metrics = new Map<string, Measured>(
  [
    ...textOf('docs/reference/metrics.md').matchAll(
      /^\| `(?<name>\w+)` \| (?<type>\w+) \| (?<labels>[^|]*) \|/gm,
    ),
  ].map(({ groups: row }) => [
    row!['name']!,
    { type: row!['type']!, labels: [...row!['labels']!.matchAll(/\w+/g)].map(String) },
  ]),
);
createMetricsRegistry()
  .getMetricsAsArray()
  .forEach(({ name }) => metrics.set(name, { type: 'gauge', labels: [] }));
metrics.set('up', { type: 'gauge', labels: [] });

/** The labels that Prometheus adds to every metric. */
const targetLabels = ['job', 'service', 'instance'];

const metricOf = (name: string): Measured | undefined => {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  const histogram = metrics.get(base);
  return histogram?.type === 'histogram' && base !== name
    ? { ...histogram, labels: [...histogram.labels, 'le'] }
    : metrics.get(name);
};

const namesIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/\b(?:waybill|process|nodejs)_\w+|\bup\b/g)].map(String);

const labelsIn = (expression: string): readonly string[] => [
  ...[...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/)),
  ...[...expression.matchAll(/[{,]\s*(\w+)\s*[!=]~?"/g)].map(([, name = '']) => name),
];

const everyExpression = [
  ...alerts.map(({ alert, expr }) => [`alert ${alert}`, expr] as const),
  ...graphs.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [`panel ${title}`, expr] as const),
  ),
];

it.each(everyExpression)('%s uses existing metrics and labels', (_, expression) => {
  const names = namesIn(expression);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    expect({ name, known: metricOf(name) !== undefined }).toEqual({ name, known: true });
    expect({ name, histogram: metricOf(name)?.type === 'histogram' }).toEqual({
      name,
      histogram: /_(bucket|sum|count)$/.test(name),
    });
  }
  const known = new Set([...targetLabels, ...names.flatMap((name) => metricOf(name)?.labels ?? [])]);
  labelsIn(expression).forEach((label) => expect([...known]).toContain(label));
});

describe('orders and shipments', () => {
  const everyWayOut = [orderWaysOut, shipmentWaysOut, afterSalesWaysOut].flatMap((table) =>
    Object.entries<WayOut>(table),
  );

  it.each(everyWayOut)(
    '%s: people are called where nothing leads out of it',
    (status, { isFinal, alert }) => {
      const rule = alerts.find((one) => one.alert === alert);
      if (isFinal && alert === null) return;
      expect(rule?.alert).toBe(alert);
      // The rule watches this status: by its name, or all statuses but those that it names.
      const named = /status(?<how>!?=)"(?<which>\w+)"/.exec(rule!.expr)?.groups;
      if (!isFinal && named) expect(named['which'] === status).toBe(named['how'] === '=');
    },
  );
});

describe('the alerts', () => {
  it.each(alerts.map((rule) => [rule.alert, rule] as const))(
    '%s has a page that says what to do',
    (name, rule) => {
      expect(textOf(rule.annotations.runbook)).toMatch(new RegExp(`^# ${name}\n`));
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      expect(rule.for).toMatch(/^\d+m$/);
      const labels = [...rule.annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!);
      labels.forEach((label) => expect(labelsIn(rule.expr)).toContain(label));
    },
  );

  it('own all the pages there are', () => {
    const pages = readdirSync(pathOf('ops/runbooks')).map((file) => `ops/runbooks/${file}`);
    expect(pages.sort()).toEqual(alerts.map(({ annotations }) => annotations.runbook).sort());
  });
});

describe('the dashboard', () => {
  it('shows every metric of ours', () => {
    const shown = new Set(
      graphs
        .flatMap(({ targets = [] }) => targets)
        .flatMap(({ expr }) => namesIn(expr))
        .map((name) => name.replace(/_(bucket|sum|count)$/, '')),
    );
    const ours = [...metrics.keys()].filter((name) => name.startsWith('waybill_'));
    expect(ours.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('says what each panel shows, and takes it from a source that is set up', () => {
    const { datasources } = yamlOf('ops/observability/grafana/provisioning/datasources/datasources.yml') as {
      datasources: readonly { uid: string; url: string }[];
    };
    for (const { title, description, datasource } of graphs) {
      expect({ title, described: (description ?? '') !== '' }).toEqual({ title, described: true });
      expect(datasources.map(({ uid }) => uid)).toContain(datasource?.uid);
    }
    for (const { url } of datasources) expect(Object.keys(compose.services)).toContain(new URL(url).hostname);
  });

  it('is mounted where Grafana looks for it', () => {
    const { providers } = yamlOf('ops/observability/grafana/provisioning/dashboards/dashboards.yml') as {
      providers: readonly { options: { path: string } }[];
    };
    const { volumes, environment } = compose.services['grafana']!;
    const { path } = providers[0]!.options;
    expect(volumes).toContain(`./ops/observability/grafana/dashboards:${path}:ro`);
    const home = environment!['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']!;
    expect(exists(home.replace(path, 'ops/observability/grafana/dashboards'))).toBe(true);
  });
});

describe('Prometheus', () => {
  type Job = { dns_sd_configs: readonly { names: readonly string[]; port: number }[] };
  const settings = yamlOf('ops/observability/prometheus.yml') as {
    rule_files: readonly string[];
    scrape_configs: readonly Job[];
  };

  it('fetches from every process of ours', () => {
    const [found] = settings.scrape_configs.flatMap((job) => job.dns_sd_configs);
    expect([...found!.names]).toEqual(waybillServices.map(([name]) => name));
    expect(found!.port).toBe(4000);
  });

  it('finds the alerts', () => {
    const mounted = compose.services['prometheus']!.volumes!.map((volume) => volume.split(':')[1]);
    settings.rule_files.forEach((file) => expect(mounted).toContain(file));
  });
});

it('traces go from every process through the collector to Jaeger', () => {
  const { receivers, exporters } = yamlOf('ops/observability/collector.yml') as {
    receivers: { otlp: { protocols: { http: { endpoint: string } } } };
    exporters: Record<string, { endpoint: string }>;
  };
  const offered = /OTEL_EXPORTER_OTLP_ENDPOINT=(.*)/.exec(textOf('.env.example'))![1]!;
  const { hostname, port } = new URL(offered);
  expect(Object.keys(compose.services)).toContain(hostname);
  expect(receivers.otlp.protocols.http.endpoint).toBe(`0.0.0.0:${port}`);
  expect(exporters['otlp/jaeger']!.endpoint).toBe('jaeger:4317');
  waybillServices.forEach(([, { environment }]) =>
    expect(environment).toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT'),
  );
});
