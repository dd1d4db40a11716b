import { neededByRelation, whoMay, wrongRealm, type Allowed } from '../../../commands/use-case/authorization';
import type { Permission } from '../../../commands/use-case/permissions';
import type { Principal } from '../../../platform/execution';
import type { AccountId, Realm, Role } from '../../../domain/kernel';
import { Fault } from '../../../platform/faults';
import { refusal } from '../operations/request-errors';

/** A viewer with a valid access token. */
export type SignedIn = {
  readonly kind: 'account';
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The permissions of the roles that administrators defined, as patterns. */
  readonly patterns?: readonly string[] | undefined;
  /** The realm of its token; undefined for a token of all realms. */
  readonly realm?: Realm | undefined;
  /** The permissions of all its roles, in the realm of its token. */
  readonly permissions: ReadonlySet<Permission>;
  /** The end of the token, in milliseconds since 1970. */
  readonly untilMs: number;
};

/** A viewer without a valid access token. */
export type Guest = { readonly kind: 'guest'; readonly because: 'no-token' | 'expired' | 'invalid' };

export type Viewer = SignedIn | Guest;

/** The viewers who may use a field of the schema. */
export type FieldAccess = Exclude<Allowed, 'system'>;

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

/** Tests whether a viewer has a permission. */
export const may = (viewer: Viewer, permission: Permission): boolean =>
  viewer.kind === 'account' && viewer.permissions.has(permission);

/**
 * @throws Fault `NOT_AUTHENTICATED` for a guest, `NOT_PERMITTED` for an account without the permission, `WRONG_REALM` for a token of
 * another realm of an account that has it.
 */
export const demandPermission = (viewer: Viewer, permission: Permission): SignedIn => {
  const account = signedIn(viewer);
  if (account.permissions.has(permission)) return account;
  const { roles, patterns, realm } = account;
  throw (
    wrongRealm({ roles, permissions: patterns, realm }, permission) ??
    new Fault(
      'NOT_PERMITTED',
      `Only ${whoMay(permission)} may do this. Ask an administrator for it, or log in with such an account.`,
    )
  );
};

/** Refuses a token of another realm where the relation itself needs a permission, as that of a seller does. */
const demandRealm = (viewer: Viewer, allow: Exclude<FieldAccess, string>): void => {
  const account = signedIn(viewer);
  const needed = neededByRelation(allow);
  if (needed === undefined || may(account, allow.or) || may(account, needed)) return;
  const { roles, patterns, realm } = account;
  const sender = { roles, permissions: patterns, realm };
  const fault = wrongRealm(sender, allow.or) ?? wrongRealm(sender, needed);
  if (fault !== undefined) throw fault;
};

/**
 * Checks that a viewer may use a field that is declared so. A relation is checked where the document is known; every
 * account may ask.
 *
 * @throws Fault `NOT_AUTHENTICATED`, `NOT_PERMITTED`, `WRONG_REALM`.
 */
export const demandAccess = (viewer: Viewer, allow: FieldAccess): void => {
  if (allow === 'everyone') return;
  if (typeof allow === 'object') demandRealm(viewer, allow);
  else if (allow === 'account') signedIn(viewer);
  else demandPermission(viewer, allow);
};

/**
 * Returns whether the viewer may read a document of this owner: the owner may, and those with the permission, and everyone if it
 * has none. For others the document does not exist.
 *
 * @param realm - the only one in which the owner has it. Default: all.
 */
export const mayRead = (
  viewer: Viewer,
  owner: AccountId | undefined,
  permission: Permission,
  realm?: Realm,
): boolean => {
  if (owner === undefined || may(viewer, permission)) return true;
  if (viewer.kind === 'guest' || viewer.id !== owner) return false;
  return realm === undefined || viewer.realm === undefined || viewer.realm === realm;
};

/** Tests for staff, as the actor of events: those who may do more than deal with what is their own. */
const isStaff = ({ roles, patterns = [], realm }: SignedIn): boolean =>
  (realm === undefined || realm === 'platform') &&
  (patterns.length > 0 || roles.some((role) => role === 'staff' || role === 'administrator'));

export const principalOf = (viewer: Viewer): Principal =>
  viewer.kind === 'guest'
    ? { kind: 'customer', id: 'guest', roles: [] }
    : {
        kind: isStaff(viewer) ? 'staff' : 'customer',
        id: viewer.id,
        roles: viewer.roles,
        permissions: viewer.patterns,
        realm: viewer.realm,
      };
