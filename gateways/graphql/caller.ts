import type { Principal } from '../../platform/execution';
import type { Role, AccountId } from '../../domain/kernel';
import { Fault } from '../../platform/faults';
import { refusal } from './request-errors';

/** A viewer with a valid access token. */
export type SignedIn = {
  readonly kind: 'account';
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The end of the token, in milliseconds since 1970. */
  readonly untilMs: number;
};

/** A viewer without a valid access token. */
export type Guest = { readonly kind: 'guest'; readonly because: 'no-token' | 'expired' | 'invalid' };

export type Viewer = SignedIn | Guest;

export const guest: Guest = { kind: 'guest', because: 'no-token' };

const remedies = {
  'no-token': 'Log in, and send the access token as "Authorization: Bearer <token>".',
  expired: 'The access token has expired: get a new one with refreshSession.',
  invalid: 'The access token is not valid: log in again.',
} as const satisfies Record<Guest['because'], string>;

/** @throws Fault `NOT_AUTHENTICATED` for a guest. */
export const signedIn = (viewer: Viewer): SignedIn => {
  if (viewer.kind === 'account') return viewer;
  throw new Fault('NOT_AUTHENTICATED', remedies[viewer.because]);
};

/** Returns the viewer as of now: one whose access token has expired since it was read is a guest. */
export const viewerAt = (viewer: Viewer, nowMs: number): Viewer =>
  viewer.kind === 'account' && viewer.untilMs <= nowMs ? { kind: 'guest', because: 'expired' } : viewer;

/**
 * Refuses a request with an invalid access token, so that its sender is not treated as a guest. Operations that open or
 * renew a session need no token and are allowed: clients send the old one with them.
 *
 * @throws GraphQLError `UNAUTHENTICATED`.
 */
export const demandGoodToken = (
  viewer: Viewer,
  { needsNoToken }: { readonly needsNoToken: boolean },
): void => {
  if (viewer.kind === 'account' || viewer.because === 'no-token' || needsNoToken) return;
  throw refusal('UNAUTHENTICATED', remedies[viewer.because]);
};

export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === 'account' && viewer.roles.some((role) => role === 'staff' || role === 'administrator');

/** @throws Fault `NOT_AUTHENTICATED` for a guest, `NOT_PERMITTED` for an account that is not staff. */
export const staff = (viewer: Viewer): SignedIn => {
  const account = signedIn(viewer);
  if (!isStaff(account))
    throw new Fault('NOT_PERMITTED', 'Only staff may see this. Ask one of them, or log in as one.');
  return account;
};

/** @throws Fault `NOT_AUTHENTICATED` for a guest, `NOT_PERMITTED` for an account that is no administrator. */
export const administrator = (viewer: Viewer): SignedIn => {
  const account = signedIn(viewer);
  if (!account.roles.includes('administrator'))
    throw new Fault('NOT_PERMITTED', 'Only administrators may see this. Ask one of them, or log in as one.');
  return account;
};

/** @throws Fault `NOT_AUTHENTICATED` for a guest, `NOT_PERMITTED` for an account that is no seller. */
export const seller = (viewer: Viewer): SignedIn => {
  const account = signedIn(viewer);
  if (!account.roles.includes('seller'))
    throw new Fault(
      'NOT_PERMITTED',
      'Only sellers have this. An administrator can make an account a seller.',
    );
  return account;
};

/** @throws Fault `NOT_AUTHENTICATED` for a guest, `NOT_PERMITTED` for an account that is neither analyst nor staff. */
export const analyst = (viewer: Viewer): SignedIn => {
  const account = signedIn(viewer);
  if (!isStaff(account) && !account.roles.includes('analyst'))
    throw new Fault(
      'NOT_PERMITTED',
      'Only staff and analysts may see this. Ask one of them, or log in as one.',
    );
  return account;
};

/**
 * Returns whether the viewer may read a document of this owner: the owner and staff may, and everyone if it has none. For
 * others the document does not exist.
 */
export const mayRead = (viewer: Viewer, owner: AccountId | undefined): boolean =>
  owner === undefined || (viewer.kind === 'account' && viewer.id === owner) || isStaff(viewer);

export const principalOf = (viewer: Viewer): Principal =>
  viewer.kind === 'guest'
    ? { kind: 'customer', id: 'guest', roles: [] }
    : { kind: isStaff(viewer) ? 'staff' : 'customer', id: viewer.id, roles: viewer.roles };
