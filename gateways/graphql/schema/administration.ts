import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { combined } from './object-type';
import { allowed, type Concept } from './resolvers';

const typeDefs = `
extend type Query {
  "The accounts, the newest first. For administrators."
  accounts(${pageArguments}
    "Returns only the account with this e-mail address."
    email: String
  ): AccountConnection
  "The settings as the process that answers has them, by their names. Secrets are replaced. For administrators."
  settings: [Setting!]
}

"A setting of the process."
type Setting {
  "The name of the environment variable."
  name: String!
  "The value, as text; null where it has none."
  value: String
  "The meaning of the setting."
  help: String!
  "Whether the value is a secret that is not shown."
  isSecret: Boolean!
}
`;

type AccountsArguments = PageArguments & { readonly email?: string | null };

const resolvers: Concept['resolvers'] = {
  Query: {
    accounts: allowed('account:list', ({ email, ...page }: AccountsArguments, { services }) => {
      const address = email?.trim().toLowerCase();
      return connectionOf(services.readers.accounts.list(address === '' ? undefined : address), page);
    }),
    settings: allowed('settings:read', (_args: object, { services }) => services.settings),
  },
};

export const administration: Concept = combined(
  { typeDefs, resolvers },
  connectionType('Account', 'accounts'),
);
