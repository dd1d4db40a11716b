import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { closeSession, useAction } from '../../api';
import { useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { Form, Input } from '../../ui/form';
import { Page } from '../../ui/page';
import { requestPasswordReset, resetPasswordByLink, useLinkToken } from './email-links';

function RequestLink() {
  const { account, links } = useAccountWords();
  const action = useAction(requestPasswordReset);
  const [isSent, setSent] = useState(false);
  const request = async (email: string): Promise<void> => {
    setSent(false);
    setSent((await action.run({ email })) !== undefined);
  };
  return (
    <Page title={links.requestTitle}>
      <p>{links.requestHelp}</p>
      <Form
        submit={links.request}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={({ email = '' }) => void request(email)}
      >
        <Input name="email" type="email" autoComplete="username" label={account.email} required />
        {isSent && <p role="status">{links.requested}</p>}
      </Form>
    </Page>
  );
}

function ChoosePassword({ token }: { readonly token: string }) {
  const { account, links, profile } = useAccountWords();
  const { nav } = useTexts();
  const action = useAction(resetPasswordByLink);
  const [isDone, setDone] = useState(false);
  const { isRunning, problem } = action;
  const choose = async (password: string): Promise<void> => {
    if ((await action.run({ token, password })) === undefined) return;
    // All sessions of the account are closed, also one of this browser. Those of other areas are refused at their next refresh.
    closeSession('customer');
    setDone(true);
  };
  if (isDone)
    return (
      <Page title={links.resetDone}>
        <p>
          <Link to="/log-in">{nav.logIn}</Link>
        </p>
      </Page>
    );
  return (
    <Page title={links.resetTitle}>
      <Form
        submit={links.reset}
        isRunning={isRunning}
        problem={problem}
        fields={['password']}
        onSubmit={({ password = '' }) => void choose(password)}
      >
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          label={profile.newPassword}
          help={account.passwordHelp}
          required
          problem={problem}
        />
      </Form>
      {problem && (
        <p>
          <Link to="/reset-password">{links.another}</Link>
        </p>
      )}
    </Page>
  );
}

/** Sends a link for a new password; opened by such a link, it takes the new password. */
export function ResetPasswordPage() {
  const token = useLinkToken();
  return token === '' ? <RequestLink /> : <ChoosePassword key={token} token={token} />;
}
