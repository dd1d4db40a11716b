import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, useShown, type ResultOf } from '../../api';
import { Form, Input } from '../../ui/form';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import '../../styles/engine.css';

const whyQuery = graphql(`
  query Why($readModel: String!, $id: ID!, $from: SafeInt!, $first: Int!) {
    explain(readModel: $readModel, id: $id) {
      exists
      shapedCount
      fields {
        path
        value
        setBy {
          id
          type
          at
          actor
        }
      }
      shaped(from: $from, first: $first) {
        event {
          id
          type
          stream
          revision
          position
          at
          commandId
          actor
          traceId
        }
        changes {
          path
          before
          after
        }
      }
    }
  }
`);

const chainQuery = graphql(`
  query WhyField($readModel: String!, $id: ID!, $field: String!) {
    explain(readModel: $readModel, id: $id, field: $field) {
      fields {
        path
        value
        setBy {
          id
          type
          stream
          revision
          position
          at
          commandId
          correlationId
          actor
          traceId
        }
        chain {
          types
          event {
            id
            stream
            position
            at
            commandId
            actor
          }
        }
      }
    }
  }
`);

type Explanation = NonNullable<ResultOf<typeof whyQuery>['explain']>;
type ExplainedField = NonNullable<ResultOf<typeof chainQuery>['explain']>['fields'][number];
type Shaping = Explanation['shaped'][number];
type Of = { readonly model: string; readonly id: string };

const PAGE = 20;

const textOf = (value: unknown): string => (value === null ? '–' : JSON.stringify(value));

function Fields({ of, explanation }: { readonly of: Of; readonly explanation: Explanation }) {
  return (
    <Table
      caption="Each field, and the event that last set it"
      rows={explanation.fields}
      keyOf={({ path }) => path}
      columns={[
        {
          title: 'Field',
          cell: ({ path }) => (
            <Link to="/admin/engine/why" search={{ ...of, field: path }}>
              {path}
            </Link>
          ),
        },
        { title: 'Value', cell: ({ value }) => <code>{textOf(value)}</code> },
        { title: 'Set by', cell: ({ setBy }) => setBy.type },
        { title: 'When', cell: ({ setBy }) => <Moment at={setBy.at} /> },
        { title: 'Actor', cell: ({ setBy }) => <code>{setBy.actor}</code> },
      ]}
    />
  );
}

function Cause({ field }: { readonly field: ExplainedField }) {
  const { path, value, setBy, chain } = field;
  return (
    <article className="panel" aria-label={`Why ${path} is so`}>
      <h3>
        {path}: {textOf(value)}
      </h3>
      <dl className="event-facts">
        <dt>Set by</dt>
        <dd>
          <Link to="/admin/engine/streams" search={{ stream: setBy.stream, from: String(setBy.revision) }}>
            {setBy.type}
          </Link>
          , <Moment at={setBy.at} />, position {setBy.position}
        </dd>
        <dt>Command</dt>
        <dd>
          {setBy.commandId} of {setBy.actor}
        </dd>
        <dt>First request</dt>
        <dd>{setBy.correlationId}</dd>
        <dt>Trace</dt>
        <dd>{setBy.traceId ?? '–'}</dd>
      </dl>
      <Table
        caption={`What the first request had led to when ${path} was set`}
        rows={chain}
        keyOf={({ event }) => event.id}
        columns={[
          { title: 'When', cell: ({ event }) => <Moment at={event.at} /> },
          { title: 'Events', cell: ({ types }) => types.join(', ') },
          {
            title: 'Stream',
            cell: ({ event }) => (
              <Link to="/admin/engine/streams" search={{ stream: event.stream }}>
                {event.stream}
              </Link>
            ),
          },
          { title: 'Actor', cell: ({ event }) => event.actor },
        ]}
      />
    </article>
  );
}

function Field({ of, field }: { readonly of: Of; readonly field: string }) {
  const shown = useShown(chainQuery, { readModel: of.model, id: of.id, field });
  return (
    <Loaded shown={shown}>
      {({ explain }) => (
        <section aria-labelledby="field">
          <h2 id="field">Why {field} is so</h2>
          {explain?.fields.map((each) => (
            <Cause key={each.path} field={each} />
          ))}
          {explain?.fields.length === 0 && <Empty>The document has no such field.</Empty>}
          <Link to="/admin/engine/why" search={{ model: of.model, id: of.id }}>
            All fields
          </Link>
        </section>
      )}
    </Loaded>
  );
}

function ShapedBy({ shaping: { event, changes } }: { readonly shaping: Shaping }) {
  return (
    <li className="panel">
      <h3>{event.type}</h3>
      <dl className="event-facts">
        <dt>When</dt>
        <dd>
          <Moment at={event.at} />,{' '}
          <Link to="/admin/engine/streams" search={{ stream: event.stream, from: String(event.revision) }}>
            {event.stream}
          </Link>
          , position {event.position}
        </dd>
        <dt>Command</dt>
        <dd>
          {event.commandId} of {event.actor}
        </dd>
        {changes.map(({ path, before, after }) => (
          <div key={path} className="change">
            <dt>{path}</dt>
            <dd>
              {textOf(before)} → <mark>{textOf(after)}</mark>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Why({ of, from }: { readonly of: Of; readonly from: number }) {
  const shown = useShown(whyQuery, { readModel: of.model, id: of.id, from, first: PAGE });
  return (
    <Loaded shown={shown}>
      {({ explain }) =>
        explain === null ? (
          <Empty>No event ever made such a document. Check the read model and the id.</Empty>
        ) : (
          <>
            {!explain.exists && <p role="status">The last event removed the document.</p>}
            <Fields of={of} explanation={explain} />
            <section aria-labelledby="shaped">
              <h2 id="shaped">What shaped it: {explain.shapedCount} events</h2>
              <ol className="events" start={from + 1}>
                {explain.shaped.map((shaping) => (
                  <ShapedBy key={shaping.event.id} shaping={shaping} />
                ))}
              </ol>
              <nav className="pager" aria-label="Pages of the events">
                {from > 0 && (
                  <Link to="/admin/engine/why" search={{ ...of, from: String(Math.max(0, from - PAGE)) }}>
                    Earlier events
                  </Link>
                )}
                {from + PAGE < explain.shapedCount && (
                  <Link to="/admin/engine/why" search={{ ...of, from: String(from + PAGE) }}>
                    Later events
                  </Link>
                )}
              </nav>
            </section>
          </>
        )
      }
    </Loaded>
  );
}

/** The reasons for a document of a read model: the event that set each field, and its command. */
export function WhyPage() {
  const { model, id, field, from } = useSearch({ from: '/admin/engine/why' });
  const navigate = useNavigate({ from: '/admin/engine/why' });
  const start = Number(from ?? 0);
  return (
    <Page title="Why is it so?">
      <search>
        <Form
          key={`${model} ${id}`}
          submit="Explain"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { model: typed['model'], id: typed['id'] } })}
        >
          <Input
            name="model"
            label="Read model"
            help="For example order, product, stock or payments."
            defaultValue={model}
            required
          />
          <Input name="id" label="Id" help="The id of the document." defaultValue={id} required />
        </Form>
      </search>
      {model === undefined || id === undefined ? (
        <Empty>Type the name of a read model and the id of a document.</Empty>
      ) : field === undefined ? (
        <Why of={{ model, id }} from={Number.isSafeInteger(start) && start > 0 ? start : 0} />
      ) : (
        <Field of={{ model, id }} field={field} />
      )}
    </Page>
  );
}
