import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, useShown, type ResultOf } from '../../api';
import { useAccountWords } from '../../text/account';
import { ActionButton, Select } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { notificationStatuses } from '../../ui/notification-statuses';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';

const notificationsQuery = graphql(
  `
    query Notifications(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $status: NotificationStatus
    ) {
      notifications(first: $first, after: $after, last: $last, before: $before, status: $status) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            status
            subject
            text
            queuedAt
            retryAt
            attempts {
              at
              channel
              reason
            }
            account {
              id
              email
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

const retryNotification = graphql(
  `
    mutation RetryNotification($input: RetryNotificationInput!) {
      retryNotification(input: $input) {
        __typename
        ... on RetryNotificationSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Shown = NonNullable<ResultOf<typeof notificationsQuery>['notifications']>['edges'][number]['node'];

function Retry({ of, onRetried }: { readonly of: Shown; readonly onRetried: () => void }) {
  const action = useAction(retryNotification);
  const retry = async (): Promise<void> => {
    if (await action.run({ notificationId: of.id })) onRetried();
  };
  return <ActionButton label="Retry" action={action} onRun={() => void retry()} />;
}

function Attempts({ of: { attempts, retryAt } }: { readonly of: Shown }) {
  return (
    <ul>
      {attempts.map(({ at, channel, reason }) => (
        <li key={`${at} ${channel}`}>
          <Moment at={at} />: {channel}, {reason ?? 'sent'}
        </li>
      ))}
      {retryAt !== null && (
        <li>
          Next attempt: <Moment at={retryAt} />
        </li>
      )}
    </ul>
  );
}

/** The notifications to customers and to staff with their words, their attempts, and a retry of those that are parked. */
export function NotificationsPage() {
  const search = useSearch({ from: '/admin/notifications' });
  const navigate = useNavigate({ from: '/admin/notifications' });
  const { status } = search;
  const { notifications: words } = useAccountWords();
  const shown = useShown(notificationsQuery, { ...pageVariables(search), status });
  return (
    <Page title="Notifications">
      <Select
        name="status"
        label="State"
        options={[
          ['', 'Every state'],
          ...notificationStatuses.map((one) => [one, words.statuses[one]] as const),
        ]}
        value={status ?? ''}
        onChange={(chosen) => void navigate({ search: { status: chosen === '' ? undefined : chosen } })}
      />
      <Loaded shown={shown}>
        {({ notifications }) =>
          notifications && (
            <List
              caption="Notifications"
              connection={notifications}
              empty="There is no such notification."
              columns={[
                { title: 'When', cell: ({ queuedAt }) => <Moment at={queuedAt} /> },
                { title: 'To', cell: ({ account }) => account?.email ?? 'Staff' },
                {
                  title: 'Content',
                  cell: ({ subject, text }) => (
                    <details>
                      <summary>{subject}</summary>
                      <pre>{text}</pre>
                    </details>
                  ),
                },
                { title: 'State', cell: ({ status: state }) => words.statuses[state] },
                { title: 'Attempts', cell: (node) => <Attempts of={node} /> },
                {
                  title: 'Action',
                  cell: (node) => node.status === 'parked' && <Retry of={node} onRetried={shown.reload} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
