import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { deviceToken, graphql, openSession, rejection, sessionSelections, useAction } from '../../api';
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

/** Signs an account in, and then shows the page that required it. */
export function LogInPage() {
  const { account } = useAccountWords();
  const { nav } = useTexts();
  const { next } = useSearch({ from: '/log-in' });
  const navigate = useNavigate();
  const action = useAction(logIn);
  const merge = useMergeGuestCart();
  const enter = async (email: string, password: string): Promise<void> => {
    const opened = await action.run({ email, password, deviceToken: deviceToken(), device: deviceName() });
    if (opened === undefined) return;
    openSession(opened);
    await merge();
    await navigate({ to: ownPath(next) });
  };
  return (
    <Page title={account.logInTitle}>
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
      <p>
        {account.noAccount}{' '}
        <Link to="/sign-up" search={{ next }}>
          {nav.signUp}
        </Link>
      </p>
    </Page>
  );
}

/** Returns the path if it is one of this site, so that a prepared link leads nowhere else after the log-in. */
export const ownPath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])/.test(path) ? path : '/';
