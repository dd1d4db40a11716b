import { permissions } from '../../../commands/use-case/permissions';
import type { RoleId } from '../../../domain/kernel';
import { DefinedRole, definedRoles } from '../../../projections/defined-roles';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The roles that are defined, by name: at most 100. For administrators."
  definedRoles: [DefinedRole!]
  "All permissions that a role can have. For administrators."
  permissions: [Permission!]
}

"A right that a role can have."
type Permission {
  "The name: an area and an action, such as \`order:refund\`."
  name: String!
  "The actions that the permission allows."
  meaning: String!
}
`,
  resolvers: {
    Query: {
      definedRoles: allowed('role:read', (_args: object, { services }) =>
        services.readers.definedRoles.list(),
      ),
      permissions: allowed('role:read', () =>
        Object.entries(permissions).map(([name, meaning]) => ({ name, meaning })),
      ),
    },
  },
};

const definedRoleType = objectType('DefinedRole', DefinedRole, { readModels: [definedRoles] });

const shownRole = {
  shows: shown('definedRole', 'DefinedRole', ({ roleId }: { readonly roleId: RoleId }, context) =>
    context.loaders.definedRoles.load(roleId, context.viewer),
  ),
};

export const roleMutations = {
  defineRole: shownRole,
  changeRole: shownRole,
  retireRole: {},
} satisfies Mutations;

export const roles: Concept = combined(queries, definedRoleType, mutationsConcept(roleMutations));
