import { useEffect, useRef } from 'react';
import type UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import '../styles/charts.css';
import { useLanguage } from '../text';

/** A line of a chart. A missing value leaves a gap. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[] };

const HEIGHT = 240;
const DECIMALS = 2;
const DAY_SECONDS = 86_400;

/** Returns the days that a chart shows. A single one is shown between the days before and after it; the library would show years. */
const daysShown = ({ data: [days] }: UPlot): [number, number] => {
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  return first === last ? [first - DAY_SECONDS, last + DAY_SECONDS] : [first, last];
};

// A canvas does not know the style sheet's colours; these can be read on light and dark paper.
const AXIS = '#78857e';
const GRID = 'rgb(120 133 126 / 25%)';
const COLOURS = ['#2f9e6e', '#d97706', '#6a7fdb', '#c2548f'];

const optionsOf = (names: readonly string[], width: number, isByDay: boolean): UPlot.Options => {
  const axis = { stroke: AXIS, grid: { stroke: GRID }, ticks: { stroke: GRID } };
  return {
    width,
    height: HEIGHT,
    scales: { x: isByDay ? { time: true, range: daysShown } : { time: true } },
    axes: [axis, { ...axis, size: 60 }],
    series: [
      { value: isByDay ? '{YYYY}-{MM}-{DD}' : '{HH}:{mm}:{ss}' },
      ...names.map((label, at) => ({
        label,
        stroke: COLOURS[at % COLOURS.length] ?? AXIS,
        width: 2,
        points: { show: isByDay },
      })),
    ],
  };
};

const sentenceOf = ({ name, values }: Series, language: string): string => {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return `${name}: no figures yet`;
  const [from, to, now] = [Math.min(...known), Math.max(...known), last].map((value) =>
    value.toLocaleString(language, { maximumFractionDigits: DECIMALS }),
  );
  return `${name}: from ${from ?? ''} to ${to ?? ''}, last ${now ?? ''}`;
};

/**
 * A chart of figures over time, with a sentence a line for those who do not see it. The library is loaded when the first chart
 * is shown. `at` is in seconds since 1970; `isByDay`: each of them is a day, in UTC.
 */
export function Chart({
  label,
  at,
  series,
  isByDay = false,
}: {
  readonly label: string;
  readonly at: readonly number[];
  readonly series: readonly Series[];
  readonly isByDay?: boolean;
}) {
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const data = [at, ...series.map(({ values }) => values)] as unknown as UPlot.AlignedData;
  const latest = useRef(data);
  const names = series.map(({ name }) => name).join('\n');

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let isShown = true;
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    void import('uplot').then(({ default: Library }) => {
      if (!isShown) return;
      const options = optionsOf(names.split('\n'), element.clientWidth, isByDay);
      const zoned = isByDay
        ? { ...options, tzDate: (seconds: number) => Library.tzDate(new Date(seconds * 1_000), 'UTC') }
        : options;
      plot.current = new Library(zoned, latest.current, element);
      resized.observe(element);
    });
    return () => {
      isShown = false;
      resized.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [names, isByDay]);

  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  });

  const text = [label, ...series.map((each) => sentenceOf(each, language))].join('. ');
  return (
    <figure className="chart">
      <figcaption>{label}</figcaption>
      <div ref={place} role="img" aria-label={text} />
    </figure>
  );
}
