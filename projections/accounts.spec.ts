import type { AccountRegistered, AccountRolesGranted, AccountRolesRevoked } from '../domain/account';
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
const ada: Account = { id, email: 'ada@shop.example', name: 'Ada', roles: ['customer'], registeredAt: at };

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
]);
