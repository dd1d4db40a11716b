import { Moment } from './moment';

type Entry = { readonly at: string; readonly summary: string };

/** The history of an order or a shipment, the oldest entry first. */
export function Timeline({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ol className="timeline">
      {entries.map(({ at, summary }, index) => (
        <li key={`${at} ${index}`}>
          <Moment at={at} /> {summary}
        </li>
      ))}
    </ol>
  );
}
