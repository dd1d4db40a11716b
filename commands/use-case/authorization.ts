import type { AccountId } from '../../domain/kernel';
import type { CommandContext, Principal } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { patternsOfRoles, permissionsOfAll, type Permission } from './permissions';

/** Tests whether a sender has a permission. The platform itself has all. */
export const may = ({ kind, roles, permissions }: Principal, permission: Permission): boolean =>
  kind === 'system' || permissionsOfAll(roles, permissions).has(permission);

/** Returns the patterns of permissions of a sender. */
export const patternsOf = ({ kind, roles, permissions = [] }: Principal): readonly string[] =>
  kind === 'system' ? ['*'] : [...patternsOfRoles(roles), ...permissions];

type Relation = {
  /** The callers, without those who have the permission instead. */
  readonly who: string;
  readonly permits: (principal: Principal, owner: AccountId | undefined) => boolean;
};

/** The relations of a caller to what a command is about. */
const relations = {
  owner: {
    who: 'the owner',
    permits: ({ kind, id }, owner) => (kind === 'customer' || kind === 'staff') && id === owner,
  },
  // The decider knows the customer, and reports another's order as not found.
  customer: { who: 'the customer', permits: () => true },
  // The handler also checks that the product is the seller's own.
  seller: { who: 'the seller of the product', permits: (principal) => may(principal, 'product:sell') },
  // The handler also checks that what it is about is the merchant's own.
  merchant: { who: 'merchants', permits: (principal) => may(principal, 'product:sell') },
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

const demand = (permitted: boolean, allow: Allowed): void => {
  if (!permitted)
    throw new Fault('NOT_PERMITTED', `Only ${whoMay(allow)} may do this. Log in with such an account.`);
};

/**
 * Checks that the caller is permitted.
 *
 * @param owner - the account in whose name the command is sent; undefined where the use case names none.
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandAllowed = (
  allow: Allowed,
  context: CommandContext,
  owner: AccountId | undefined,
): AllowedContext => {
  demand(permits(allow, context.principal, owner), allow);
  return { ...context, forAll: mayForAll(allow, context.principal) };
};

/**
 * Checks that the caller is the seller of a product, or may do it for all sellers.
 *
 * @param or - the permission that the use case declares.
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandSeller = (
  { principal, forAll }: AllowedContext,
  sellerId: AccountId | undefined,
  or: Permission = 'product:change',
): void => demand(forAll || principal.id === sellerId, { by: 'seller', or });

/**
 * Checks that the caller is the merchant that something belongs to, or may do it for all merchants.
 *
 * @param or - the permission that the use case declares.
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandMerchant = (
  { principal, forAll }: AllowedContext,
  ownerId: string,
  or: Permission,
): void => demand(forAll || principal.id === ownerId, { by: 'merchant', or });

/** Returns the customer who must own the order; undefined for senders who may change every order. */
export const requestedBy = ({ principal, forAll }: AllowedContext): { readonly requestedBy?: AccountId } =>
  forAll ? {} : { requestedBy: principal.id as AccountId };
