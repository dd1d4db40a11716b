import { useState } from 'react';
import { useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, useShown, type ResultOf } from '../../api';
import { Certificate, certificateFields, counted } from '../../erasure/certificate';
import { Form, Input } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { ForAccount, Page } from '../../ui/page';
import { Loaded } from '../../ui/states';

const erasuresQuery = graphql(
  `
    query AccountErasures($first: Int, $after: String, $last: Int, $before: String) {
      accountErasures(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            certificateId
            by
            erasedAt
            isFinished
            counts {
              category
              count
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

const erased = graphql(
  `
    fragment ErasedOnRequest on EraseAccountOnRequestSuccess @_unmask {
      consistencyToken
      certificate {
        ...CertificateFields
      }
    }
  `,
  [certificateFields],
);

const eraseOnRequest = graphql(
  `
    mutation EraseAccountOnRequest($input: EraseAccountOnRequestInput!) {
      eraseAccountOnRequest(input: $input) {
        __typename
        ...ErasedOnRequest
        ...Rejection
      }
    }
  `,
  [erased, rejection],
);

type Erased = ResultOf<typeof erased>['certificate'];

function EraseOnRequest() {
  const { run, isRunning, problem } = useAction(eraseOnRequest);
  const [certificate, setCertificate] = useState<Erased>();
  const erase = async (email: string, form: HTMLFormElement): Promise<void> => {
    setCertificate(undefined);
    const done = await run({ email });
    if (!done) return;
    setCertificate(done.certificate);
    form.reset();
  };
  return (
    <section aria-labelledby="on-request">
      <h2 id="on-request">Erase on request</h2>
      <p>
        For a person who asks by letter. Check who asks, such as by an e-mail to the address of the account.
        The account ends at once and for good, with all personal data; orders and invoices keep their sums.
        Give the person the certificate.
      </p>
      <Form
        submit="Erase the account for good"
        isRunning={isRunning}
        problem={problem}
        fields={['email']}
        onSubmit={({ email = '' }, form) => void erase(email, form)}
      >
        <Input name="email" type="email" label="E-mail of the account" required problem={problem} />
        <label>
          <input type="checkbox" name="checked" required /> I have checked who asks. It cannot be undone.
        </label>
      </Form>
      {certificate && <Certificate of={certificate} />}
    </section>
  );
}

function Erasures() {
  const shown = useShown(erasuresQuery, pageVariables(useSearch({ from: '/admin/erasures' })));
  return (
    <Page title="Erasures">
      <EraseOnRequest />
      <Loaded shown={shown}>
        {({ accountErasures }) =>
          accountErasures && (
            <List
              caption="Accounts that were erased"
              connection={accountErasures}
              empty="No account was erased yet."
              columns={[
                { title: 'Certificate', cell: ({ certificateId }) => certificateId },
                { title: 'Account', cell: ({ id }) => id },
                { title: 'Erased', cell: ({ erasedAt }) => <Moment at={erasedAt} /> },
                { title: 'By', cell: ({ by }) => (by === 'OWNER' ? 'Its owner' : 'Staff') },
                { title: 'State', cell: ({ isFinished }) => (isFinished ? 'Finished' : 'Under way') },
                { title: 'Records', cell: ({ counts }) => counted(counts) || '–' },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Erases accounts on request, and lists all erasures with their progress. */
export function ErasuresPage() {
  return (
    <ForAccount permission="account:erase">
      <Erasures />
    </ForAccount>
  );
}
