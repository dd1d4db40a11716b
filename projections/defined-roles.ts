import { z } from 'zod';
import type { DefinedRolesEvent } from '../domain/defined-roles';
import type { RoleId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const DefinedRole = z
  .strictObject({
    id: uuid<RoleId>().describe('The unique identifier.'),
    name: z.string().describe('The name.'),
    permissions: z
      .array(z.string().describe('A permission, all of an area (`order:*`), or all (`*`).'))
      .describe('The permissions, as they were given.'),
    definedAt: instant.describe('The time when the role was defined.'),
    changedAt: instant.nullable().describe('The time of the last change; null before it.'),
  })
  .describe('A role that administrators defined: a name for a set of permissions.');
export type DefinedRole = DocumentOf<typeof DefinedRole>;

export const definedRoles = readModel<DefinedRole, DefinedRolesEvent>('defined_roles', {
  question: 'Which roles are defined, and what do they permit?',
  version: 1,
  document: DefinedRole,
  indexes: { by_name: ['name'] },
  key: ({ data }) => data.roleId,
  on: {
    RoleDefined: (_, { data: { roleId: id, name, permissions, definedAt } }) => ({
      id,
      name,
      permissions,
      definedAt,
      changedAt: null,
    }),
    RoleChanged: (found, { data: { name, permissions, changedAt } }) =>
      found && { ...found, name, permissions, changedAt },
    RoleRetired: () => undefined,
  },
});
