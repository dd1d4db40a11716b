import { useState } from 'react';
import { graphql, pageEnds, rejection, useAction, useShown, type ResultOf } from '../api';
import { useTexts } from '../text';
import { Form } from '../ui/form';
import { Moment } from '../ui/moment';
import { Empty, Loaded } from '../ui/states';

const notificationsQuery = graphql(
  `
    query OwnNotifications {
      me {
        id
        unwanted
      }
      notifications(first: 10) {
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            status
            subject
            queuedAt
          }
        }
      }
    }
  `,
  [pageEnds],
);

const changePreferences = graphql(
  `
    mutation ChangeNotificationPreferences($input: ChangeNotificationPreferencesInput!) {
      changeNotificationPreferences(input: $input) {
        __typename
        ... on ChangeNotificationPreferencesSuccess {
          consistencyToken
          account {
            id
            unwanted
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Answer = ResultOf<typeof notificationsQuery>;
type Topic = NonNullable<Answer['me']>['unwanted'][number];

const topics: readonly Topic[] = ['payments', 'deliveries'];

function Preferences({ unwanted }: { readonly unwanted: readonly Topic[] }) {
  const { notifications } = useTexts();
  const action = useAction(changePreferences);
  const [isSaved, setSaved] = useState(false);
  const save = async (wanted: readonly string[]): Promise<void> => {
    setSaved(false);
    const done = await action.run({ unwanted: topics.filter((topic) => !wanted.includes(topic)) });
    setSaved(done !== undefined);
  };
  return (
    <Form
      submit={notifications.save}
      isRunning={action.isRunning}
      problem={action.problem}
      onSubmit={(typed) => void save(Object.keys(typed))}
    >
      <fieldset>
        <legend>{notifications.wanted}</legend>
        {topics.map((topic) => (
          <p key={topic}>
            <label>
              <input type="checkbox" name={topic} defaultChecked={!unwanted.includes(topic)} />{' '}
              {notifications.topics[topic]}
            </label>
          </p>
        ))}
      </fieldset>
      {isSaved && <p role="status">{notifications.saved}</p>}
    </Form>
  );
}

/** The e-mails to the signed-in account, and which of them it wants. */
export function OwnNotifications() {
  const { notifications } = useTexts();
  const shown = useShown(notificationsQuery, {});
  return (
    <section aria-labelledby="notifications">
      <h2 id="notifications">{notifications.title}</h2>
      <Loaded shown={shown}>
        {({ me, notifications: sent }) => (
          <>
            {me && <Preferences unwanted={me.unwanted} />}
            {sent?.edges.length === 0 && <Empty>{notifications.none}</Empty>}
            <ul>
              {sent?.edges.map(({ node: { id, subject, status, queuedAt } }) => (
                <li key={id}>
                  <Moment at={queuedAt} />: {subject} ({notifications.statuses[status]})
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </section>
  );
}
