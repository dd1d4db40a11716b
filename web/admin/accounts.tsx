import { useState } from 'react';
import { graphql, rejection, useAction, type Role } from '../api';
import { Form, Input, Select, type Typed } from '../ui/form';
import { ForRoles, Page } from '../ui/page';
import { AccountList } from './account-list';

const grantRole = graphql(
  `
    mutation GrantRole($input: GrantRoleInput!) {
      grantRole(input: $input) {
        __typename
        ... on GrantRoleSuccess {
          consistencyToken
          account {
            id
            name
            roles
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const revokeRole = graphql(
  `
    mutation RevokeRole($input: RevokeRoleInput!) {
      revokeRole(input: $input) {
        __typename
        ... on RevokeRoleSuccess {
          consistencyToken
          account {
            id
            name
            roles
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const roles: readonly (readonly [Role, string])[] = [
  ['customer', 'Customer'],
  ['seller', 'Seller'],
  ['staff', 'Staff'],
  ['analyst', 'Analyst'],
  ['carrier', 'Carrier'],
  ['administrator', 'Administrator'],
];

function ChangeRole({ way }: { readonly way: 'grant' | 'revoke' }) {
  const granting = useAction(grantRole);
  const revoking = useAction(revokeRole);
  const { run, isRunning, problem } = way === 'grant' ? granting : revoking;
  const [done, setDone] = useState<string>();
  const title = way === 'grant' ? 'Grant the role' : 'Revoke the role';
  const change = async ({ email = '', role }: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    const success = await run({ email, role: role as Role });
    if (!success) return;
    const { account } = success;
    setDone(account ? `${account.name} has now: ${account.roles.join(', ') || 'no role'}.` : 'Done.');
    form.reset();
  };
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Form
        submit={title}
        isRunning={isRunning}
        problem={problem}
        fields={['email']}
        onSubmit={(typed, form) => void change(typed, form)}
      >
        <Input name="email" type="email" label="E-mail" required problem={problem} />
        <Select name="role" label="Role" options={roles} value="staff" />
      </Form>
      <p role="status">{done}</p>
    </section>
  );
}

/** Grants and revokes roles by the e-mail of an account, and lists all accounts. */
export function AccountsPage() {
  return (
    <ForRoles roles={['administrator']}>
      <Page title="Accounts">
        <p>An account has a changed role from its next log-in or renewal of its session on.</p>
        <ChangeRole way="grant" />
        <ChangeRole way="revoke" />
        <AccountList />
      </Page>
    </ForRoles>
  );
}
