import { realms as ofPlatform } from '../../domain/kernel';
import { wrongRealm } from '../../commands/use-case/authorization';
import { homeOf, ownPath, realmOfPage, realmOfPath, realms } from '../../web/api/realm';

it('the areas of the pages are the realms, at the addresses that a refusal names', () => {
  expect(realms).toEqual(ofPlatform);
  const staff = { roles: ['staff'], realm: 'customer' } as const;
  expect(wrongRealm(staff, 'product:change')?.message).toContain(`Log in at ${homeOf.platform},`);
  expect(wrongRealm(staff, 'product:sell')?.message).toContain(`Log in at ${homeOf.merchant},`);
});

it.each([
  ['/', 'customer'],
  ['/orders', 'customer'],
  ['/products/admin', 'customer'],
  ['/administration', 'customer'],
  ['/sellers', 'customer'],
  ['', 'customer'],
  ['/seller', 'merchant'],
  ['/seller/products/$id', 'merchant'],
  ['/seller?query=admin', 'merchant'],
  ['/admin', 'platform'],
  ['/admin/', 'platform'],
  ['/admin#seller', 'platform'],
  // The router takes capitals for small letters.
  ['/Admin/orders', 'platform'],
] as const)('the page %s is of the realm %s', (path, realm) => {
  expect(realmOfPath(path)).toBe(realm);
});

it.each([
  ['/orders?status=PAID#x', '/orders?status=PAID#x'],
  ['/seller/../admin', '/admin'],
  ['/admin/%2e%2e/seller', '/seller'],
  [undefined, '/'],
  ['', '/'],
  ['admin', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after the log-in, %j leads to %j', (next, path) => {
  expect(ownPath(next)).toBe(path);
});

it.each([
  ['/log-in', undefined, 'customer'],
  ['/log-in', '/admin/orders', 'platform'],
  ['/log-in', '/seller/../admin', 'platform'],
  ['/log-in', '//admin', 'customer'],
  ['/log-in', '/seller', 'merchant'],
  // Only a log-in is of the area to which it leads.
  ['/sign-up', '/seller', 'customer'],
  ['/', '/admin', 'customer'],
  ['/admin/orders/$id', '/', 'platform'],
] as const)('%s that leads to %j is of the realm %s', (routeId, next, realm) => {
  expect(realmOfPage(routeId, next)).toBe(realm);
});
