import { useNavigate } from '@tanstack/react-router';
import {
  closeSession,
  closeSessionsOf,
  currentSession,
  graphql,
  openSessions,
  rejection,
  useAccount,
  useAction,
  useRealm,
  useShown,
  type ResultOf,
} from '../../api';
import { useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { ActionButton } from '../../ui/form';
import { Table } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Loaded } from '../../ui/states';

const sessionsQuery = graphql(`
  query OwnSessions {
    sessions {
      id
      device
      realm
      openedAt
      lastUsedAt
    }
  }
`);

const closeOne = graphql(
  `
    mutation CloseSession($input: CloseSessionInput!) {
      closeSession(input: $input) {
        __typename
        ... on CloseSessionSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const closeAll = graphql(
  `
    mutation LogOutEverywhere($input: LogOutEverywhereInput!) {
      logOutEverywhere(input: $input) {
        __typename
        ... on LogOutEverywhereSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Session = NonNullable<ResultOf<typeof sessionsQuery>['sessions']>[number];

/** Returns the ID of a session: the second part of its refresh token. */
const idOf = ({ refreshToken }: { readonly refreshToken: string }): string | undefined =>
  refreshToken.split('.')[1];

function CloseOne({ of }: { readonly of: Session }) {
  const { sessions } = useAccountWords();
  const { areas } = useTexts();
  const realm = useRealm();
  const action = useAction(closeOne);
  const own = currentSession(realm);
  if (own !== undefined && of.id === idOf(own)) return sessions.thisOne;
  const close = async (): Promise<void> => {
    if ((await action.run({ sessionId: of.id })) === undefined) return;
    // It may be of another area of this browser.
    for (const { realm: area, session } of openSessions()) if (of.id === idOf(session)) closeSession(area);
  };
  return (
    <ActionButton
      label={sessions.close(of.device ?? sessions.unnamed, areas[of.realm ?? 'all'])}
      action={action}
      onRun={() => void close()}
    />
  );
}

/** The open sessions of the account, each of which can be closed, and the way to close all. */
export function OwnSessions() {
  const { sessions } = useAccountWords();
  const shown = useShown(sessionsQuery, {});
  const { areas } = useTexts();
  const account = useAccount();
  const action = useAction(closeAll);
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    if ((await action.run({})) === undefined) return;
    if (account) closeSessionsOf(account.id);
    await navigate({ to: '/' });
  };
  return (
    <section>
      <h2>{sessions.title}</h2>
      <Loaded shown={shown}>
        {({ sessions: open }) => (
          <Table
            caption={sessions.title}
            rows={open ?? []}
            keyOf={({ id }) => id}
            columns={[
              { title: sessions.device, cell: ({ device }) => device ?? sessions.unnamed },
              { title: sessions.area, cell: ({ realm }) => areas[realm ?? 'all'] },
              { title: sessions.openedAt, cell: ({ openedAt }) => <Moment at={openedAt} /> },
              { title: sessions.lastUsedAt, cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} /> },
              { title: sessions.action, cell: (session) => <CloseOne of={session} /> },
            ]}
          />
        )}
      </Loaded>
      <ActionButton label={sessions.closeAll} action={action} onRun={() => void leave()} />
    </section>
  );
}
