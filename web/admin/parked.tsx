import { useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, useShown } from '../api';
import { ActionButton } from '../ui/form';
import { List, pageVariables } from '../ui/list';
import { Moment } from '../ui/moment';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';

const parkedQuery = graphql(
  `
    query ParkedMessages($first: Int, $after: String, $last: Int, $before: String) {
      parkedCarrierMessages(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            link
            way
            kind
            shipmentNumber
            content
            note
            at
          }
        }
      }
    }
  `,
  [pageEnds],
);

const retryMessage = graphql(
  `
    mutation RetryCarrierMessage($input: RetryCarrierMessageInput!) {
      retryCarrierMessage(input: $input) {
        __typename
        ... on RetryCarrierMessageSuccess {
          consistencyToken
          messageId
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

function Retry({ messageId, onRetried }: { readonly messageId: string; readonly onRetried: () => void }) {
  const action = useAction(retryMessage);
  const retry = async (): Promise<void> => {
    if (await action.run({ messageId })) onRetried();
  };
  return <ActionButton label="Retry" action={action} onRun={() => void retry()} />;
}

/** The messages from and to carriers that wait for staff, with the reason and a retry. */
export function ParkedPage() {
  const search = useSearch({ from: '/admin/parked' });
  const shown = useShown(parkedQuery, pageVariables(search));
  return (
    <Page title="Parked messages">
      <p>
        A message is parked when Waybill could not understand it, or when the carrier did not acknowledge it.
        Remove the cause, then retry.
      </p>
      <Loaded shown={shown}>
        {({ parkedCarrierMessages }) =>
          parkedCarrierMessages && (
            <List
              caption="Parked messages"
              connection={parkedCarrierMessages}
              empty="No message is parked. There is nothing to do."
              columns={[
                { title: 'When', cell: ({ at }) => <Moment at={at} /> },
                {
                  title: 'Message',
                  cell: ({ link, way, kind }) => `${kind}, ${way === 'SENT' ? 'to' : 'from'} ${link}`,
                },
                { title: 'Reason', cell: ({ note }) => note ?? '–' },
                { title: 'Shipment', cell: ({ shipmentNumber }) => shipmentNumber ?? '–' },
                { title: 'Content', cell: ({ content }) => <code>{content}</code> },
                {
                  title: 'Action',
                  cell: ({ id }) => <Retry messageId={id} onRetried={shown.reload} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
