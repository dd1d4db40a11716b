import { collectDefaultMetrics, Counter, Gauge as RegisteredGauge, Histogram, Registry } from 'prom-client';
import type { Millis } from '../../domain/kernel';
import { within, type Clock } from '../clock';

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

/** A metric that is read at each scrape. Several parts of a process may contribute readings to one name. */
export type Gauge<Name extends string = string> = MetricSpec<Name> & {
  readonly read: () => Promise<readonly Reading<Name>[]> | readonly Reading<Name>[];
};

const READ_WITHIN_MS = 2_000 as Millis;

/** Registers a gauge. A scrape leaves it out when it cannot be read. */
export const registerGauge = <Name extends string>(registry: Registry, gauge: Gauge<Name>): void => {
  new RegisteredGauge<Name>({
    name: gauge.name,
    help: gauge.help,
    labelNames: [...gauge.labelNames],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        for (const { labels, value } of await gauge.read()) this.set(labels, value);
      } catch {
        // A gauge that fails must not make the others fail, least of all during an incident.
        this.reset();
      }
    },
  });
};

/** Reads every part of a gauge, within two seconds. */
const readAll = (parts: readonly Gauge[], clock: Clock): Promise<readonly Reading<string>[]> => {
  const readings = Promise.all(parts.map(async ({ read }) => read()));
  return within(
    clock,
    READ_WITHIN_MS,
    readings.then((all) => all.flat()),
    () => new Error('A gauge was not read in time'),
  );
};

/** Registers the gauges that the parts of a process contribute. One that cannot be read within two seconds is left out. */
export const registerGauges = (registry: Registry, gauges: readonly Gauge[], clock: Clock): void => {
  const byName = new Map<string, Gauge[]>();
  for (const gauge of gauges) byName.set(gauge.name, [...(byName.get(gauge.name) ?? []), gauge]);
  for (const parts of byName.values())
    for (const gauge of parts.slice(0, 1))
      registerGauge(registry, { ...gauge, read: () => readAll(parts, clock) });
};
