import type { DefinedRolesEvent } from '../domain/defined-roles';
import type { Instant, RoleId } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { definedRoles, type DefinedRole } from './defined-roles';

const id = 'clerk' as RoleId;
const at = '2026-11-29T09:00:00.000Z' as Instant;
const later = '2026-11-29T10:00:00.000Z' as Instant;

const defined: DefinedRolesEvent = {
  type: 'RoleDefined',
  data: { roleId: id, name: 'Clerk', permissions: ['order:*'], definedAt: at },
};
const changed: DefinedRolesEvent = {
  type: 'RoleChanged',
  data: { roleId: id, name: 'Refunds', permissions: ['order:refund'], changedAt: later },
};
const retired: DefinedRolesEvent = { type: 'RoleRetired', data: { roleId: id, retiredAt: later } };

const clerk: DefinedRole = {
  id,
  name: 'Clerk',
  permissions: ['order:*'],
  definedAt: at,
  changedAt: null,
};

itProjects(definedRoles, [
  { on: defined, because: 'is defined', touches: [{ id, after: clerk }] },
  {
    on: changed,
    because: 'has another definition',
    touches: [
      {
        id,
        before: clerk,
        after: { ...clerk, name: 'Refunds', permissions: ['order:refund'], changedAt: later },
      },
    ],
  },
  { on: changed, because: 'is of an unknown role', touches: [{ id }] },
  { on: retired, because: 'permits nothing any more', touches: [{ id, before: clerk }] },
]);
