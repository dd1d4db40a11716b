import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, openSession, ownPath, rejection, sessionSelections, useAction } from '../../api';
import { deviceName } from '../../api/device';
import { useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { Form, Input } from '../../ui/form';
import { Page } from '../../ui/page';
import { useMergeGuestCart } from '../cart/guest-lines';

const signUp = graphql(
  `
    mutation SignUp($input: SignUpInput!) {
      signUp(input: $input) {
        __typename
        ...SignUpSession
        ...Rejection
      }
    }
  `,
  [sessionSelections.signUp, rejection],
);

/** Opens an account and signs it in. */
export function SignUpPage() {
  const { account } = useAccountWords();
  const { nav } = useTexts();
  const { next } = useSearch({ from: '/sign-up' });
  const navigate = useNavigate();
  const action = useAction(signUp);
  const merge = useMergeGuestCart();
  const enter = async (input: Parameters<typeof action.run>[0]): Promise<void> => {
    const opened = await action.run(input);
    if (opened === undefined) return;
    openSession('customer', opened);
    await merge();
    await navigate({ to: ownPath(next) });
  };
  const { isRunning, problem } = action;
  return (
    <Page title={account.signUpTitle}>
      <Form
        submit={nav.signUp}
        isRunning={isRunning}
        problem={problem}
        fields={['name', 'email', 'password']}
        onSubmit={({ name = '', email = '', password = '' }) =>
          void enter({ name, email, password, device: deviceName(), realm: 'customer' })
        }
      >
        <Input name="name" autoComplete="name" label={account.name} required problem={problem} />
        <Input
          name="email"
          type="email"
          autoComplete="username"
          label={account.email}
          required
          problem={problem}
        />
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          label={account.password}
          help={account.passwordHelp}
          required
          problem={problem}
        />
      </Form>
      <p>
        {account.haveAccount}{' '}
        <Link to="/log-in" search={{ next }}>
          {nav.logIn}
        </Link>
      </p>
    </Page>
  );
}
