import { useNavigate } from '@tanstack/react-router';
import { closeSession, currentSession, graphql, rejection, useAction, useShown, type ResultOf } from '../api';
import { useTexts } from '../text';
import { ActionButton } from '../ui/form';
import { Moment } from '../ui/moment';
import { Loaded } from '../ui/states';

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

function SessionRow({ of }: { readonly of: Session }) {
  const { sessions } = useTexts();
  const action = useAction(closeOne);
  const device = of.device ?? sessions.unnamed;
  return (
    <tr>
      <th scope="row">{device}</th>
      <td>
        <Moment at={of.openedAt} />
      </td>
      <td>
        <Moment at={of.lastUsedAt} />
      </td>
      <td>
        {of.id === ownSessionId() ? (
          sessions.thisOne
        ) : (
          <ActionButton
            label={sessions.close(device)}
            action={action}
            onRun={() => void action.run({ sessionId: of.id })}
          />
        )}
      </td>
    </tr>
  );
}

/** The open sessions of the account, each of which can be closed, and the way to close all. */
export function OwnSessions() {
  const { sessions } = useTexts();
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
          <div className="scroll" tabIndex={0} role="region" aria-label={sessions.title}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{sessions.device}</th>
                  <th scope="col">{sessions.openedAt}</th>
                  <th scope="col">{sessions.lastUsedAt}</th>
                  <th scope="col">{sessions.action}</th>
                </tr>
              </thead>
              <tbody>
                {open?.map((session) => (
                  <SessionRow key={session.id} of={session} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      <ActionButton label={sessions.closeAll} action={action} onRun={() => void leave()} />
    </section>
  );
}
