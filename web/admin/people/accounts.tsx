import { useState } from 'react';
import { graphql, rejection, useAction, usePermissions, useShown, type Role } from '../../api';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { ForAccount, Page } from '../../ui/page';
import { AccountList, rolesOf } from './account-list';

const accountRoles = graphql(`
  fragment AccountRoles on Account @_unmask {
    id
    name
    roles
    definedRoles {
      id
      name
    }
  }
`);

const grantRole = graphql(
  `
    mutation GrantRole($input: GrantRoleInput!) {
      grantRole(input: $input) {
        __typename
        ... on GrantRoleSuccess {
          consistencyToken
          account {
            ...AccountRoles
          }
        }
        ...Rejection
      }
    }
  `,
  [accountRoles, rejection],
);

const revokeRole = graphql(
  `
    mutation RevokeRole($input: RevokeRoleInput!) {
      revokeRole(input: $input) {
        __typename
        ... on RevokeRoleSuccess {
          consistencyToken
          account {
            ...AccountRoles
          }
        }
        ...Rejection
      }
    }
  `,
  [accountRoles, rejection],
);

const grantDefinedRole = graphql(
  `
    mutation GrantDefinedRole($input: GrantDefinedRoleInput!) {
      grantDefinedRole(input: $input) {
        __typename
        ... on GrantDefinedRoleSuccess {
          consistencyToken
          account {
            ...AccountRoles
          }
        }
        ...Rejection
      }
    }
  `,
  [accountRoles, rejection],
);

const revokeDefinedRole = graphql(
  `
    mutation RevokeDefinedRole($input: RevokeDefinedRoleInput!) {
      revokeDefinedRole(input: $input) {
        __typename
        ... on RevokeDefinedRoleSuccess {
          consistencyToken
          account {
            ...AccountRoles
          }
        }
        ...Rejection
      }
    }
  `,
  [accountRoles, rejection],
);

const roleNames = graphql(`
  query RoleNames {
    definedRoles {
      id
      name
    }
  }
`);

const roles: readonly (readonly [Role, string])[] = [
  ['customer', 'Customer'],
  ['seller', 'Seller'],
  ['staff', 'Staff'],
  ['analyst', 'Analyst'],
  ['carrier', 'Carrier'],
  ['administrator', 'Administrator'],
];

const isBuiltIn = (role: string): role is Role => roles.some(([name]) => name === role);

function ChangeRole({ way }: { readonly way: 'grant' | 'revoke' }) {
  const builtIn = { grant: useAction(grantRole), revoke: useAction(revokeRole) }[way];
  const ofDefined = { grant: useAction(grantDefinedRole), revoke: useAction(revokeDefinedRole) }[way];
  const maySee = usePermissions().has('role:read');
  const defined = useShown(roleNames, {}, !maySee).data?.definedRoles ?? [];
  const [done, setDone] = useState<string>();
  const title = way === 'grant' ? 'Grant the role' : 'Revoke the role';
  const problem = builtIn.problem ?? ofDefined.problem;
  const change = async ({ email = '', role = '' }: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    builtIn.clear();
    ofDefined.clear();
    const success = isBuiltIn(role)
      ? await builtIn.run({ email, role })
      : await ofDefined.run({ email, roleId: role });
    if (!success) return;
    const { account } = success;
    setDone(account ? `${account.name} has now: ${rolesOf(account)}.` : 'Done.');
    form.reset();
  };
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Form
        submit={title}
        isRunning={builtIn.isRunning || ofDefined.isRunning}
        problem={problem}
        fields={['email']}
        onSubmit={(typed, form) => void change(typed, form)}
      >
        <Input name="email" type="email" label="E-mail" required problem={problem} />
        <Select
          name="role"
          label="Role"
          options={[...roles, ...defined.map(({ id, name }) => [id, name] as const)]}
          value="staff"
        />
      </Form>
      <p role="status">{done}</p>
    </section>
  );
}

function Accounts() {
  const mayGrant = usePermissions().has('role:grant');
  return (
    <Page title="Accounts">
      {mayGrant && (
        <>
          <p>A role that is granted or revoked counts from the next request on.</p>
          <ChangeRole way="grant" />
          <ChangeRole way="revoke" />
        </>
      )}
      <AccountList />
    </Page>
  );
}

/** Grants and revokes roles by the e-mail of an account, and lists all accounts. */
export function AccountsPage() {
  return (
    <ForAccount permission="account:list">
      <Accounts />
    </ForAccount>
  );
}
