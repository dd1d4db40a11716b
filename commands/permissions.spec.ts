import { isObjectType } from 'graphql';
import { buildEdgeSchema } from '../gateways/graphql/schema';
import { accessOf } from '../gateways/graphql/schema/resolvers';
import { roles } from '../domain/kernel';
import { permissionIn } from './authorization';
import {
  permissionNames,
  permissions,
  permissionsOf,
  permissionsOfAll,
  permissionsOfRole,
} from './permissions';
import { useCases } from './registry';

it('has a name and a meaning', () => {
  for (const [name, meaning] of Object.entries(permissions)) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*:[a-z]+$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});

it('is declared by at least one use case or field, so that none is without effect', () => {
  const schema = buildEdgeSchema();
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

it('every role that is built in has permissions that exist, and administrators have all', () => {
  for (const role of roles)
    for (const one of permissionsOfRole(role)) expect(permissions).toHaveProperty([one]);
  expect(permissionsOfRole('administrator')).toEqual(permissionNames);
  expect(permissionsOfRole('customer')).toEqual([]);
  const staff = permissionsOfAll(['customer', 'staff']);
  expect(permissionNames.filter((name) => !staff.has(name))).toEqual([
    ...['account:list', 'account:provision', 'role:grant', 'world:connect', 'settings:read'],
  ]);
});

it('those of several roles add up, with those of further patterns', () => {
  expect([...permissionsOfAll(['customer', 'analyst'], ['order:refund'])]).toEqual([
    'report:read',
    'order:refund',
  ]);
});
