import { useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../../api';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { MessageActions } from './message-actions';

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
            state
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

/** The messages from and to carriers that wait for staff, with the reason and what can be done. */
export function ParkedPage() {
  const search = useSearch({ from: '/admin/parked' });
  const shown = useShown(parkedQuery, pageVariables(search));
  return (
    <Page title="Parked messages">
      <p>
        A message is parked when Waybill could not understand it, or when the carrier did not acknowledge it.
        Remove the cause, then have it applied or sent again. If you have dealt with it by other means, mark
        it as handled: it stays in the exchange log.
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
                  cell: ({ link, way, kind, shipmentNumber }) =>
                    [
                      ...[kind, `${way === 'SENT' ? 'to' : 'from'} ${link}`],
                      ...(shipmentNumber === null ? [] : [`shipment ${shipmentNumber}`]),
                    ].join(', '),
                },
                { title: 'Reason', cell: ({ note }) => note ?? '–' },
                { title: 'Content', cell: ({ content }) => <code>{content}</code> },
                {
                  title: 'Action',
                  cell: (message) => <MessageActions message={message} onDone={shown.reload} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
