import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, useShown, type ResultOf } from '../../api';
import { Form, Input } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import '../../styles/engine.css';

const eventsQuery = graphql(`
  query StoredEvents($stream: String!, $from: SafeInt!, $first: Int!) {
    events(stream: $stream, from: $from, first: $first) {
      id
      type
      stream
      revision
      position
      recordedAt
      data
      actor
      correlationId
      causationId
      traceparent
      schema
    }
  }
`);

type StoredEvent = NonNullable<ResultOf<typeof eventsQuery>['events']>[number];

const PAGE = 20;
const ORDER = 'order-';

function Event({ event }: { readonly event: StoredEvent }) {
  const { revision, type, schema, position, recordedAt, data, actor, correlationId, causationId } = event;
  return (
    <li className="panel">
      <h2>
        {revision}: {type}
      </h2>
      <dl className="event-facts">
        <dt>Stored</dt>
        <dd>
          <Moment at={recordedAt} />, position {position}, schema {schema}
        </dd>
        <dt>Actor</dt>
        <dd>{actor}</dd>
        <dt>Correlation</dt>
        <dd>{correlationId}</dd>
        <dt>Causation</dt>
        <dd>{causationId}</dd>
        {event.traceparent !== null && (
          <>
            <dt>Trace</dt>
            <dd>{event.traceparent}</dd>
          </>
        )}
      </dl>
      <pre tabIndex={0} aria-label={`Data of event ${revision}`} role="region">
        {JSON.stringify(data, null, 2)}
      </pre>
    </li>
  );
}

function Events({ stream, from }: { readonly stream: string; readonly from: number }) {
  const shown = useShown(eventsQuery, { stream, from, first: PAGE });
  const pageAt = (revision: number) => ({ stream, from: revision === 0 ? undefined : String(revision) });
  return (
    <Loaded shown={shown}>
      {({ events }) => (
        <>
          {events === null || events.length === 0 ? (
            <Empty>No event is stored here. Check the name, or go back to the first revision.</Empty>
          ) : (
            <ol className="events">
              {events.map((event) => (
                <Event key={event.id} event={event} />
              ))}
            </ol>
          )}
          <nav className="pager" aria-label="Pages of the stream">
            {from > 0 && (
              <Link to="/admin/engine/streams" search={pageAt(Math.max(0, from - PAGE))}>
                Earlier events
              </Link>
            )}
            {events?.length === PAGE && (
              <Link to="/admin/engine/streams" search={pageAt(from + PAGE)}>
                Later events
              </Link>
            )}
          </nav>
        </>
      )}
    </Loaded>
  );
}

/** Reads a revision out of the address; 0 where it is none. */
const revisionIn = (text: string | undefined): number => {
  const revision = Number(text ?? 0);
  return Number.isSafeInteger(revision) && revision > 0 ? revision : 0;
};

/** The stored events of the stream that the address names. */
export function StreamsPage() {
  const { stream, from } = useSearch({ from: '/admin/engine/streams' });
  const navigate = useNavigate({ from: '/admin/engine/streams' });
  return (
    <Page title="Stored events">
      <search>
        <Form
          key={stream}
          submit="Show"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { stream: typed['stream'] || undefined } })}
        >
          <Input
            name="stream"
            label="Stream"
            help="For example order-, followed by the id of the order."
            defaultValue={stream}
            required
          />
        </Form>
      </search>
      {stream === undefined ? (
        <Empty>Type the name of a stream.</Empty>
      ) : (
        <>
          {stream.startsWith(ORDER) && (
            <Link to="/admin/engine/orders/$id" params={{ id: stream.slice(ORDER.length) }}>
              The order as it was, and its trace
            </Link>
          )}
          <Events stream={stream} from={revisionIn(from)} />
        </>
      )}
    </Page>
  );
}
