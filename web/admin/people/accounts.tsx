import { useState } from 'react';
import { graphql, rejection, useAction, usePermissions, useRead, useShown, type Role } from '../../api';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { ForAccount, Page } from '../../ui/page';
import { useUndo } from '../../ui/undo';
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

const rolesOfAddress = graphql(`
  query RolesOfAddress($email: String!) {
    accounts(first: 1, email: $email) {
      edges {
        node {
          id
          roles
          definedRoles {
            id
          }
        }
      }
    }
  }
`);

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

type Way = 'grant' | 'revoke';

const opposite = { grant: 'revoke', revoke: 'grant' } as const satisfies Record<Way, Way>;
const titles = { grant: 'Grant the role', revoke: 'Revoke the role' } as const;

/** The mutations that grant, or revoke, a role that is built in or defined, as one action. */
const useRoleChange = (way: Way) => {
  const builtIn = { grant: useAction(grantRole), revoke: useAction(revokeRole) }[way];
  const ofDefined = { grant: useAction(grantDefinedRole), revoke: useAction(revokeDefinedRole) }[way];
  return {
    isRunning: builtIn.isRunning || ofDefined.isRunning,
    problem: builtIn.problem ?? ofDefined.problem,
    run: (email: string, role: string) => {
      builtIn.clear();
      ofDefined.clear();
      return isBuiltIn(role) ? builtIn.run({ email, role }) : ofDefined.run({ email, roleId: role });
    },
  };
};

/** Returns a function that tells whether the account of an address has a role; undefined where that cannot be read. */
const useHasRole = () => {
  const read = useRead(rolesOfAddress);
  return async (email: string, role: string): Promise<boolean | undefined> => {
    const [edge] = (await read({ email }))?.accounts?.edges ?? [];
    return edge && [...edge.node.roles, ...edge.node.definedRoles.map(({ id }) => id)].includes(role);
  };
};

function ChangeRole({ way }: { readonly way: Way }) {
  const action = useRoleChange(way);
  const back = useRoleChange(opposite[way]);
  const { note, offer, withdraw } = useUndo(back);
  const hasRole = useHasRole();
  const maySee = usePermissions().has('role:read');
  const defined = useShown(roleNames, {}, !maySee).data?.definedRoles ?? [];
  const [done, setDone] = useState<string>();
  const title = titles[way];
  const { isRunning, problem } = action;
  const change = async ({ email = '', role = '' }: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    withdraw();
    const had = await hasRole(email, role);
    const success = await action.run(email, role);
    if (!success) return;
    const { account } = success;
    const says = account ? `${account.name} has now: ${rolesOf(account)}.` : 'Done.';
    // Where nothing has changed there is nothing to undo.
    if (had === (way === 'revoke')) offer(says, () => back.run(email, role));
    else setDone(says);
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
        <Select
          name="role"
          label="Role"
          options={[...roles, ...defined.map(({ id, name }) => [id, name] as const)]}
          value="staff"
        />
      </Form>
      <p role="status">{done}</p>
      {note}
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
