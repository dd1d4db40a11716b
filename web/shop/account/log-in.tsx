import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import {
  deviceToken,
  graphql,
  openSession,
  ownPath,
  rejection,
  sessionSelections,
  useAction,
  useRealm,
} from '../../api';
import { deviceName } from '../../api/device';
import { useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { Form, Input } from '../../ui/form';
import { Page } from '../../ui/page';
import { useMergeGuestCart } from '../cart/guest-lines';

const logIn = graphql(
  `
    mutation LogIn($input: LogInInput!) {
      logIn(input: $input) {
        __typename
        ...LogInSession
        ...Rejection
      }
    }
  `,
  [sessionSelections.logIn, rejection],
);

/** Signs an account in in the area of the page that required it, and then shows that page. */
export function LogInPage() {
  const { account } = useAccountWords();
  const { nav, logInFirst } = useTexts();
  const { next } = useSearch({ from: '/log-in' });
  const realm = useRealm();
  const navigate = useNavigate();
  const action = useAction(logIn);
  const merge = useMergeGuestCart();
  const enter = async (email: string, password: string): Promise<void> => {
    const from = { deviceToken: deviceToken(), device: deviceName() };
    const opened = await action.run({ email, password, realm, ...from });
    if (opened === undefined) return;
    openSession(realm, opened);
    if (realm === 'customer') await merge();
    await navigate({ to: ownPath(next) });
  };
  return (
    <Page title={realm === 'customer' ? account.logInTitle : logInFirst[realm]}>
      {realm !== 'customer' && <p>{logInFirst.apart}</p>}
      <Form
        submit={nav.logIn}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={({ email = '', password = '' }) => void enter(email, password)}
      >
        <Input name="email" type="email" autoComplete="username" label={account.email} required />
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          label={account.password}
          required
        />
      </Form>
      <p>
        <Link to="/reset-password">{account.forgotten}</Link>
      </p>
      {realm === 'customer' && (
        <p>
          {account.noAccount}{' '}
          <Link to="/sign-up" search={{ next }}>
            {nav.signUp}
          </Link>
        </p>
      )}
    </Page>
  );
}
