import { Link, useNavigate } from '@tanstack/react-router';
import {
  closeSession,
  currentSession,
  graphql,
  homeOf,
  rejection,
  useAccount,
  useAction,
  useRealm,
} from '../api';
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

/** The account that is signed in in this area, with the log-out of this area; log-in and sign-up for a guest. */
export function AccountMenu() {
  const { nav } = useTexts();
  const realm = useRealm();
  const account = useAccount();
  const navigate = useNavigate();
  const action = useAction(logOut);
  if (account === undefined)
    return (
      <>
        <Link to="/log-in" search={realm === 'customer' ? {} : { next: homeOf[realm] }}>
          {nav.logIn}
        </Link>
        {realm === 'customer' && <Link to="/sign-up">{nav.signUp}</Link>}
      </>
    );
  const leave = async (): Promise<void> => {
    const refreshToken = currentSession(realm)?.refreshToken;
    if (refreshToken !== undefined) await action.run({ refreshToken });
    // The browser forgets the session even if the server could not be reached.
    closeSession(realm);
    await navigate({ to: homeOf[realm] });
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
