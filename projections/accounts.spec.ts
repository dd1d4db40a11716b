import type {
  AccountEmailVerified,
  AccountProfileChanged,
  AccountRegistered,
  AccountRolesGranted,
  AccountRolesRevoked,
  NotificationPreferencesChanged,
  SessionOpened,
} from '../domain/account';
import type { AccountId, Instant } from '../domain/kernel';
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
  telephone: null,
  language: null,
  unwanted: [],
  registeredAt: at,
  changedAt: null,
  lastLogInAt: null,
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
    touches: [{ id, before: ada, after: { ...ada, unwanted: ['payments'] } }],
  },
  { on: preferred, because: 'is of an unknown account', touches: [{ id }] },
  { on: loggedIn, because: 'was here', touches: [{ id, before: ada, after: { ...ada, lastLogInAt: at } }] },
  {
    on: verified,
    because: 'has used the link',
    touches: [{ id, before: ada, after: { ...ada, emailVerifiedAt: at } }],
  },
  { on: verified, because: 'is of an unknown account', touches: [{ id }] },
  { on: loggedIn, because: 'is of an unknown account', touches: [{ id }] },
]);
