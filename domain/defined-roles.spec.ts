import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import {
  definedRoles,
  definedRolesMax,
  type DefinedRolesCommand,
  type DefinedRolesEvent,
} from './defined-roles';
import type { Instant, RoleId } from './kernel';

const at = '2026-11-29T09:00:00.000Z' as Instant;
const [one, two] = ['one', 'two'] as unknown as readonly [RoleId, RoleId];

const define = (roleId: RoleId, name: string, ...permissions: string[]): DefinedRolesCommand => ({
  ...{ type: 'DefineRole', roleId, name, permissions, at },
});
const change = (roleId: RoleId, name: string, ...permissions: string[]): DefinedRolesCommand => ({
  ...{ type: 'ChangeRole', roleId, name, permissions, at },
});
const retire = (roleId: RoleId): DefinedRolesCommand => ({ type: 'RetireRole', roleId, at });

const defined = (roleId: RoleId, name: string, ...permissions: string[]): DefinedRolesEvent => ({
  type: 'RoleDefined',
  data: { roleId, name, permissions, definedAt: at },
});
const changed = (roleId: RoleId, name: string, ...permissions: string[]): DefinedRolesEvent => ({
  type: 'RoleChanged',
  data: { roleId, name, permissions, changedAt: at },
});
const retired = (roleId: RoleId): DefinedRolesEvent => ({
  type: 'RoleRetired',
  data: { roleId, retiredAt: at },
});

describe('DefineRole', () => {
  it('defines a role with each permission once, in order', () =>
    given(definedRoles, [])
      .when(define(one, 'Clerk', 'order:refund', 'order:*', 'order:refund'))
      .then([defined(one, 'Clerk', 'order:*', 'order:refund')]));

  it.each(['', ' ', '\u200b'])('needs a name, not %j', (name) =>
    given(definedRoles, [])
      .when(define(one, name, '*'))
      .thenRejected({ code: 'NAME_EMPTY' }),
  );

  it.each(['Clerk', ' clerk', 'ＣＬＥＲＫ', 'administrator', 'Staff'])(
    'needs a name that no other role has, not %j',
    (name) =>
      given(definedRoles, [defined(one, 'Clerk', 'order:*')])
        .when(define(two, name, '*'))
        .thenRejected({ code: 'ROLE_NAME_TAKEN', name }),
  );

  it('may have the name of a retired role', () =>
    given(definedRoles, [defined(one, 'Clerk', 'order:*'), retired(one)])
      .when(define(two, 'Clerk', '*'))
      .then([defined(two, 'Clerk', '*')]));

  it('defines up to a number of roles', () => {
    const all = Array.from({ length: definedRolesMax }, (_, index) =>
      defined(`${index}` as RoleId, `Role ${index}`, 'order:read'),
    );
    given(definedRoles, all.slice(1))
      .when(define(one, 'Clerk', '*'))
      .then([defined(one, 'Clerk', '*')]);
    given(definedRoles, all)
      .when(define(one, 'Clerk', '*'))
      .thenRejected({ code: 'TOO_MANY_ROLES', max: definedRolesMax });
  });
});

describe('ChangeRole', () => {
  const clerk = defined(one, 'Clerk', 'order:*');

  it('replaces the name and the permissions', () =>
    given(definedRoles, [clerk])
      .when(change(one, 'Refunds', 'order:refund'))
      .then([changed(one, 'Refunds', 'order:refund')]));

  it('is refused where the role is not as its sender has seen it, but for a repeat', () => {
    const to = { ...change(one, 'Refunds', 'order:refund') } as Extract<
      DefinedRolesCommand,
      { type: 'ChangeRole' }
    >;
    const seen = { name: 'Clerk', permissions: ['order:*'] };
    given(definedRoles, [clerk])
      .when({ ...to, expected: { ...seen, permissions: ['order:read'] } })
      .thenRejected({ code: 'ROLE_CHANGED', roleId: one });
    given(definedRoles, [clerk])
      .when({ ...to, expected: seen })
      .then([changed(one, 'Refunds', 'order:refund')]);
    given(definedRoles, [clerk, changed(one, 'Refunds', 'order:refund')])
      .when({ ...to, expected: seen })
      .then([]);
  });

  it('has nothing to record of the same definition', () =>
    given(definedRoles, [clerk])
      .when(change(one, 'Clerk', 'order:*', 'order:*'))
      .then([]));

  it('needs a role that is not retired', () =>
    given(definedRoles, [clerk, retired(one)])
      .when(change(one, 'Clerk', '*'))
      .thenRejected({ code: 'ROLE_NOT_FOUND', roleId: one }));

  it('needs a name that no other role has', () =>
    given(definedRoles, [clerk, defined(two, 'Packer', 'stock:*')])
      .when(change(two, 'CLERK', '*'))
      .thenRejected({ code: 'ROLE_NAME_TAKEN', name: 'CLERK' }));
});

describe('RetireRole', () => {
  it('retires a role once, and an unknown one never', () => {
    given(definedRoles, [defined(one, 'Clerk', '*')])
      .when(retire(one))
      .then([retired(one)]);
    given(definedRoles, []).when(retire(one)).then([]);
  });
});

it('has no two roles of one name, and records any command, sent twice, once', () =>
  alongEveryWalk(
    definedRoles,
    () =>
      [one, two].flatMap((roleId) => [
        define(roleId, 'Clerk', 'order:*'),
        define(roleId, 'Packer', 'stock:*'),
        change(roleId, 'Clerk', 'order:read'),
        retire(roleId),
      ]),
    (step) => {
      recordsOnce(definedRoles, step);
      const names = step.after.roles.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    },
  ));
