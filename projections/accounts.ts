import { z } from 'zod';
import type {
  AccountEmailVerified,
  AccountProfileChanged,
  AccountRegistered,
  AccountRolesGranted,
  AccountRolesRevoked,
  NotificationPreferencesChanged,
  SessionOpened,
} from '../domain/account';
import { languages, notificationTopics, roles, type AccountId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const Account = z
  .strictObject({
    id: uuid<AccountId>().describe('The unique identifier. It does not reveal the e-mail address.'),
    email: z.string().describe('The e-mail address, in lower case.'),
    emailVerifiedAt: instant
      .nullable()
      .describe('The time when a link that was sent to the address was used; null before.'),
    name: z.string().describe('The name shown to others.'),
    roles: z
      .array(z.enum(roles).describe('A role.'))
      .describe('The roles of the account. They say what it may do.'),
    telephone: z.string().nullable().describe('The telephone number; null where none was given.'),
    language: z
      .enum(languages)
      .nullable()
      .describe('The language of e-mails to the account; null where none was chosen.'),
    unwanted: z
      .array(z.enum(notificationTopics).describe('A topic of notifications.'))
      .describe('The topics of which the account wants no notifications.'),
    registeredAt: instant.describe('The time when the account was created.'),
    changedAt: instant.nullable().describe('The time of the last change of the profile; null before it.'),
    lastLogInAt: instant.nullable().describe('The time of the last log-in; null before it.'),
  })
  .describe('A person who signed up. It holds no credentials.');
export type Account = DocumentOf<typeof Account>;

type Shown =
  | AccountEmailVerified
  | AccountRegistered
  | AccountRolesGranted
  | AccountRolesRevoked
  | AccountProfileChanged
  | NotificationPreferencesChanged
  | SessionOpened;

export const accounts = readModel<Account, Shown>('accounts', {
  question: 'Who has which account, and what may they do?',
  version: 4,
  document: Account,
  indexes: { by_email: ['email'], by_registration: ['registeredAt'] },
  key: ({ data }) => data.accountId,
  on: {
    AccountRegistered: (_, { data: { accountId: id, email, name, roles: first, registeredAt } }) => ({
      id,
      email,
      emailVerifiedAt: null,
      name,
      roles: first,
      telephone: null,
      language: null,
      unwanted: [],
      registeredAt,
      changedAt: null,
      lastLogInAt: null,
    }),
    AccountEmailVerified: (found, { data: { verifiedAt } }) =>
      found && { ...found, emailVerifiedAt: verifiedAt },
    AccountRolesGranted: (found, { data }) => found && { ...found, roles: [...found.roles, ...data.roles] },
    AccountRolesRevoked: (found, { data }) =>
      found && { ...found, roles: found.roles.filter((role) => !data.roles.includes(role)) },
    AccountProfileChanged: (found, { data: { name, telephone = null, language = null, changedAt } }) =>
      found && { ...found, name, telephone, language, changedAt },
    NotificationPreferencesChanged: (found, { data: { unwanted } }) => found && { ...found, unwanted },
    SessionOpened: (found, { data: { openedAt } }) => found && { ...found, lastLogInAt: openedAt },
  },
});
