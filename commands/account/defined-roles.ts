import { z } from 'zod';
import { definedRoles, definedRolesId, type DefinedRolesCommand } from '../../domain/defined-roles';
import type { CommandContext } from '../../platform/execution';
import { roleId as roleIdOf } from '../../platform/ids';
import { named } from '../use-case/fields';
import { nameSchema, permissionSchema, roleIdSchema } from '../use-case/input';
import { outcomeOf, rejected } from '../use-case/outcome';
import { permissionsOf } from '../use-case/permissions';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import { objectionToRole, patternsNow, patternsOfDefinedRole, type RoleObjection } from './own-patterns';

const PATTERNS_MAX = 100;

const definition = {
  name: nameSchema.describe('The name of the role.'),
  permissions: z
    .array(permissionSchema)
    .min(1)
    .max(PATTERNS_MAX)
    .readonly()
    .describe('The permissions: names such as `order:refund`, all of an area (`order:*`), or all (`*`).'),
};

const definedSchema = named(
  'RoleDefinition',
  'The name and the permissions of a role.',
  z.object(definition),
);

const ofRole = z.object({ roleId: roleIdSchema });

type UnknownPermission = { readonly code: 'PERMISSION_UNKNOWN'; readonly permission: string };

/** Returns why the sender may not give a role these permissions. @param present - those that it has. */
const objectionTo = async (
  deps: UseCaseDeps,
  context: CommandContext,
  patterns: readonly string[],
  present: readonly string[] = [],
): Promise<RoleObjection | UnknownPermission | undefined> => {
  const permission = patterns.find((pattern) => permissionsOf(pattern).length === 0);
  if (permission !== undefined) return { code: 'PERMISSION_UNKNOWN', permission };
  const held = await patternsNow(deps, context, 'role:define');
  return objectionToRole(held, patterns) ?? objectionToRole(held, present);
};

const executeOnRoles = ({ aggregates }: UseCaseDeps, command: DefinedRolesCommand, context: CommandContext) =>
  aggregates.of(definedRoles).execute(definedRolesId, command, context);

export const definedRoleUseCases = {
  defineRole: useCase({
    summary:
      'Defines a role: a name for a set of permissions. Nothing can be permitted that the caller may not do.',
    allow: 'role:define',
    input: z.object(definition),
    success: ofRole,
    rejections: [
      'PERMISSION_UNKNOWN',
      'PERMISSIONS_NOT_HELD',
      'NAME_EMPTY',
      'ROLE_NAME_TAKEN',
      'TOO_MANY_ROLES',
    ],
    handle: async ({ name, permissions }, context, deps) => {
      const objection = await objectionTo(deps, context, permissions);
      if (objection !== undefined) return rejected(objection);
      const roleId = roleIdOf(context.commandId);
      const command = { type: 'DefineRole', roleId, name, permissions, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnRoles(deps, command, context), { roleId });
    },
  }),

  changeRole: useCase({
    summary:
      'Replaces the name and the permissions of a role that was defined. It takes effect at the next request of each account that has the role.',
    allow: 'role:define',
    input: z.object({
      roleId: roleIdSchema,
      ...definition,
      expected: definedSchema
        .describe('The role as the caller has seen it. The change is rejected if it is another one now.')
        .exactOptional(),
    }),
    success: ofRole,
    rejections: [
      'PERMISSION_UNKNOWN',
      'PERMISSIONS_NOT_HELD',
      'NAME_EMPTY',
      'ROLE_NAME_TAKEN',
      'ROLE_NOT_FOUND',
      'ROLE_CHANGED',
    ],
    handle: async ({ roleId, name, permissions, expected }, context, deps) => {
      const present = (await patternsOfDefinedRole(deps, roleId)) ?? [];
      const objection = await objectionTo(deps, context, permissions, present);
      if (objection !== undefined) return rejected(objection);
      const at = deps.clock.now();
      const command = { type: 'ChangeRole', roleId, name, permissions, expected, at } as const;
      return outcomeOf(await executeOnRoles(deps, command, context), { roleId });
    },
  }),

  retireRole: useCase({
    summary:
      'Retires a role that was defined: it permits nothing any more, from the next request of each account that has it. A retired role is no error.',
    allow: 'role:define',
    input: ofRole,
    success: ofRole,
    rejections: ['PERMISSIONS_NOT_HELD'],
    handle: async ({ roleId }, context, deps) => {
      const present = (await patternsOfDefinedRole(deps, roleId)) ?? [];
      const objection = objectionToRole(await patternsNow(deps, context, 'role:define'), present);
      if (objection !== undefined) return rejected(objection);
      const command = { type: 'RetireRole', roleId, at: deps.clock.now() } as const;
      return outcomeOf(await executeOnRoles(deps, command, context), { roleId });
    },
  }),
};
