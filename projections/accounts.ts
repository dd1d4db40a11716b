import { z } from 'zod';
import type {
  AccountEmailVerified,
  AccountErased,
  AccountProfileChanged,
  AccountRegistered,
  AccountRolesGranted,
  AccountRolesRevoked,
  NotificationPreferencesChanged,
  SessionOpened,
} from '../domain/account';
import {
  erasedText,
  languages,
  notificationChannels,
  notificationPaces,
  notificationTopics,
  roles,
  type AccountId,
  type RoleId,
} from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const NotificationRouteShown = z
  .strictObject({
    topic: z.enum(notificationTopics).describe('The topic.'),
    channels: z
      .array(z.enum(notificationChannels).describe('A way by which notifications are sent.'))
      .describe('The ways, in the order in which they are tried.'),
  })
  .describe('The ways of one topic of notifications.');

export const QuietHoursShown = z
  .strictObject({
    from: z.string().describe('The beginning in local time, as `22:00`.'),
    until: z.string().describe('The end in local time, perhaps on the next day.'),
  })
  .describe('A part of each day in which no notifications come.');

export const NotificationPreferencesShown = z
  .strictObject({
    routes: z.array(NotificationRouteShown).describe('The topics that do not go by e-mail alone.'),
    pace: z.enum(notificationPaces).describe('Whether notifications come at once, or together once a day.'),
    quietHours: QuietHoursShown.nullable().describe(
      'The part of each day in which no notifications come; null where there is none.',
    ),
    timeZone: z
      .string()
      .nullable()
      .describe('The time zone of the quiet hours and of the daily message; null for that of the shop.'),
  })
  .describe('By which way and when notifications come. Those about security come at once by e-mail.');

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
    definedRoles: z
      .array(uuid<RoleId>().describe('A role that was defined.'))
      .describe('The roles that administrators defined, of which some may be retired.'),
    telephone: z.string().nullable().describe('The telephone number; null where none was given.'),
    language: z
      .enum(languages)
      .nullable()
      .describe('The language of e-mails to the account; null where none was chosen.'),
    unwanted: z
      .array(z.enum(notificationTopics).describe('A topic of notifications.'))
      .describe('The topics of which the account wants no notifications.'),
    notificationPreferences: NotificationPreferencesShown.nullable().describe(
      'By which way and when notifications come; null before the first choice: at once, by e-mail.',
    ),
    registeredAt: instant.describe('The time when the account was created.'),
    changedAt: instant.nullable().describe('The time of the last change of the profile; null before it.'),
    lastLogInAt: instant.nullable().describe('The time of the last log-in; null before it.'),
    erasedAt: instant
      .nullable()
      .describe('The time when the account ended and its personal data was erased; null before.'),
  })
  .describe('A person who signed up. It holds no credentials.');
export type Account = DocumentOf<typeof Account>;

type Shown =
  | AccountEmailVerified
  | AccountErased
  | AccountRegistered
  | AccountRolesGranted
  | AccountRolesRevoked
  | AccountProfileChanged
  | NotificationPreferencesChanged
  | SessionOpened;

/** Tests whether an account has ended. Documents before version 6 do not tell. */
export const isErased = ({ erasedAt = null }: Partial<Account>): boolean => erasedAt !== null;

/** Returns the defined roles of an account. Documents before version 5 have none. */
export const definedRolesOf = ({ definedRoles = [] }: Partial<Account>): readonly RoleId[] => definedRoles;

export const accounts = readModel<Account, Shown>('accounts', {
  question: 'Who has which account, and what may they do?',
  version: 7,
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
      definedRoles: [],
      telephone: null,
      language: null,
      unwanted: [],
      notificationPreferences: null,
      registeredAt,
      changedAt: null,
      lastLogInAt: null,
      erasedAt: null,
    }),
    AccountEmailVerified: (found, { data: { verifiedAt } }) =>
      found && { ...found, emailVerifiedAt: verifiedAt },
    AccountRolesGranted: (found, { data: { roles: more, definedRoles = [] } }) =>
      found && {
        ...found,
        roles: [...found.roles, ...more],
        definedRoles: [...definedRolesOf(found), ...definedRoles],
      },
    AccountRolesRevoked: (found, { data: { roles: gone, definedRoles = [] } }) =>
      found && {
        ...found,
        roles: found.roles.filter((role) => !gone.includes(role)),
        definedRoles: definedRolesOf(found).filter((roleId) => !definedRoles.includes(roleId)),
      },
    AccountProfileChanged: (found, { data: { name, telephone = null, language = null, changedAt } }) =>
      found && { ...found, name, telephone, language, changedAt },
    NotificationPreferencesChanged: (found, { data }) => {
      const { unwanted, routes = [], pace = 'at_once', quietHours = null, timeZone = null } = data;
      const shown = routes.map(({ topic, channels }) => ({ topic, channels: [...channels] }));
      return (
        found && {
          ...found,
          unwanted,
          notificationPreferences: { routes: shown, pace, quietHours, timeZone },
        }
      );
    },
    SessionOpened: (found, { data: { openedAt } }) => found && { ...found, lastLogInAt: openedAt },
    AccountErased: (found, { data: { erasedAt } }) =>
      found && {
        ...found,
        ...{ email: erasedText, name: erasedText, telephone: null, language: null },
        ...{ roles: [], definedRoles: [], unwanted: [], notificationPreferences: null, erasedAt },
      },
  },
});
