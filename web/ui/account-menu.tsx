import { Link, useNavigate } from '@tanstack/react-router';
import { closeSession, currentSession, graphql, rejection, useAccount, useAction } from '../api';
import { useTexts } from '../text';

const logOut = graphql(
  `
    mutation LogOut($input: LogOutInput!) {
      logOut(input: $input) {
        __typename
        ... on LogOutSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

/** The signed-in account with the log-out; log-in and sign-up for a guest. */
export function AccountMenu() {
  const { nav } = useTexts();
  const account = useAccount();
  const navigate = useNavigate();
  const action = useAction(logOut);
  if (account === undefined)
    return (
      <>
        <Link to="/log-in">{nav.logIn}</Link>
        <Link to="/sign-up">{nav.signUp}</Link>
      </>
    );
  const leave = async (): Promise<void> => {
    const refreshToken = currentSession()?.refreshToken;
    if (refreshToken !== undefined) await action.run({ refreshToken });
    // The browser forgets the session even if the server could not be reached.
    closeSession();
    await navigate({ to: '/' });
  };
  return (
    <>
      <Link to="/account" title={nav.account}>
        {account.name}
      </Link>
      <button type="button" onClick={() => void leave()}>
        {nav.logOut}
      </button>
    </>
  );
}
