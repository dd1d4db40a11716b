import { account } from '../../domain/account';
import { definedRoles, definedRolesId, type DefinedRole } from '../../domain/defined-roles';
import type { RoleId } from '../../domain/kernel';
import type { CommandContext } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { includesPattern, patternsOfRoles, type Permission } from '../use-case/permissions';
import type { UseCaseDeps } from '../use-case/use-case';

/** The sender has not all permissions of the role that it defines, changes, grants or revokes. */
export type RoleObjection = {
  readonly code: 'PERMISSIONS_NOT_HELD';
  readonly missing: readonly string[];
};

/** Returns the roles that are defined now. */
export const definedRolesNow = async ({ aggregates }: UseCaseDeps): Promise<readonly DefinedRole[]> =>
  (await aggregates.of(definedRoles).load(definedRolesId)).roles;

/** Returns the permissions of a defined role; undefined if there is none, or it is retired. */
export const patternsOfDefinedRole = async (
  deps: UseCaseDeps,
  roleId: RoleId,
): Promise<readonly string[] | undefined> =>
  (await definedRolesNow(deps)).find((role) => role.roleId === roleId)?.permissions;

/** Returns the patterns of permissions that the roles of an account give it now. */
export const patternsOfAccount = async (deps: UseCaseDeps, id: string): Promise<readonly string[]> => {
  const known = await deps.aggregates.of(account).load(id);
  if (known.status === 'NONE') return [];
  const builtIn = patternsOfRoles(known.roles);
  if (known.definedRoles.length === 0) return builtIn;
  const defined = await definedRolesNow(deps);
  return [
    ...builtIn,
    ...defined.flatMap(({ roleId, permissions }) => (known.definedRoles.includes(roleId) ? permissions : [])),
  ];
};

/**
 * Checks that the sender still has a permission, and returns all that it has. The events of its account count, because the
 * read models may not show a change yet.
 *
 * @throws Fault `NOT_PERMITTED`.
 */
export const patternsNow = async (
  deps: UseCaseDeps,
  { principal }: CommandContext,
  permission: Permission,
): Promise<readonly string[]> => {
  if (principal.kind === 'system') return ['*'];
  const patterns = await patternsOfAccount(deps, principal.id);
  if (includesPattern(patterns, permission)) return patterns;
  throw new Fault('NOT_PERMITTED', `This account does not have the permission \`${permission}\` any more.`);
};

/** Returns an objection to a role that permits more than its sender may do: otherwise roles would be a way to more rights. */
export const objectionToRole = (
  held: readonly string[],
  patterns: readonly string[],
): RoleObjection | undefined => {
  const missing = patterns.filter((pattern) => !includesPattern(held, pattern));
  return missing.length === 0 ? undefined : { code: 'PERMISSIONS_NOT_HELD', missing };
};
