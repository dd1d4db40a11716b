import type { Principal } from '../../platform/execution';
import type { Role, AccountId } from '../../domain/kernel';
import { Fault } from '../../platform/faults';

/** Somebody who showed a good access token. */
export type SignedIn = {
  readonly kind: 'account';
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Milliseconds since 1970: when the token ends. */
  readonly untilMs: number;
};

/** Somebody who showed none, or one that no longer counts: may look, not touch. */
export type Guest = { readonly kind: 'guest'; readonly because: 'no-token' | 'expired' | 'invalid' };

export type Viewer = SignedIn | Guest;

export const guest: Guest = { kind: 'guest', because: 'no-token' };

const remedies = {
  'no-token': 'Log in, and send the access token as "Authorization: Bearer <token>".',
  expired: 'The access token has expired: get a new one with refreshSession.',
  invalid: 'The access token is not one of ours: log in anew.',
} as const satisfies Record<Guest['because'], string>;

/** @throws Fault `NOT_AUTHENTICATED` for a guest. */
export const signedIn = (viewer: Viewer): SignedIn => {
  if (viewer.kind === 'account') return viewer;
  throw new Fault('NOT_AUTHENTICATED', remedies[viewer.because]);
};

export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === 'account' && viewer.roles.some((role) => role === 'staff' || role === 'administrator');

/** @throws Fault `NOT_AUTHENTICATED` for a guest, `NOT_PERMITTED` for anybody but staff. */
export const staff = (viewer: Viewer): SignedIn => {
  const account = signedIn(viewer);
  if (!isStaff(account))
    throw new Fault('NOT_PERMITTED', 'Only staff may see this. Ask one of them, or log in as one.');
  return account;
};

/** What belongs to a customer is shown to that customer and to staff; to others it does not exist. */
export const mayRead = (viewer: Viewer, owner: AccountId): boolean =>
  isStaff(viewer) || (viewer.kind === 'account' && viewer.id === owner);

export const principalOf = (viewer: Viewer): Principal =>
  viewer.kind === 'guest'
    ? { kind: 'customer', id: 'guest', roles: [] }
    : { kind: isStaff(viewer) ? 'staff' : 'customer', id: viewer.id, roles: viewer.roles };
