import { useState } from 'react';
import { closeSessionsOf, graphql, rejection, useAccount, useAction, type ResultOf } from '../../api';
import { Certificate, certificateFields } from '../../erasure/certificate';
import { useErasureWords } from '../../erasure/words';
import { Form, Input } from '../../ui/form';
import { ForAccount, Page } from '../../ui/page';

const erased = graphql(
  `
    fragment ErasedAccount on EraseAccountSuccess @_unmask {
      certificate {
        ...CertificateFields
      }
    }
  `,
  [certificateFields],
);

const eraseAccount = graphql(
  `
    mutation EraseAccount($input: EraseAccountInput!) {
      eraseAccount(input: $input) {
        __typename
        ...ErasedAccount
        ...Rejection
      }
    }
  `,
  [erased, rejection],
);

type Erased = ResultOf<typeof erased>['certificate'];

function Points({ title, of }: { readonly title: string; readonly of: readonly string[] }) {
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {of.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  );
}

function Confirmation({ onErased }: { readonly onErased: (certificate: Erased) => void }) {
  const words = useErasureWords();
  const account = useAccount();
  const action = useAction(eraseAccount);
  const erase = async (password: string): Promise<void> => {
    const done = await action.run({ password });
    if (!done) return;
    onErased(done.certificate);
    if (account) closeSessionsOf(account.id);
  };
  return (
    <Page title={words.title}>
      <p>{words.about}</p>
      <Points title={words.erasedTitle} of={words.erased} />
      <Points title={words.keptTitle} of={words.kept} />
      <p>
        {words.first} {words.openMatters}
      </p>
      <Form
        submit={words.erase}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={({ password = '' }) => void erase(password)}
      >
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          label={words.password}
          required
        />
      </Form>
    </Page>
  );
}

/** Erases the signed-in account, and shows its certificate once. */
export function EraseAccountPage() {
  const words = useErasureWords();
  const [certificate, setCertificate] = useState<Erased>();
  if (certificate !== undefined)
    return (
      <Page title={words.done}>
        <Certificate of={certificate} />
      </Page>
    );
  return (
    <ForAccount>
      <Confirmation onErased={setCertificate} />
    </ForAccount>
  );
}
