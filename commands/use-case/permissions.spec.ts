import { isObjectType } from 'graphql';
import { edgeSchema } from '../../gateways/graphql/schema';
import { accessOf } from '../../gateways/graphql/schema/resolvers';
import { roles } from '../../domain/kernel';
import { permissionIn } from './authorization';
import {
  includesPattern,
  permissionNames,
  permissions,
  permissionsOf,
  permissionsOfAll,
  permissionsOfRole,
} from './permissions';
import { useCases } from '../registry';

it('has a name and a meaning', () => {
  for (const [name, meaning] of Object.entries(permissions)) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*:[a-z]+$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});

it('is declared by at least one use case or field, so that none is without effect', () => {
  const schema = edgeSchema();
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()) : [],
  );
  const declared = [
    ...fields.flatMap((field) => accessOf(field) ?? []),
    ...Object.values(useCases).map(({ allow }) => allow),
  ].map(permissionIn);
  // These are checked where the document or the product is known.
  const elsewhere = ['account:read', 'cart:read', 'product:sell'];
  expect(permissionNames.filter((name) => !declared.includes(name) && !elsewhere.includes(name))).toEqual([]);
});

it.each([
  ['*', permissionNames],
  ['order:refund', ['order:refund']],
  ['world:*', ['world:read', 'world:connect', 'world:faults']],
  ['order:*:*', []],
  ['order', []],
  ['ord*', []],
  ['ord:*', []],
  [':*', []],
  ['', []],
  ['constructor', []],
  ['order:refund ', []],
])('the pattern %j stands for its permissions', (pattern, expected) => {
  expect(permissionsOf(pattern)).toEqual(expected);
});

it.each([
  ['order:*', 'order:refund', true],
  ['order:*', 'order:*', true],
  ['order:refund', 'order:refund', true],
  ['*', '*', true],
  ['*', 'order:*', true],
  ['order:refund', 'order:*', false],
  ['order:*', '*', false],
  ['order:*', 'orders:read', false],
  ['ord*', 'order:read', false],
])('a sender with %j has %j: %j', (held, pattern, expected) => {
  expect(includesPattern(['report:read', held], pattern)).toBe(expected);
});

it('all names of an area are not the area, which also has names that are added later', () => {
  const all = permissionsOf('role:*');
  expect(includesPattern(all, 'role:*')).toBe(false);
});

it('every role that is built in has permissions that exist, and administrators have all', () => {
  for (const role of roles)
    for (const one of permissionsOfRole(role)) expect(permissions).toHaveProperty([one]);
  expect(permissionsOfRole('administrator')).toEqual(permissionNames);
  expect(permissionsOfRole('customer')).toEqual([]);
  const staff = permissionsOfAll(['customer', 'staff']);
  expect(permissionNames.filter((name) => !staff.has(name))).toEqual([
    ...['account:list', 'account:erase', 'account:provision', 'role:grant', 'role:read', 'role:define'],
    ...['world:connect', 'settings:read'],
  ]);
});

it('those of several roles add up, with those of further patterns', () => {
  expect([...permissionsOfAll(['customer', 'analyst'], ['order:refund'])]).toEqual([
    'report:read',
    'order:refund',
  ]);
});
