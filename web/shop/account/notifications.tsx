import { useState } from 'react';
import { graphql, pageEnds, rejection, useAction, useShown, type ResultOf } from '../../api';
import { useAccountWords } from '../../text/account';
import { NowSays, settle, useBeginning } from '../../ui/changed';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { Empty, Loaded } from '../../ui/states';

const preferenceFields = graphql(`
  fragment PreferenceFields on Account @_unmask {
    id
    unwanted
    notificationPreferences {
      routes {
        topic
        channels
      }
      pace
      quietHours {
        from
        until
      }
      timeZone
    }
  }
`);

const notificationsQuery = graphql(
  `
    query OwnNotifications {
      me {
        ...PreferenceFields
        telephone
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
  [preferenceFields, pageEnds],
);

const changePreferences = graphql(
  `
    mutation ChangeNotificationPreferences($input: ChangeNotificationPreferencesInput!) {
      changeNotificationPreferences(input: $input) {
        __typename
        ... on ChangeNotificationPreferencesSuccess {
          consistencyToken
          account {
            ...PreferenceFields
          }
        }
        ...Rejection
      }
    }
  `,
  [preferenceFields, rejection],
);

type Me = NonNullable<ResultOf<typeof notificationsQuery>['me']>;
type Topic = Me['unwanted'][number];
type Preferences = NonNullable<Me['notificationPreferences']>;
type Channel = Preferences['routes'][number]['channels'][number];
type Way = keyof ReturnType<typeof useAccountWords>['notifications']['ways'];

const topics: readonly Topic[] = ['payments', 'deliveries', 'requests', 'stock'];
const paces: readonly Preferences['pace'][] = ['at_once', 'daily'];
const none = { from: '00:00', until: '00:00' };

const wayOf = ({ unwanted, notificationPreferences: chosen }: Me, topic: Topic): Way =>
  unwanted.includes(topic)
    ? 'none'
    : ((chosen?.routes.find((route) => route.topic === topic)?.channels.join(',') ?? 'email') as Way);

/** Zones that the browser knows, and the one that was chosen. */
const zonesWith = (chosen: string): readonly string[] => [
  ...new Set([chosen, ...Intl.supportedValuesOf('timeZone')]),
];

function QuietHours({ chosen }: { readonly chosen: Preferences['quietHours'] | undefined }) {
  const { notifications: texts } = useAccountWords();
  return (
    <>
      <Input
        name="quietFrom"
        type="time"
        label={texts.quietFrom}
        help={texts.quietHelp}
        defaultValue={chosen?.from ?? ''}
      />
      <Input name="quietUntil" type="time" label={texts.quietUntil} defaultValue={chosen?.until ?? ''} />
    </>
  );
}

/** Returns the preferences as the server compares them with those that are expected. */
const seenOf = ({ unwanted, notificationPreferences: chosen }: Me) => ({
  unwanted,
  routes: chosen?.routes.map(({ topic, channels }) => ({ topic, channels })) ?? [],
  pace: chosen?.pace ?? 'at_once',
  quietHours: chosen?.quietHours && { from: chosen.quietHours.from, until: chosen.quietHours.until },
  timeZone: chosen?.timeZone,
});

/** Returns the preferences that were typed. */
const wantedOf = (typed: Typed, zone: string) => {
  const { quietFrom: from = '', quietUntil: until = '', pace, timeZone } = typed;
  const wanted = topics.filter((topic) => typed[topic] !== 'none');
  return {
    unwanted: topics.filter((topic) => !wanted.includes(topic)),
    routes: wanted.map((topic) => ({
      topic,
      channels: (typed[topic] ?? 'email').split(',') as Channel[],
    })),
    pace: pace as Preferences['pace'],
    quietHours: from === '' || until === '' ? none : { from, until },
    timeZone: timeZone ?? zone,
  };
};

const waysFor = (me: Me, topic: Topic): readonly Way[] =>
  me.telephone === null
    ? [...new Set<Way>([wayOf(me, topic), 'email', 'none'])]
    : ['email', 'sms', 'email,sms', 'sms,email', 'none'];

function PreferencesForm({
  me,
  onRefused,
}: {
  readonly me: Me;
  /** Shows the preferences as they are now. */
  readonly onRefused: () => void;
}) {
  const { notifications: texts } = useAccountWords();
  const action = useAction(changePreferences);
  const [isSaved, setSaved] = useState(false);
  const chosen = me.notificationPreferences;
  const expected = seenOf(me);
  const beginning = useBeginning(expected);
  const zone = chosen?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const save = async (typed: Typed): Promise<void> => {
    setSaved(false);
    const done = await action.run({ ...wantedOf(typed, zone), expected });
    setSaved(done !== undefined);
    settle(done, beginning, onRefused);
  };
  return (
    <Form
      submit={texts.save}
      isRunning={action.isRunning}
      problem={action.problem}
      onSubmit={(typed) => void save(typed)}
    >
      <fieldset key={beginning.key}>
        <legend>{texts.wanted}</legend>
        {topics.map((topic) => (
          <Select
            key={topic}
            name={topic}
            label={texts.topics[topic]}
            options={waysFor(me, topic).map((way) => [way, texts.ways[way]] as const)}
            value={wayOf(me, topic)}
          />
        ))}
        {me.telephone === null && <p className="help">{texts.needsTelephone}</p>}
        <Select
          name="pace"
          label={texts.pace}
          options={paces.map((pace) => [pace, texts.paces[pace]] as const)}
          value={chosen?.pace ?? 'at_once'}
        />
        <QuietHours chosen={chosen?.quietHours ?? undefined} />
        <Select
          name="timeZone"
          label={texts.timeZone}
          options={zonesWith(zone).map((name) => [name, name] as const)}
          value={zone}
        />
      </fieldset>
      <NowSays
        problem={action.problem}
        of={[
          ...topics.map((topic) => [texts.topics[topic], texts.ways[wayOf(me, topic)]] as const),
          [texts.pace, texts.paces[expected.pace]],
          [texts.quietFrom, chosen?.quietHours?.from],
          [texts.quietUntil, chosen?.quietHours?.until],
          [texts.timeZone, chosen?.timeZone],
        ]}
      />
      <p>{texts.always}</p>
      {isSaved && <p role="status">{texts.saved}</p>}
    </Form>
  );
}

/** The notifications to the signed-in account, and which of them it wants, how and when. */
export function OwnNotifications() {
  const { notifications } = useAccountWords();
  const shown = useShown(notificationsQuery, {});
  return (
    <section aria-labelledby="notifications">
      <h2 id="notifications">{notifications.title}</h2>
      <Loaded shown={shown}>
        {({ me, notifications: sent }) => (
          <>
            {me && <PreferencesForm me={me} onRefused={shown.reload} />}
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
