import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import { administrators, type AdministratorsCommand, type AdministratorsEvent } from './administrators';
import type { AccountId, Instant } from './kernel';

const at = '2026-11-02T09:00:00.000Z' as Instant;
const [ada, eve, sam] = ['ada', 'eve', 'sam'] as unknown as readonly [AccountId, AccountId, AccountId];
const add = (accountId: AccountId): AdministratorsCommand => ({ type: 'AddAdministrator', accountId, at });
const remove = (accountId: AccountId): AdministratorsCommand => ({
  type: 'RemoveAdministrator',
  accountId,
  at,
});
const added = (accountId: AccountId): AdministratorsEvent => ({
  type: 'AdministratorAdded',
  data: { accountId, addedAt: at },
});
const removed = (accountId: AccountId): AdministratorsEvent => ({
  type: 'AdministratorRemoved',
  data: { accountId, removedAt: at },
});

it('adds an administrator once', () =>
  given(administrators, [])
    .when(add(ada))
    .then([added(ada)]));

it('removes one where another stays', () =>
  given(administrators, [added(ada), added(eve)])
    .when(remove(ada))
    .then([removed(ada)]));

it('has nothing to record of one that is not listed', () =>
  given(administrators, [added(ada)])
    .when(remove(eve))
    .then([]));

it.each<[string, readonly AdministratorsEvent[]]>([
  ['the only one', [added(ada)]],
  ['the one that stayed', [added(ada), added(eve), removed(eve)]],
  ['any account if no administrator is known', []],
])('does not remove %s', (_, history) =>
  given(administrators, history).when(remove(ada)).thenRejected({ code: 'LAST_ADMINISTRATOR' }),
);

it('never becomes zero after the first one, and records any command, sent twice, once', () =>
  alongEveryWalk(
    administrators,
    () => [ada, eve, sam].flatMap((accountId) => [add(accountId), remove(accountId)]),
    (step) => {
      recordsOnce(administrators, step);
      if (step.before.accountIds.length > 0) expect(step.after.accountIds).not.toEqual([]);
    },
  ));
