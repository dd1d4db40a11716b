import { realms, roles, type AccountId, type Role } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import type { Principal } from '../../platform/execution';
import type { Fault } from '../../platform/faults';
import { createOrderBench } from '../../tests/support/commands/order-fixture';
import { realmOf, realmsOf, permissionNames, permissionsOfAll } from './permissions';

const inRealm = (realm: Principal['realm'], ...given: Role[]) => [...permissionsOfAll(given, [], realm)];

describe('the realms of permissions', () => {
  it('each have a realm, in which alone they are given', () => {
    const all = realms.flatMap((realm) => inRealm(realm, ...roles));
    expect([...all].sort()).toEqual([...permissionNames].sort());
    for (const name of permissionNames) expect(realms).toContain(realmOf(name));
  });

  it('give customers nothing, sellers what is theirs, and staff all else', () => {
    for (const role of roles) expect(inRealm('customer', role)).toEqual([]);
    expect(inRealm('merchant', 'seller')).toEqual(['product:sell']);
    expect(inRealm('merchant', 'staff', 'administrator')).toEqual(['product:sell']);
    expect(inRealm('platform', 'seller')).toEqual([]);
    expect(inRealm('platform', 'analyst')).toEqual(['report:read']);
    expect(inRealm('platform', 'administrator')).not.toContain('product:sell');
  });

  it('cut roles that administrators defined, too', () => {
    const patterns = ['product:*', 'order:refund'];
    expect([...permissionsOfAll(['customer'], patterns, 'merchant')]).toEqual(['product:sell']);
    expect([...permissionsOfAll(['customer'], patterns, 'customer')]).toEqual([]);
    expect([...permissionsOfAll(['customer'], patterns, 'platform')]).toEqual([
      ...['product:change', 'product:import', 'order:refund'],
    ]);
  });

  it.each([
    [['customer'], ['customer']],
    [
      ['customer', 'seller'],
      ['customer', 'merchant'],
    ],
    [['analyst'], ['customer', 'platform']],
    [['staff'], ['customer', 'merchant', 'platform']],
  ] as const)('%j has something to do in %j', (given, expected) => {
    expect(realmsOf(permissionsOfAll(given))).toEqual(expected);
  });
});

describe('a command with a token of another realm', () => {
  const id = 'a0000000-0000-4000-8000-000000000001' as AccountId;
  const price = { amountMinor: 100, currency: 'GBP' as CurrencyCode };
  const pot = { sku: 'POT', name: 'Pot', description: '', category: 'desk', price, sellerId: id };

  const refusal = async (
    realm: Principal['realm'],
    role: Role,
    send: 'registerProduct' | 'withdrawTaxRates',
  ) => {
    const bench = createOrderBench();
    const as: Principal = { kind: 'customer', id, roles: ['customer', role], realm };
    const input = send === 'registerProduct' ? pot : ({ country: 'GB' } as never);
    return bench.send(send, input as never, { as }).then(
      () => 'accepted',
      (error: unknown) => {
        const { code, message } = error as Fault;
        return [code, message];
      },
    );
  };

  it('is refused in words that say where to log in', async () => {
    expect(await refusal('customer', 'staff', 'withdrawTaxRates')).toEqual([
      'WRONG_REALM',
      'This belongs to the staff console, and the access token is of the shop. Log in at /admin, or by logIn with the realm `platform`.',
    ]);
    expect(await refusal('customer', 'seller', 'registerProduct')).toEqual([
      'WRONG_REALM',
      'This belongs to the area of merchants, and the access token is of the shop. Log in at /seller, or by logIn with the realm `merchant`.',
    ]);
  });

  it.each([
    ['merchant', 'staff', 'withdrawTaxRates', 'platform'],
    ['platform', 'seller', 'registerProduct', 'merchant'],
    // Staff may register products for all: that is of the platform.
    ['customer', 'staff', 'registerProduct', 'platform'],
  ] as const)('of %s as %s: %s needs %s', async (realm, role, name, wanted) => {
    const [code, message] = await refusal(realm, role, name);
    expect(code).toBe('WRONG_REALM');
    expect(message).toContain(`the realm \`${wanted}\``);
  });

  it.each([
    ['customer', 'customer', 'registerProduct'],
    ['platform', 'customer', 'withdrawTaxRates'],
    ['merchant', 'seller', 'withdrawTaxRates'],
    [undefined, 'seller', 'withdrawTaxRates'],
  ] as const)('of %s as %s: %s is not permitted in any realm', async (realm, role, name) => {
    expect((await refusal(realm, role, name))[0]).toBe('NOT_PERMITTED');
  });

  it.each([
    ['merchant', 'seller', 'registerProduct'],
    [undefined, 'seller', 'registerProduct'],
    ['platform', 'staff', 'registerProduct'],
  ] as const)('of %s as %s: %s is carried out', async (realm, role, name) => {
    expect(await refusal(realm, role, name)).toBe('accepted');
  });
});
