import {
  accept,
  isBlank,
  reject,
  roles as builtInRoles,
  unreachable,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type RoleId,
} from './kernel';

type Definition = { roleId: RoleId; name: string; permissions: readonly string[] };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** `permissions`: names such as `order:refund`, all of an area (`order:*`), or all (`*`). */
export type RoleDefined = Fact<'RoleDefined', Definition & { definedAt: Instant }>;

/** The whole definition after the change. */
export type RoleChanged = Fact<'RoleChanged', Definition & { changedAt: Instant }>;

/** The role permits nothing any more. Accounts may still bear it. */
export type RoleRetired = Fact<'RoleRetired', { roleId: RoleId; retiredAt: Instant }>;

export type DefinedRolesEvent = RoleDefined | RoleChanged | RoleRetired;

export const definedRolesEventTypes = {
  RoleDefined: true,
  RoleChanged: true,
  RoleRetired: true,
} as const satisfies Record<DefinedRolesEvent['type'], true>;

type Of = { readonly roleId: RoleId; readonly at: Instant };
type DefineRole = Of & Readonly<Definition> & { readonly type: 'DefineRole' };
type ChangeRole = Of &
  Readonly<Definition> & {
    readonly type: 'ChangeRole';
    /** The role as the sender has seen it. Absent: any. */
    readonly expected?: Pick<Definition, 'name' | 'permissions'> | undefined;
  };
type RetireRole = Of & { readonly type: 'RetireRole' };

export type DefinedRolesCommand = DefineRole | ChangeRole | RetireRole;

export type DefinedRolesRejection =
  | { readonly code: 'NAME_EMPTY' }
  | { readonly code: 'ROLE_NAME_TAKEN'; readonly name: string }
  | { readonly code: 'ROLE_NOT_FOUND'; readonly roleId: RoleId }
  | { readonly code: 'ROLE_CHANGED'; readonly roleId: RoleId }
  | { readonly code: 'TOO_MANY_ROLES'; readonly max: number };

export type DefinedRole = Readonly<Definition>;

/** The roles that are not retired, in the order in which they were defined. */
export type DefinedRolesState = { readonly roles: readonly DefinedRole[] };

/** The id of the one list. All changes go through one stream, so that two roles never have the same name. */
export const definedRolesId = 'all';

export const definedRolesMax = 100;

const evolve = ({ roles }: DefinedRolesState, event: DefinedRolesEvent): DefinedRolesState => {
  const { roleId } = event.data;
  switch (event.type) {
    case 'RoleDefined':
      return { roles: [...roles, { roleId, name: event.data.name, permissions: event.data.permissions }] };
    case 'RoleChanged': {
      const { name, permissions } = event.data;
      return { roles: roles.map((role) => (role.roleId === roleId ? { roleId, name, permissions } : role)) };
    }
    case 'RoleRetired':
      return { roles: roles.filter((role) => role.roleId !== roleId) };
    default:
      return unreachable(event);
  }
};

type DefinedRolesDecision = Decision<DefinedRolesEvent, DefinedRolesRejection>;

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const objectionTo = (
  { roleId, name }: DefinedRole,
  { roles }: DefinedRolesState,
): DefinedRolesRejection | undefined => {
  if (isBlank(name)) return { code: 'NAME_EMPTY' };
  const others = roles.filter((role) => role.roleId !== roleId).map((role) => role.name);
  // Who grants a role knows it by its name, so that of a built-in role is taken, too.
  const isTaken = [...builtInRoles, ...others].some((other) => plain(other) === plain(name));
  return isTaken ? { code: 'ROLE_NAME_TAKEN', name } : undefined;
};

const distinct = (permissions: readonly string[]): readonly string[] => [...new Set(permissions)].sort();

const defineRole = (command: DefineRole, state: DefinedRolesState): DefinedRolesDecision => {
  const { roleId, name, permissions, at } = command;
  // The id is derived from the command, so this is a repeat of it.
  if (state.roles.some((role) => role.roleId === roleId)) return accept();
  if (state.roles.length >= definedRolesMax) return reject({ code: 'TOO_MANY_ROLES', max: definedRolesMax });
  const objection = objectionTo(command, state);
  if (objection !== undefined) return reject(objection);
  const definition = { roleId, name, permissions: distinct(permissions) };
  return accept({ type: 'RoleDefined', data: { ...definition, definedAt: at } });
};

const isDefinedSo = (
  role: DefinedRole,
  { name, permissions }: Pick<Definition, 'name' | 'permissions'>,
): boolean => role.name === name && distinct(role.permissions).join() === distinct(permissions).join();

const changeRole = (command: ChangeRole, state: DefinedRolesState): DefinedRolesDecision => {
  const { roleId, name, expected, at } = command;
  const present = state.roles.find((role) => role.roleId === roleId);
  if (present === undefined) return reject({ code: 'ROLE_NOT_FOUND', roleId });
  const objection = objectionTo(command, state);
  if (objection !== undefined) return reject(objection);
  const permissions = distinct(command.permissions);
  if (isDefinedSo(present, { name, permissions })) return accept();
  // Another person has changed the role, which the sender has not seen.
  if (expected !== undefined && !isDefinedSo(present, expected))
    return reject({ code: 'ROLE_CHANGED', roleId });
  return accept({ type: 'RoleChanged', data: { roleId, name, permissions, changedAt: at } });
};

const decide = (command: DefinedRolesCommand, state: DefinedRolesState): DefinedRolesDecision => {
  switch (command.type) {
    case 'DefineRole':
      return defineRole(command, state);
    case 'ChangeRole':
      return changeRole(command, state);
    case 'RetireRole': {
      const { roleId, at } = command;
      // It is retired already, or never was: it permits nothing, as the command wants it.
      if (state.roles.every((role) => role.roleId !== roleId)) return accept();
      return accept({ type: 'RoleRetired', data: { roleId, retiredAt: at } });
    }
    default:
      return unreachable(command);
  }
};

/** The roles that administrators define: names for sets of permissions. */
export const definedRoles: Decider<
  DefinedRolesState,
  DefinedRolesCommand,
  DefinedRolesEvent,
  DefinedRolesRejection
> = {
  category: 'defined_roles',
  initial: { roles: [] },
  decide,
  evolve,
};
