import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../../api';
import { Form, Input } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Loaded } from '../../ui/states';
import { SendMessage } from './send-message';

const accountsQuery = graphql(
  `
    query Accounts($first: Int, $after: String, $last: Int, $before: String, $email: String) {
      accounts(first: $first, after: $after, last: $last, before: $before, email: $email) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            name
            email
            roles
            definedRoles {
              id
              name
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

/** Returns the names of all roles of an account. */
export const rolesOf = ({
  roles,
  definedRoles,
}: {
  readonly roles: readonly string[];
  readonly definedRoles: readonly { readonly name: string }[];
}): string => [...roles, ...definedRoles.map(({ name }) => name)].join(', ') || '–';

/** The accounts with their roles, the newest first, or the one of an address. */
export function AccountList() {
  const search = useSearch({ from: '/admin/accounts' });
  const navigate = useNavigate({ from: '/admin/accounts' });
  const { email } = search;
  const shown = useShown(accountsQuery, { ...pageVariables(search), email });
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">All accounts</h2>
      <search>
        <Form
          submit="Find"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { email: typed['email'] || undefined } })}
        >
          <Input key={email} name="email" type="search" label="Whole e-mail address" defaultValue={email} />
        </Form>
      </search>
      <Loaded shown={shown}>
        {({ accounts }) =>
          accounts && (
            <List
              caption="Accounts and their roles"
              connection={accounts}
              empty="No account has this address."
              columns={[
                { title: 'Name', cell: ({ name }) => name },
                { title: 'E-mail', cell: ({ email: address }) => address },
                { title: 'Roles', cell: rolesOf },
                { title: 'Message', cell: (account) => <SendMessage to={account} /> },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
