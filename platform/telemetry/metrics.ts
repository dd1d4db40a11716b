import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Creates the registry of a process' metrics for Prometheus, including the runtime's own. */
export const createMetricsRegistry = (): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
};

type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** A metric's name with its unit, its meaning, and its labels: few values each, never a client's text. */
export type MetricSpec<Name extends string> = {
  readonly name: `waybill_${string}`;
  readonly help: string;
  readonly labelNames: readonly Name[];
};

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Registers a histogram. @returns a function that records a duration, in milliseconds. */
export const timer = <Name extends string>(
  registry: Registry,
  spec: MetricSpec<Name>,
): ((labels: Labels<Name>, durationMs: number) => void) => {
  const histogram = new Histogram<Name>({
    ...spec,
    labelNames: [...spec.labelNames],
    buckets: SECONDS,
    registers: [registry],
  });
  return (labels, durationMs) => histogram.observe(labels, durationMs / 1_000);
};

/** Registers a counter. @returns a function that increments it. */
export const counter = <Name extends string>(
  registry: Registry,
  spec: MetricSpec<Name>,
): ((labels: Labels<Name>, more: number) => void) => {
  const counted = new Counter<Name>({ ...spec, labelNames: [...spec.labelNames], registers: [registry] });
  return (labels, more) => counted.inc(labels, more);
};

export type Reading<Name extends string> = { readonly labels: Labels<Name>; readonly value: number };

/** Registers a gauge that is read at each scrape, and omitted if it cannot be read then. */
export const watch = <Name extends string>(
  registry: Registry,
  spec: MetricSpec<Name>,
  read: () => Promise<readonly Reading<Name>[]> | readonly Reading<Name>[],
): void => {
  new Gauge<Name>({
    ...spec,
    labelNames: [...spec.labelNames],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        for (const { labels, value } of await read()) this.set(labels, value);
      } catch {
        // A gauge that fails must not make the others fail, least of all during an incident.
        this.reset();
      }
    },
  });
};
