import { accept, reject } from './kernel';
import type { AccountId, Decider, Decision, Fact, Instant } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The account has become an administrator. */
export type AdministratorAdded = Fact<'AdministratorAdded', { accountId: AccountId; addedAt: Instant }>;

/** The account is about to lose the role, so from now on it does not count as an administrator. */
export type AdministratorRemoved = Fact<'AdministratorRemoved', { accountId: AccountId; removedAt: Instant }>;

export type AdministratorsEvent = AdministratorAdded | AdministratorRemoved;

export const administratorsEventTypes = {
  AdministratorAdded: true,
  AdministratorRemoved: true,
} as const satisfies Record<AdministratorsEvent['type'], true>;

type Of = { readonly accountId: AccountId; readonly at: Instant };

export type AdministratorsCommand =
  (Of & { readonly type: 'AddAdministrator' }) | (Of & { readonly type: 'RemoveAdministrator' });

export type AdministratorsRejection = { readonly code: 'LAST_ADMINISTRATOR' };

/** The accounts that are administrators, in the order in which they became so. */
export type AdministratorsState = { readonly accountIds: readonly AccountId[] };

/**
 * The id of the one list. All changes go through one stream, so that two removals at once cannot remove the last
 * administrator.
 */
export const administratorsId = 'all';

const evolve = (
  { accountIds }: AdministratorsState,
  { type, data }: AdministratorsEvent,
): AdministratorsState => {
  const others = accountIds.filter((accountId) => accountId !== data.accountId);
  return { accountIds: type === 'AdministratorAdded' ? [...others, data.accountId] : others };
};

const decide = (
  { type, accountId, at }: AdministratorsCommand,
  { accountIds }: AdministratorsState,
): Decision<AdministratorsEvent, AdministratorsRejection> => {
  const isListed = accountIds.includes(accountId);
  if (type === 'AddAdministrator')
    return isListed ? accept() : accept({ type: 'AdministratorAdded', data: { accountId, addedAt: at } });
  // Without an administrator no role could be granted any more.
  if (accountIds.every((listed) => listed === accountId)) return reject({ code: 'LAST_ADMINISTRATOR' });
  return isListed ? accept({ type: 'AdministratorRemoved', data: { accountId, removedAt: at } }) : accept();
};

export const administrators: Decider<
  AdministratorsState,
  AdministratorsCommand,
  AdministratorsEvent,
  AdministratorsRejection
> = {
  category: 'administrators',
  initial: { accountIds: [] },
  decide,
  evolve,
};
