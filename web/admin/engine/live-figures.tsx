import { useEffect, useRef, useState } from 'react';
import { Chart } from '../../ui/chart';
import { useEvery } from '../../ui/every';
import { Table } from '../../ui/list';
import { figuresIn, sumOf, type Figure } from './metrics-text';

const EVERY_MS = 2_000;
const SAMPLES_MAX = 150;
const DEADLINE_MS = 5_000;
const MEBIBYTE = 1_048_576;

type Sample = { readonly atSeconds: number; readonly figures: readonly Figure[] };
type Part = { readonly name: string; readonly is: string };

/** Returns the growth of a counter for each second between two samples. */
const ratesOf = (samples: readonly Sample[], metric: string): readonly (number | null)[] =>
  samples.map(({ atSeconds, figures }, at) => {
    const before = samples[at - 1];
    const [now, then] = [sumOf(figures, metric), before && sumOf(before.figures, metric)];
    if (!before || now === null || then === null || then === undefined) return null;
    // A restarted process counts from 0.
    return Math.max(0, now - then) / (atSeconds - before.atSeconds);
  });

const levelsOf = (samples: readonly Sample[], metric: string, unit = 1): readonly (number | null)[] =>
  samples.map(({ figures }) => {
    const value = sumOf(figures, metric);
    return value === null ? null : value / unit;
  });

const read = async (path: string): Promise<string> =>
  (await fetch(path, { signal: AbortSignal.timeout(DEADLINE_MS) })).text();

type Health = {
  readonly status: string;
  readonly parts?: Readonly<Record<string, { readonly ready: boolean; readonly detail?: string }>>;
};

const stateOf = (isReady: boolean, detail?: string): string =>
  `${isReady ? 'Ready' : 'Not ready'}${detail === undefined ? '' : `: ${detail}`}`;

const partsIn = (health: string): readonly Part[] => {
  const { status, parts = {} } = JSON.parse(health) as Health;
  return [
    { name: 'The process', is: stateOf(status === 'ready') },
    ...Object.entries(parts).map(([name, { ready, detail }]) => ({ name, is: stateOf(ready, detail) })),
  ];
};

const parkedIn = (figures: readonly Figure[]) => figures.filter(({ name }) => name === 'waybill_parked');

/** The health and some figures of the process that serves the pages, since this page was opened. */
export function LiveFigures() {
  const [parts, setParts] = useState<readonly Part[]>([]);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [failure, setFailure] = useState<string>();
  const isReading = useRef(false);
  const look = async (): Promise<void> => {
    if (isReading.current) return;
    isReading.current = true;
    try {
      const [health, metrics] = await Promise.all([read('/health/ready'), read('/metrics')]);
      setParts(partsIn(health));
      const sample = { atSeconds: Date.now() / 1_000, figures: figuresIn(metrics) };
      setSamples((earlier) => [...earlier, sample].slice(-SAMPLES_MAX));
      setFailure(undefined);
    } catch {
      setFailure('The health of the process could not be read. The next attempt is under way.');
    } finally {
      isReading.current = false;
    }
  };
  useEvery(EVERY_MS, () => void look());
  const first = useRef(look);
  useEffect(() => void first.current(), []);
  const at = samples.map(({ atSeconds }) => atSeconds);
  return (
    <section aria-labelledby="health">
      <h2 id="health">Health</h2>
      {failure !== undefined && (
        <p role="alert" className="problem">
          {failure}
        </p>
      )}
      <Table
        caption="Parts of the process"
        rows={parts}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Part', cell: ({ name }) => name },
          { title: 'State', cell: ({ is }) => is },
        ]}
      />
      <Table
        caption="Put aside"
        rows={parkedIn(samples.at(-1)?.figures ?? [])}
        keyOf={({ labels }) => labels}
        columns={[
          { title: 'Put aside', cell: ({ labels }) => /"(.*)"/.exec(labels)?.[1] ?? labels },
          { title: 'Count', cell: ({ value }) => value.toLocaleString(), isFigure: true },
        ]}
      />
      <Chart
        label="Work in a second"
        at={at}
        series={[
          { name: 'Events written', values: ratesOf(samples, 'waybill_event_store_events_total') },
          {
            name: 'GraphQL operations',
            values: ratesOf(samples, 'waybill_graphql_operation_duration_seconds_count'),
          },
        ]}
      />
      <Chart
        label="Memory in MiB"
        at={at}
        series={[{ name: 'Resident', values: levelsOf(samples, 'process_resident_memory_bytes', MEBIBYTE) }]}
      />
    </section>
  );
}
