import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, usePermissions, useShown, type ResultOf } from '../../api';
import { ActionButton, Form, Input, Select } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { ForAccount, Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { merchantStates, type MerchantState } from '../../ui/merchant-states';

const merchantsQuery = graphql(
  `
    query Merchants($first: Int, $after: String, $last: Int, $before: String, $status: MerchantStatus) {
      merchants(first: $first, after: $after, last: $last, before: $before, status: $status) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            shopName
            reason
            status
            decision
            changedAt
            account {
              id
              name
              email
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

const decided = graphql(`
  fragment DecidedMerchant on Merchant @_unmask {
    id
    status
    decision
    changedAt
  }
`);

const approveMerchant = graphql(
  `
    mutation ApproveMerchant($input: ApproveMerchantInput!) {
      approveMerchant(input: $input) {
        __typename
        ... on ApproveMerchantSuccess {
          consistencyToken
          merchant {
            ...DecidedMerchant
          }
        }
        ...Rejection
      }
    }
  `,
  [decided, rejection],
);

const enableMerchant = graphql(
  `
    mutation EnableMerchant($input: EnableMerchantInput!) {
      enableMerchant(input: $input) {
        __typename
        ... on EnableMerchantSuccess {
          consistencyToken
          merchant {
            ...DecidedMerchant
          }
        }
        ...Rejection
      }
    }
  `,
  [decided, rejection],
);

const refuseMerchant = graphql(
  `
    mutation RefuseMerchant($input: RefuseMerchantInput!) {
      refuseMerchant(input: $input) {
        __typename
        ... on RefuseMerchantSuccess {
          consistencyToken
          merchant {
            ...DecidedMerchant
          }
        }
        ...Rejection
      }
    }
  `,
  [decided, rejection],
);

const disableMerchant = graphql(
  `
    mutation DisableMerchant($input: DisableMerchantInput!) {
      disableMerchant(input: $input) {
        __typename
        ... on DisableMerchantSuccess {
          consistencyToken
          merchant {
            ...DecidedMerchant
          }
        }
        ...Rejection
      }
    }
  `,
  [decided, rejection],
);

type Merchant = NonNullable<ResultOf<typeof merchantsQuery>['merchants']>['edges'][number]['node'];

function Approve({ id, shopName }: Merchant) {
  const action = useAction(approveMerchant);
  return (
    <ActionButton
      label={`Approve ${shopName}`}
      action={action}
      onRun={() => void action.run({ accountId: id })}
    />
  );
}

function Enable({ id, shopName }: Merchant) {
  const action = useAction(enableMerchant);
  return (
    <ActionButton
      label={`Enable ${shopName}`}
      action={action}
      onRun={() => void action.run({ accountId: id })}
    />
  );
}

/** Refuses an application, or disables a merchant, with a reason that the merchant sees. */
function Decline({ id, shopName, status }: Merchant) {
  const refusing = useAction(refuseMerchant);
  const disabling = useAction(disableMerchant);
  const { run, isRunning, problem } = status === 'APPLIED' ? refusing : disabling;
  const submit = status === 'APPLIED' ? `Refuse ${shopName}` : `Disable ${shopName}`;
  return (
    <Form
      submit={submit}
      isRunning={isRunning}
      problem={problem}
      fields={['reason']}
      onSubmit={({ reason = '' }) => void run({ accountId: id, reason })}
    >
      <Input name="reason" label={`Reason for ${shopName}`} required maxLength={500} problem={problem} />
    </Form>
  );
}

function Decisions({ merchant }: { readonly merchant: Merchant }) {
  const { status } = merchant;
  return (
    <>
      {status === 'APPLIED' && <Approve {...merchant} />}
      {status === 'DISABLED' && <Enable {...merchant} />}
      {(status === 'APPLIED' || status === 'APPROVED') && <Decline {...merchant} />}
    </>
  );
}

const stateWords: Readonly<Record<MerchantState, string>> = {
  APPLIED: 'Applied',
  APPROVED: 'Approved',
  REFUSED: 'Refused',
  DISABLED: 'Disabled',
};

const choices: readonly (readonly [MerchantState | 'ALL', string])[] = [
  ['ALL', 'All'],
  ...merchantStates.map((state) => [state, stateWords[state]] as const),
];

function Merchants() {
  const search = useSearch({ from: '/admin/merchants' });
  const navigate = useNavigate({ from: '/admin/merchants' });
  const permissions = usePermissions();
  const mayDecide = permissions.has('merchant:change');
  const maySeePayouts = permissions.has('payout:read');
  const shown = useShown(merchantsQuery, { ...pageVariables(search), status: search.status ?? null });
  return (
    <Page title="Merchants">
      <p>
        A merchant that is disabled sells nothing from the next request on. Orders that were placed go on.
      </p>
      <Select
        name="status"
        label="State"
        options={choices}
        value={search.status ?? 'ALL'}
        onChange={(status) => void navigate({ search: { status: status === 'ALL' ? undefined : status } })}
      />
      <Loaded shown={shown}>
        {({ merchants }) =>
          merchants && (
            <List
              caption="Accounts that applied to sell"
              connection={merchants}
              empty="No account is in this state."
              columns={[
                { title: 'Shop', cell: ({ shopName }) => shopName },
                { title: 'Account', cell: ({ account }) => account?.email ?? '–' },
                { title: 'Application', cell: ({ reason }) => reason },
                {
                  title: 'State',
                  cell: ({ status, decision }) =>
                    [stateWords[status], decision].filter((part) => part !== null).join(': '),
                },
                {
                  title: 'Payouts',
                  cell: ({ id, status }) =>
                    maySeePayouts && (status === 'APPROVED' || status === 'DISABLED') ? (
                      <Link to="/admin/payouts/$id" params={{ id }}>
                        Statements
                      </Link>
                    ) : (
                      '–'
                    ),
                },
                { title: 'Since', cell: ({ changedAt }) => <Moment at={changedAt} /> },
                {
                  title: 'Decision',
                  cell: (merchant) => mayDecide && <Decisions merchant={merchant} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

/** The accounts that applied to sell, for staff to approve, refuse, disable and enable. */
export function MerchantsPage() {
  return (
    <ForAccount permission="merchant:read">
      <Merchants />
    </ForAccount>
  );
}
