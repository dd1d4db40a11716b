import type {
  AccountEmailVerified,
  AccountProfileChanged,
  AccountRegistered,
  AccountRolesGranted,
  AccountRolesRevoked,
  NotificationPreferencesChanged,
  SessionOpened,
} from '../domain/account';
import type { AccountId, Instant, RoleId } from '../domain/kernel';
import { erasedText } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { accounts } from './accounts';
import type { Account } from './accounts';

const id = 'ada' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;

const registered: AccountRegistered = {
  type: 'AccountRegistered',
  data: {
    accountId: id,
    email: 'ada@shop.example',
    name: 'Ada',
    passwordHash: '$argon2id$…',
    roles: ['customer'],
    registeredAt: at,
  },
};
const granted: AccountRolesGranted = {
  type: 'AccountRolesGranted',
  data: { accountId: id, roles: ['seller'], grantedAt: at },
};
const clerk = 'clerk' as RoleId;
const grantedDefined: AccountRolesGranted = {
  type: 'AccountRolesGranted',
  data: { accountId: id, roles: [], definedRoles: [clerk], grantedAt: at },
};
const revokedDefined: AccountRolesRevoked = {
  type: 'AccountRolesRevoked',
  data: { accountId: id, roles: [], definedRoles: [clerk], revokedAt: at },
};
const revoked: AccountRolesRevoked = {
  type: 'AccountRolesRevoked',
  data: { accountId: id, roles: ['seller'], revokedAt: at },
};
const verified: AccountEmailVerified = {
  type: 'AccountEmailVerified',
  data: { accountId: id, verifiedAt: at },
};
const changed: AccountProfileChanged = {
  type: 'AccountProfileChanged',
  data: { accountId: id, name: 'Ada L.', telephone: '+442079460958', language: 'zh', changedAt: at },
};
const emptied: AccountProfileChanged = {
  type: 'AccountProfileChanged',
  data: { accountId: id, name: 'Ada', changedAt: at },
};
const preferred: NotificationPreferencesChanged = {
  type: 'NotificationPreferencesChanged',
  data: { accountId: id, unwanted: ['payments'], changedAt: at },
};
const route = { topic: 'deliveries', channels: ['sms', 'email'] } as const;
const quietHours = { from: '22:00', until: '07:00' };
const first = { routes: [], pace: 'at_once', quietHours: null, timeZone: null } as const;
const loggedIn: SessionOpened = {
  type: 'SessionOpened',
  data: { accountId: id, sessionId: 's', tokenHash: 'h', expiresAt: at, openedAt: at },
};
const ada: Account = {
  id,
  email: 'ada@shop.example',
  emailVerifiedAt: null,
  name: 'Ada',
  roles: ['customer'],
  definedRoles: [],
  telephone: null,
  language: null,
  unwanted: [],
  notificationPreferences: null,
  registeredAt: at,
  changedAt: null,
  lastLogInAt: null,
  erasedAt: null,
};
const full: Account = { ...ada, name: 'Ada L.', telephone: '+442079460958', language: 'zh', changedAt: at };

itProjects(accounts, [
  { on: registered, because: 'an account is known, without credentials', touches: [{ id, after: ada }] },
  {
    on: granted,
    because: 'may do more',
    touches: [{ id, before: ada, after: { ...ada, roles: ['customer', 'seller'] } }],
  },
  { on: granted, because: 'is of an unknown account', touches: [{ id }] },
  {
    on: grantedDefined,
    because: 'has a role that was defined',
    touches: [{ id, before: ada, after: { ...ada, definedRoles: [clerk] } }],
  },
  {
    on: revokedDefined,
    because: 'has that role no more',
    touches: [{ id, before: { ...ada, definedRoles: [clerk] }, after: ada }],
  },
  {
    on: revoked,
    because: 'may do less',
    touches: [{ id, before: { ...ada, roles: ['seller', 'customer'] }, after: ada }],
  },
  { on: revoked, because: 'is of an unknown account', touches: [{ id }] },
  { on: changed, because: 'the whole profile is replaced', touches: [{ id, before: ada, after: full }] },
  {
    on: emptied,
    because: 'what is absent was removed',
    touches: [{ id, before: full, after: { ...ada, changedAt: at } }],
  },
  { on: changed, because: 'is of an unknown account', touches: [{ id }] },
  {
    on: preferred,
    because: 'wants other notifications',
    touches: [
      {
        id,
        before: ada,
        after: { ...ada, unwanted: ['payments'], notificationPreferences: { ...first, routes: [] } },
      },
    ],
  },
  {
    on: {
      ...preferred,
      data: { ...preferred.data, routes: [route], pace: 'daily', quietHours, timeZone: 'Europe/London' },
    },
    because: 'wants them by another way and at other times',
    touches: [
      {
        id,
        before: ada,
        after: {
          ...ada,
          unwanted: ['payments'],
          notificationPreferences: {
            routes: [route],
            pace: 'daily',
            quietHours,
            timeZone: 'Europe/London',
          },
        },
      },
    ],
  },
  { on: preferred, because: 'is of an unknown account', touches: [{ id }] },
  { on: loggedIn, because: 'was here', touches: [{ id, before: ada, after: { ...ada, lastLogInAt: at } }] },
  {
    on: verified,
    because: 'has used the link',
    touches: [{ id, before: ada, after: { ...ada, emailVerifiedAt: at } }],
  },
  { on: verified, because: 'is of an unknown account', touches: [{ id }] },
  {
    on: { type: 'AccountErased', data: { accountId: id, certificateId: 'c', by: 'OWNER', erasedAt: at } },
    because: 'has ended',
    touches: [
      {
        id,
        before: {
          ...full,
          roles: ['customer', 'seller'],
          definedRoles: [clerk],
          unwanted: ['payments'],
          notificationPreferences: { ...first, quietHours },
        },
        after: {
          ...ada,
          ...{ email: erasedText, name: erasedText, roles: [], changedAt: at, erasedAt: at },
        },
      },
    ],
  },
  { on: loggedIn, because: 'is of an unknown account', touches: [{ id }] },
]);
