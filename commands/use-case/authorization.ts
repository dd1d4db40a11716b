import type { AccountId, Realm } from '../../domain/kernel';
import type { CommandContext, Principal } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { patternsOfRoles, permissionsOfAll, realmOf, type Permission } from './permissions';

/** Tests whether a sender has a permission, in the realm of its token. The platform itself has all. */
export const may = ({ kind, roles, permissions, realm }: Principal, permission: Permission): boolean =>
  kind === 'system' || permissionsOfAll(roles, permissions, realm).has(permission);

/** Returns the patterns of permissions of a sender, in all realms. */
export const patternsOf = ({ kind, roles, permissions = [] }: Principal): readonly string[] =>
  kind === 'system' ? ['*'] : [...patternsOfRoles(roles), ...permissions];

/** The realms as people know them, with the address of their pages. */
const places = {
  customer: { name: 'the shop', path: '/' },
  merchant: { name: 'the area of merchants', path: '/seller' },
  platform: { name: 'the staff console', path: '/admin' },
} as const satisfies Readonly<Record<Realm, { readonly name: string; readonly path: string }>>;

type Sender = Pick<Principal, 'roles' | 'permissions' | 'realm'>;

/**
 * Returns the fault for a sender whose account has a permission that its token, of another realm, does not give; undefined where
 * another log-in would not help.
 */
export const wrongRealm = (
  { roles, permissions, realm }: Sender,
  permission: Permission,
): Fault | undefined => {
  if (realm === undefined || !permissionsOfAll(roles, permissions).has(permission)) return undefined;
  const wanted = realmOf(permission);
  if (wanted === realm) return undefined;
  const { name, path } = places[wanted];
  return new Fault(
    'WRONG_REALM',
    `This belongs to ${name}, and the access token is of ${places[realm].name}. Log in at ${path}, or by logIn with the realm \`${wanted}\`.`,
  );
};

type Relation = {
  /** The callers, without those who have the permission instead. */
  readonly who: string;
  readonly permits: (principal: Principal, owner: AccountId | undefined) => boolean;
  /** The permission without which there is no such relation. */
  readonly needs?: Permission;
};

const sells = {
  needs: 'product:sell',
  permits: (principal) => may(principal, 'product:sell'),
} as const satisfies Omit<Relation, 'who'>;

/** The relations of a caller to what a command is about. */
const relations = {
  owner: {
    who: 'the owner',
    permits: ({ kind, id }, owner) => (kind === 'customer' || kind === 'staff') && id === owner,
  },
  // The decider knows the customer, and reports another's order as not found.
  customer: { who: 'the customer', permits: () => true },
  // The handler also checks that the product is the seller's own.
  seller: { who: 'the seller of the product', ...sells },
  // The handler also checks that what it is about is the merchant's own.
  merchant: { who: 'merchants', ...sells },
  gateway: { who: 'gateways', permits: ({ kind }) => kind === 'gateway' },
} as const satisfies Readonly<Record<string, Relation>>;

/**
 * The callers that a declaration permits: `everyone`, also guests; every `account`, for what is its own; those with the
 * permission; those in a relation to it, and those with the permission (`or`); or only the `system` itself.
 */
export type Allowed =
  | 'everyone'
  | 'account'
  | 'system'
  | Permission
  | { readonly by: keyof typeof relations; readonly or: Permission };

const withPermission = (permission: Permission): string => `those with the permission \`${permission}\``;

/** Completes the sentence "Only … may do this." */
export const whoMay = (allow: Allowed): string => {
  if (typeof allow === 'object') return `${relations[allow.by].who} and ${withPermission(allow.or)}`;
  if (allow === 'everyone') return 'everyone, with or without an account';
  if (allow === 'account') return 'those who are logged in';
  return allow === 'system' ? 'those who run the platform' : withPermission(allow);
};

/** Returns the permission that a declaration names; undefined where it names none. */
export const permissionIn = (allow: Allowed): Permission | undefined => {
  if (typeof allow === 'object') return allow.or;
  return allow === 'everyone' || allow === 'account' || allow === 'system' ? undefined : allow;
};

/** Returns whether the sender may act on what belongs to others. */
export const mayForAll = (allow: Allowed, principal: Principal): boolean => {
  const permission = permissionIn(allow);
  return permission === undefined ? principal.kind === 'system' : may(principal, permission);
};

const permits = (allow: Allowed, principal: Principal, owner: AccountId | undefined): boolean => {
  if (allow === 'everyone' || mayForAll(allow, principal)) return true;
  if (allow === 'account') return principal.kind === 'customer' || principal.kind === 'staff';
  return typeof allow === 'object' && relations[allow.by].permits(principal, owner);
};

/** The context of a command whose sender is allowed. */
export type AllowedContext = CommandContext & {
  /** Whether the sender may act on what belongs to others, by the permission that the use case declares. */
  readonly forAll: boolean;
};

/** Returns the permission without which there is no such relation; undefined where it needs none. */
export const neededByRelation = (allow: Allowed): Permission | undefined => {
  const { needs }: Partial<Relation> = typeof allow === 'object' ? relations[allow.by] : {};
  return needs;
};

/** Returns the permissions one of which is needed, that of others first. */
const neededFor = (allow: Allowed): readonly Permission[] =>
  [permissionIn(allow), neededByRelation(allow)].filter((one) => one !== undefined);

const demand = (permitted: boolean, allow: Allowed, principal: Principal): void => {
  if (permitted) return;
  for (const permission of neededFor(allow)) {
    const fault = wrongRealm(principal, permission);
    if (fault !== undefined) throw fault;
  }
  throw new Fault('NOT_PERMITTED', `Only ${whoMay(allow)} may do this. Log in with such an account.`);
};

/**
 * Checks that the caller is permitted.
 *
 * @param owner - the account in whose name the command is sent; undefined where the use case names none.
 * @throws Fault `NOT_PERMITTED`, or `WRONG_REALM` where another log-in of the account would do.
 */
export const demandAllowed = (
  allow: Allowed,
  context: CommandContext,
  owner: AccountId | undefined,
): AllowedContext => {
  demand(permits(allow, context.principal, owner), allow, context.principal);
  return { ...context, forAll: mayForAll(allow, context.principal) };
};

/**
 * Checks that the caller is the seller of a product, or may do it for all sellers.
 *
 * @param or - the permission that the use case declares.
 * @throws Fault `NOT_PERMITTED`, or `WRONG_REALM` where another log-in of the account would do.
 */
export const demandSeller = (
  { principal, forAll }: AllowedContext,
  sellerId: AccountId | undefined,
  or: Permission = 'product:change',
): void => demand(forAll || principal.id === sellerId, { by: 'seller', or }, principal);

/**
 * Checks that the caller is the merchant that something belongs to, or may do it for all merchants.
 *
 * @param or - the permission that the use case declares.
 * @throws Fault `NOT_PERMITTED`, or `WRONG_REALM` where another log-in of the account would do.
 */
export const demandMerchant = (
  { principal, forAll }: AllowedContext,
  ownerId: string,
  or: Permission,
): void => demand(forAll || principal.id === ownerId, { by: 'merchant', or }, principal);

/** Returns the customer who must own the order; undefined for senders who may change every order. */
export const requestedBy = ({ principal, forAll }: AllowedContext): { readonly requestedBy?: AccountId } =>
  forAll ? {} : { requestedBy: principal.id as AccountId };
