import { useState } from 'react';
import { graphql, rejection, useAction, usePermissions, useShown, type ResultOf } from '../../api';
import { ActionButton, Form, Input, type Typed } from '../../ui/form';
import { ForAccount, Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const rolesQuery = graphql(`
  query DefinedRoles {
    definedRoles {
      id
      name
      permissions
    }
    permissions {
      name
      meaning
    }
  }
`);

const defineRole = graphql(
  `
    mutation DefineRole($input: DefineRoleInput!) {
      defineRole(input: $input) {
        __typename
        ... on DefineRoleSuccess {
          consistencyToken
          definedRole {
            id
            name
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const changeRole = graphql(
  `
    mutation ChangeRole($input: ChangeRoleInput!) {
      changeRole(input: $input) {
        __typename
        ... on ChangeRoleSuccess {
          consistencyToken
          definedRole {
            id
            name
            permissions
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const retireRole = graphql(
  `
    mutation RetireRole($input: RetireRoleInput!) {
      retireRole(input: $input) {
        __typename
        ... on RetireRoleSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Data = ResultOf<typeof rolesQuery>;
type Permission = NonNullable<Data['permissions']>[number];
type Role = NonNullable<Data['definedRoles']>[number];

const areaOf = ({ name }: Permission): string => name.split(':')[0] ?? name;

function Choice({
  pattern,
  meaning,
  chosen,
}: {
  readonly pattern: string;
  readonly meaning: string;
  readonly chosen: readonly string[];
}) {
  return (
    <label className="choice">
      <input type="checkbox" name={pattern} defaultChecked={chosen.includes(pattern)} />{' '}
      <code>{pattern}</code> {meaning}
    </label>
  );
}

/** All permissions as check boxes, by area. The name of a box is the pattern that it stands for. */
function Choices({ of, chosen }: { readonly of: readonly Permission[]; readonly chosen: readonly string[] }) {
  const areas = [...new Set(of.map(areaOf))];
  return (
    <fieldset>
      <legend>Permissions</legend>
      <Choice pattern="*" meaning="Everything, also what is added later." chosen={chosen} />
      {areas.map((area) => (
        <fieldset key={area}>
          <legend>{area}</legend>
          <Choice pattern={`${area}:*`} meaning="All of these." chosen={chosen} />
          {of
            .filter((permission) => areaOf(permission) === area)
            .map(({ name, meaning }) => (
              <Choice key={name} pattern={name} meaning={meaning} chosen={chosen} />
            ))}
        </fieldset>
      ))}
    </fieldset>
  );
}

/** Returns what was typed as a definition: every field but the name is a box that was ticked. */
const definitionOf = ({ name = '', ...boxes }: Typed) => ({ name, permissions: Object.keys(boxes) });

function Define({ permissions }: { readonly permissions: readonly Permission[] }) {
  const { run, isRunning, problem } = useAction(defineRole);
  const [done, setDone] = useState<string>();
  const define = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    const { name, permissions: chosen } = definitionOf(typed);
    if (!(await run({ name, permissions: chosen }))) return;
    setDone(`${name} is defined.`);
    form.reset();
  };
  return (
    <section aria-labelledby="define">
      <h2 id="define">Define a role</h2>
      <Form
        submit="Define the role"
        isRunning={isRunning}
        problem={problem}
        fields={['name']}
        onSubmit={(typed, form) => void define(typed, form)}
      >
        <Input name="name" label="Name" required maxLength={200} problem={problem} />
        <Choices of={permissions} chosen={[]} />
      </Form>
      <p role="status">{done}</p>
    </section>
  );
}

function Change({
  role,
  permissions,
  onRefused,
}: {
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** Shows the roles as they are now. */
  readonly onRefused: () => void;
}) {
  const changing = useAction(changeRole);
  const retiring = useAction(retireRole);
  const { run, isRunning, problem } = changing;
  const change = async (typed: Typed): Promise<void> => {
    const expected = { name: role.name, permissions: [...role.permissions] };
    if (!(await run({ roleId: role.id, ...definitionOf(typed), expected }))) onRefused();
  };
  return (
    <details>
      <summary>Change {role.name}</summary>
      <Form
        submit={`Save ${role.name}`}
        isRunning={isRunning}
        problem={problem}
        fields={['name']}
        onSubmit={(typed) => void change(typed)}
      >
        <Input
          name="name"
          label="New name"
          required
          maxLength={200}
          defaultValue={role.name}
          problem={problem}
        />
        <Choices of={permissions} chosen={role.permissions} />
      </Form>
      <ActionButton
        label={`Retire ${role.name}`}
        action={retiring}
        onRun={() => void retiring.run({ roleId: role.id })}
      />
    </details>
  );
}

function Roles() {
  const shown = useShown(rolesQuery, {});
  const mayDefine = usePermissions().has('role:define');
  return (
    <Page title="Roles">
      <p>
        A role is a name for a set of permissions. A change takes effect at the next request of each account
        that has the role. You can permit only what you may do yourself.
      </p>
      <Loaded shown={shown}>
        {({ definedRoles, permissions }) => (
          <>
            {definedRoles?.length === 0 && <Empty>No role is defined beside those that are built in.</Empty>}
            {definedRoles?.map((role) => (
              <section key={role.id} aria-label={role.name}>
                <h2>{role.name}</h2>
                <ul>
                  {role.permissions.map((pattern) => (
                    <li key={pattern}>
                      <code>{pattern}</code>
                    </li>
                  ))}
                </ul>
                {mayDefine && <Change role={role} permissions={permissions ?? []} onRefused={shown.reload} />}
              </section>
            ))}
            {mayDefine && <Define permissions={permissions ?? []} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** The roles that are defined, for those who may see them; those who may define roles change and retire them here, too. */
export function RolesPage() {
  return (
    <ForAccount permission="role:read">
      <Roles />
    </ForAccount>
  );
}
