import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useAccount, useAction, useShown } from '../../api';
import { useAccountWords } from '../../text/account';
import { ActionButton, Form } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { requestEmailVerification, useLinkToken, verificationQuery, verifyEmail } from './email-links';

/** Tells whether the address of the signed-in account is verified, and sends a link if it is not. */
export function OwnVerification() {
  const { links } = useAccountWords();
  const shown = useShown(verificationQuery, {});
  const action = useAction(requestEmailVerification);
  const [isSent, setSent] = useState(false);
  const request = async (): Promise<void> => setSent((await action.run({})) !== undefined);
  return (
    <section aria-labelledby="verification">
      <h2 id="verification">{links.verifyTitle}</h2>
      <Loaded shown={shown}>
        {({ me }) =>
          me?.emailVerifiedAt ? (
            <p>
              {links.verifiedAt} <Moment at={me.emailVerifiedAt} />
            </p>
          ) : (
            <>
              <p>{links.notVerified}</p>
              <ActionButton label={links.sendVerification} action={action} onRun={() => void request()} />
              {isSent && <p role="status">{links.verificationSent}</p>}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

/** Verifies the address by a click: programs that open the links of e-mails must not use them up. */
function Verify({ token }: { readonly token: string }) {
  const { account, links } = useAccountWords();
  const isSignedIn = useAccount() !== undefined;
  const action = useAction(verifyEmail);
  const [isDone, setDone] = useState(false);
  const verify = async (): Promise<void> => setDone((await action.run({ token })) !== undefined);
  const toAccount = isSignedIn && (
    <p>
      <Link to="/account">{account.title}</Link>
    </p>
  );
  if (isDone) return <Page title={links.verified}>{toAccount}</Page>;
  return (
    <Page title={links.verifyTitle}>
      <p>{links.verifyHelp}</p>
      <Form
        submit={links.verify}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={() => void verify()}
      />
      {action.problem && toAccount}
    </Page>
  );
}

/** The page of the link that verifies an e-mail address. */
export function VerifyEmailPage() {
  const token = useLinkToken();
  return <Verify key={token} token={token} />;
}
