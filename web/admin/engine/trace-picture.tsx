import { Link } from '@tanstack/react-router';
import { graphql, useEach } from '../../api';
import { Table } from '../../ui/list';
import { Loaded } from '../../ui/states';
import { placedOf, type Placed } from './trace';

const traceQuery = graphql(`
  query TraceEvents($stream: String!) {
    events(stream: $stream, first: 100) {
      id
      type
      stream
      position
      recordedAt
      actor
      correlationId
      causationId
    }
  }
`);

const WIDTH = 1_000;
const LANE = 70;
const MARGIN = 30;
const HUES = 6;
const ID_SHOWN = 8;

const xOf = ({ x }: Placed): number => MARGIN + x * (WIDTH - 2 * MARGIN);
const yOf = ({ lane }: Placed): number => lane * LANE + 48;

function Picture({
  placed,
  streams,
}: {
  readonly placed: readonly Placed[];
  readonly streams: readonly string[];
}) {
  return (
    <svg
      className="trace"
      viewBox={`0 0 ${WIDTH} ${streams.length * LANE + 10}`}
      role="img"
      aria-label={`${placed.length} events of ${streams.length} streams, in the order of time. The table has the same.`}
    >
      {streams.map((stream, lane) => (
        <g key={stream}>
          <line className="lane" x1={0} x2={WIDTH} y1={lane * LANE + 48} y2={lane * LANE + 48} />
          <text x={0} y={lane * LANE + 18}>
            {stream}
          </text>
        </g>
      ))}
      {placed.map((each) => {
        const cause = each.linked === undefined ? undefined : placed[each.linked];
        if (!cause) return null;
        const middle = (xOf(cause) + xOf(each)) / 2;
        const [from, to] = [`${xOf(cause)} ${yOf(cause)}`, `${xOf(each)} ${yOf(each)}`];
        return (
          <path
            key={each.event.id}
            className="cause"
            d={`M${from} C${middle} ${yOf(cause) - 24} ${middle} ${yOf(each) - 24} ${to}`}
          />
        );
      })}
      {placed.map((each, at) => (
        <g key={each.event.id} className={`hue-${each.request % HUES}`}>
          <title>{`${at + 1}: ${each.event.type}, ${each.event.recordedAt}`}</title>
          <circle cx={xOf(each)} cy={yOf(each)} r="11" />
          <text className="number" x={xOf(each)} y={yOf(each) + 4}>
            {at + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}

/**
 * The stored events of several streams on a time axis, by their own ids: events of one request have one colour, and
 * events of one cause are joined.
 */
export function Trace({ streams }: { readonly streams: readonly string[] }) {
  const shown = useEach(
    traceQuery,
    streams.map((stream) => ({ stream })),
  );
  return (
    <Loaded shown={shown}>
      {(answers) => {
        const placed = placedOf(
          answers.flatMap(({ events }) => events ?? []),
          streams,
        );
        const rows = placed.map((each, at) => ({ ...each, at: at + 1 }));
        const first = Date.parse(placed[0]?.event.recordedAt ?? '');
        return (
          <>
            <div className="scroll" tabIndex={0} role="region" aria-label="Picture of the trace">
              <Picture placed={placed} streams={streams} />
            </div>
            <Table
              caption="Events of the trace"
              rows={rows}
              keyOf={({ event }) => event.id}
              columns={[
                { title: 'No.', cell: ({ at }) => at, isFigure: true },
                {
                  title: 'After (ms)',
                  cell: ({ event }) => (Date.parse(event.recordedAt) - first).toLocaleString(),
                  isFigure: true,
                },
                { title: 'Event', cell: ({ event }) => event.type },
                {
                  title: 'Stream',
                  cell: ({ event: { stream } }) => (
                    <Link to="/admin/engine/streams" search={{ stream }}>
                      {stream}
                    </Link>
                  ),
                },
                { title: 'Actor', cell: ({ event }) => event.actor },
                { title: 'Request', cell: ({ request }) => request + 1, isFigure: true },
                {
                  title: 'Cause',
                  cell: ({ linked, event: { causationId } }) =>
                    linked === undefined
                      ? `command ${causationId.slice(0, ID_SHOWN)}`
                      : placed[linked]?.event.id === causationId
                        ? `event ${linked + 1}`
                        : `as event ${linked + 1}`,
                },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}
