import type { AccountRegistered, AccountRolesGranted, AccountRolesRevoked } from '../domain/account';
import type { AccountId, Instant, Role } from '../domain/kernel';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, instant, list, record, text } from './schema';

/** Who somebody is. Holds no credentials. */
export type Account = {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly registeredAt: Instant;
};

const roles = ['customer', 'seller', 'staff', 'administrator', 'carrier', 'analyst'];

const collection: CollectionSpec = {
  name: 'accounts',
  version: 1,
  indexes: [
    { name: 'by_email', fields: ['email'] },
    { name: 'by_registration', fields: ['registeredAt'] },
  ],
  schema: record<Account>(
    {
      id: text('UUID.'),
      email: text('In lower case.'),
      name: text('What they are called.'),
      roles: list(choice(roles, 'A role.'), 'What they may do.'),
      registeredAt: instant('When they signed up.'),
    },
    'Who somebody is. Holds no credentials.',
  ),
};

const idOf = ({ data }: { readonly data: { readonly accountId: string } }) => [data.accountId];

/** Who has which account, and what they may do. */
export const accounts: Projection<Account, AccountRegistered | AccountRolesGranted | AccountRolesRevoked> = {
  collection,
  handlers: {
    AccountRegistered: {
      ids: idOf,
      evolve: (_, { data: { accountId, email, name, roles: first, registeredAt } }) => ({
        id: accountId,
        email,
        name,
        roles: first,
        registeredAt,
      }),
    },
    AccountRolesGranted: {
      ids: idOf,
      evolve: (account, { data }) => account && { ...account, roles: [...account.roles, ...data.roles] },
    },
    AccountRolesRevoked: {
      ids: idOf,
      evolve: (account, { data }) =>
        account && { ...account, roles: account.roles.filter((role) => !data.roles.includes(role)) },
    },
  },
};
