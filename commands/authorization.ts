import type { Role, AccountId } from '../domain/kernel';
import { Fault } from '../platform/faults';
import type { CommandContext, Principal } from '../platform/execution';

const hasRole = ({ roles }: Principal, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** Staff, administrators, and the platform itself. */
export const isStaff = (principal: Principal): boolean =>
  principal.kind === 'system' || principal.kind === 'staff' || hasRole(principal, 'staff', 'administrator');

const isAdministrator = (principal: Principal): boolean =>
  principal.kind === 'system' || hasRole(principal, 'administrator');

const isGateway = ({ kind }: Principal): boolean => kind === 'gateway' || kind === 'system';

const demand = (allowed: boolean, who: string): void => {
  if (!allowed)
    throw new Fault('NOT_PERMITTED', `Only ${who} may do this. Ask somebody who may, or log in as one.`);
};

/** @throws Fault `NOT_PERMITTED`, as do the others. */
export const demandStaff = ({ principal }: CommandContext): void => demand(isStaff(principal), 'staff');

export const demandAdministrator = ({ principal }: CommandContext): void =>
  demand(isAdministrator(principal), 'administrators');

/** Whoever runs the platform, by its command line. */
export const demandSystem = ({ principal }: CommandContext): void =>
  demand(principal.kind === 'system', 'those who run the platform');

/** What the outside did to us is reported by gateways, and by staff who put something right by hand. */
export const demandGateway = ({ principal }: CommandContext): void =>
  demand(isGateway(principal) || isStaff(principal), 'a gateway or staff');

/** Sellers keep their own goods; staff keep anybody's. */
export const demandSeller = ({ principal }: CommandContext, sellerId: AccountId | undefined): void =>
  demand(
    isStaff(principal) || (hasRole(principal, 'seller') && principal.id === sellerId),
    'staff, or the seller of the product,',
  );

/** Somebody acts in their own name, or staff in theirs. */
export const demandSelf = ({ principal }: CommandContext, accountId: AccountId): void =>
  demand(
    isStaff(principal) || (principal.kind === 'customer' && principal.id === accountId),
    'its owner or staff',
  );

/** Whose order it has to be: the asker's own, or anybody's where staff ask. */
export const requestedBy = ({ principal }: CommandContext): { readonly requestedBy?: AccountId } =>
  isStaff(principal) ? {} : { requestedBy: principal.id as AccountId };
