import { Link, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, useShown } from '../../api';
import { ActionButton } from '../../ui/form';
import { List, pageVariables, Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const parkedEventsQuery = graphql(
  `
    query ParkedEvents($first: Int, $after: String, $last: Int, $before: String) {
      parkedEvents(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            readModel
            version
            type
            stream
            reason
            parkedAt
          }
        }
      }
    }
  `,
  [pageEnds],
);

const parkedReactionsQuery = graphql(`
  query ParkedReactions {
    parkedReactions(first: 20) {
      totalCount
      edges {
        node {
          id
          reactor
          type
          stream
          revision
          reason
          isRetried
          parkedAt
        }
      }
    }
  }
`);

const replayEvent = graphql(
  `
    mutation ReplayParkedEvent($input: ReplayParkedEventInput!) {
      replayParkedEvent(input: $input) {
        __typename
        ... on ReplayParkedEventSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const retryReaction = graphql(
  `
    mutation RetryReaction($input: RetryReactionInput!) {
      retryReaction(input: $input) {
        __typename
        ... on RetryReactionSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

function Replay({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const action = useAction(replayEvent);
  const replay = async (): Promise<void> => {
    if (await action.run({ parkedEventId: id })) onDone();
  };
  return <ActionButton label="Replay" action={action} onRun={() => void replay()} />;
}

function Retry({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const action = useAction(retryReaction);
  const retry = async (): Promise<void> => {
    if (await action.run({ reactionId: id })) onDone();
  };
  return <ActionButton label="Retry" action={action} onRun={() => void retry()} />;
}

function Stream({ name, revision }: { readonly name: string; readonly revision?: number }) {
  const from = revision === undefined ? undefined : String(revision);
  return (
    <Link to="/admin/engine/streams" search={{ stream: name, from }}>
      {name}
    </Link>
  );
}

function ParkedEvents() {
  const search = useSearch({ from: '/admin/engine/parked' });
  const shown = useShown(parkedEventsQuery, pageVariables(search));
  return (
    <Loaded shown={shown}>
      {({ parkedEvents }) =>
        parkedEvents && (
          <List
            caption="Events that read models left out"
            connection={parkedEvents}
            empty="Every read model has processed every event."
            columns={[
              { title: 'When', cell: ({ parkedAt }) => <Moment at={parkedAt} /> },
              { title: 'Read model', cell: ({ readModel, version }) => `${readModel} (version ${version})` },
              { title: 'Event', cell: ({ type }) => type },
              { title: 'Stream', cell: ({ stream }) => <Stream name={stream} /> },
              { title: 'Reason', cell: ({ reason }) => reason },
              { title: 'Action', cell: ({ id }) => <Replay id={id} onDone={shown.reload} /> },
            ]}
          />
        )
      }
    </Loaded>
  );
}

function ParkedReactions() {
  const shown = useShown(parkedReactionsQuery, {});
  return (
    <Loaded shown={shown}>
      {({ parkedReactions }) =>
        parkedReactions &&
        (parkedReactions.edges.length === 0 ? (
          <Empty>No reaction has failed.</Empty>
        ) : (
          <>
            <Table
              caption="Reactions that failed"
              rows={parkedReactions.edges.map(({ node }) => node)}
              keyOf={({ id }) => id}
              columns={[
                { title: 'When', cell: ({ parkedAt }) => <Moment at={parkedAt} /> },
                { title: 'Reaction', cell: ({ reactor, type }) => `${reactor} to ${type}` },
                {
                  title: 'Stream',
                  cell: ({ stream, revision }) => <Stream name={stream} revision={revision} />,
                },
                { title: 'Reason', cell: ({ reason }) => reason },
                {
                  title: 'Action',
                  cell: ({ id, isRetried }) =>
                    isRetried ? 'Is retried by itself' : <Retry id={id} onDone={shown.reload} />,
                },
              ]}
            />
            <p>The first 20 of {parkedReactions.totalCount.toLocaleString()}.</p>
          </>
        ))
      }
    </Loaded>
  );
}

/** Events that read models left out, and reactions that failed, each with its reason and a way to try again. */
export function ParkedWorkPage() {
  return (
    <Page title="Failed events">
      <section aria-labelledby="parked-events">
        <h2 id="parked-events">Read models</h2>
        <p>The code of a read model failed on these events. Change the code, then replay the event.</p>
        <ParkedEvents />
      </section>
      <section aria-labelledby="parked-reactions">
        <h2 id="parked-reactions">Reactions</h2>
        <p>No other work waits for these. Remove the cause, then retry.</p>
        <ParkedReactions />
      </section>
    </Page>
  );
}
