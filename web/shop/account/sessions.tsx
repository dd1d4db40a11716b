import { useNavigate } from '@tanstack/react-router';
import {
  closeSession,
  currentSession,
  graphql,
  rejection,
  useAction,
  useShown,
  type ResultOf,
} from '../../api';
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

/** Returns the ID of the session of this browser: the second part of its refresh token. */
const ownSessionId = (): string | undefined => currentSession()?.refreshToken.split('.')[1];

function CloseOne({ of }: { readonly of: Session }) {
  const { sessions } = useAccountWords();
  const action = useAction(closeOne);
  if (of.id === ownSessionId()) return sessions.thisOne;
  return (
    <ActionButton
      label={sessions.close(of.device ?? sessions.unnamed)}
      action={action}
      onRun={() => void action.run({ sessionId: of.id })}
    />
  );
}

/** The open sessions of the account, each of which can be closed, and the way to close all. */
export function OwnSessions() {
  const { sessions } = useAccountWords();
  const shown = useShown(sessionsQuery, {});
  const action = useAction(closeAll);
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    if ((await action.run({})) === undefined) return;
    closeSession();
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
