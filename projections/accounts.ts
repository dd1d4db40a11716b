import { z } from 'zod';
import type { AccountRegistered, AccountRolesGranted, AccountRolesRevoked } from '../domain/account';
import { roles, type AccountId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const Account = z
  .strictObject({
    id: uuid<AccountId>().describe('The unique identifier. It does not reveal the e-mail address.'),
    email: z.string().describe('The e-mail address, in lower case.'),
    name: z.string().describe('The name shown to others.'),
    roles: z
      .array(z.enum(roles).describe('A role.'))
      .describe('The roles of the account. They say what it may do.'),
    registeredAt: instant.describe('The time when the account was created.'),
  })
  .describe('A person who signed up. It holds no credentials.');
export type Account = DocumentOf<typeof Account>;

type Shown = AccountRegistered | AccountRolesGranted | AccountRolesRevoked;

export const accounts = readModel<Account, Shown>('accounts', {
  question: 'Who has which account, and what may they do?',
  version: 1,
  document: Account,
  indexes: { by_email: ['email'], by_registration: ['registeredAt'] },
  key: ({ data }) => data.accountId,
  on: {
    AccountRegistered: (_, { data: { accountId: id, email, name, roles: first, registeredAt } }) => ({
      id,
      email,
      name,
      roles: first,
      registeredAt,
    }),
    AccountRolesGranted: (found, { data }) => found && { ...found, roles: [...found.roles, ...data.roles] },
    AccountRolesRevoked: (found, { data }) =>
      found && { ...found, roles: found.roles.filter((role) => !data.roles.includes(role)) },
  },
});
