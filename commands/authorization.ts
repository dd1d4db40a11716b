import type { Role, AccountId } from '../domain/kernel';
import type { CommandContext, Principal } from '../platform/execution';
import { Fault } from '../platform/faults';

const hasRole = ({ roles }: Principal, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** Returns true for staff, administrators and the platform itself. */
export const isStaff = (principal: Principal): boolean =>
  principal.kind === 'system' || principal.kind === 'staff' || hasRole(principal, 'staff', 'administrator');

const isAdministrator = (principal: Principal): boolean =>
  principal.kind === 'system' || hasRole(principal, 'administrator');

const isGateway = ({ kind }: Principal): boolean => kind === 'gateway' || kind === 'system';

type Rule = {
  /** Completes the sentence "Only … may do this." */
  readonly who: string;
  readonly permits: (principal: Principal, owner: AccountId | undefined) => boolean;
};

/** The groups of callers that a use case can be declared for. */
export const callers = {
  everyone: { who: 'everyone, with or without an account', permits: () => true },
  // The decider knows the owner, and reports another's order as not found.
  account: { who: 'the account that it belongs to, and staff', permits: () => true },
  owner: {
    who: 'the owner or staff',
    permits: (principal, owner) =>
      isStaff(principal) || (principal.kind === 'customer' && principal.id === owner),
  },
  // The handler also checks that the product is the seller's own.
  seller: {
    who: 'staff or the seller of the product',
    permits: (principal) => isStaff(principal) || hasRole(principal, 'seller'),
  },
  gateway: { who: 'a gateway or staff', permits: (principal) => isGateway(principal) || isStaff(principal) },
  staff: { who: 'staff', permits: isStaff },
  administrator: { who: 'administrators', permits: isAdministrator },
  system: { who: 'those who run the platform', permits: ({ kind }) => kind === 'system' },
} as const satisfies Readonly<Record<string, Rule>>;

export type Allowed = keyof typeof callers;

const demand = (permitted: boolean, who: string): void => {
  if (!permitted) throw new Fault('NOT_PERMITTED', `Only ${who} may do this. Log in with such an account.`);
};

/**
 * Checks that the caller is in the group.
 *
 * @param owner - the account in whose name the command is sent; undefined where the use case names none.
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandAllowed = (
  allow: Allowed,
  { principal }: CommandContext,
  owner: AccountId | undefined,
): void => {
  const { who, permits }: Rule = callers[allow];
  demand(permits(principal, owner), who);
};

/**
 * Checks that the caller is the seller of a product, or staff.
 *
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandSeller = ({ principal }: CommandContext, sellerId: AccountId | undefined): void =>
  demand(
    isStaff(principal) || (hasRole(principal, 'seller') && principal.id === sellerId),
    callers.seller.who,
  );

/** Returns the customer who must own the order. Staff may change every order, so theirs is undefined. */
export const requestedBy = ({ principal }: CommandContext): { readonly requestedBy?: AccountId } =>
  isStaff(principal) ? {} : { requestedBy: principal.id as AccountId };
