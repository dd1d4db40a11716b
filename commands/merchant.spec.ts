import {
  ann,
  bob,
  buy,
  createOrderBench,
  customer,
  furnish,
  gbp,
  idOf,
  type OrderBench,
} from '../tests/support/commands/order-fixture';
import { builtFrom, documentsIn } from '../tests/support/commands/people';
import type { OrderId, Role } from '../domain/kernel';
import { merchant } from '../domain/merchant';
import type { Principal } from '../platform/execution';
import type { CatalogueProduct } from '../projections/catalogue';

const credentials = { email: 'eve@example.org', password: 'correct horse' };
const shop = { shopName: 'Mugs', reason: 'Mugs of clay.' };
const described = { name: 'Cup', description: '', category: 'desk', price: gbp(300) };

/** Returns the products that the catalogue shows. */
const sold = async ({ store }: Pick<OrderBench, 'store'>): Promise<readonly unknown[]> => {
  const { catalogue = [] } = await documentsIn(await builtFrom(store));
  return (catalogue as readonly CatalogueProduct[]).flatMap(({ id, active }) => (active ? [id] : []));
};

const open = async () => {
  const bench = createOrderBench();
  const { near } = await furnish(bench);
  const { account } = await bench.demand('signUp', { ...credentials, name: 'Eve' });
  const accountId = account.id;
  const asEve = { as: customer(accountId) };
  /** Eve as the edge sends her while she has the role, or another one with the permission. */
  const asSeller = {
    as: { kind: 'customer', id: accountId, roles: ['customer', 'seller'] } satisfies Principal,
  };
  const clerkOf = async (name: string, ...roles: Role[]) => {
    const clerk = await bench.demand('provisionAccount', { email: `${name}@example.org`, name, roles });
    return { id: clerk.accountId, as: { kind: 'staff', id: clerk.accountId, roles } satisfies Principal };
  };
  const staff = { as: (await clerkOf('sue', 'staff')).as };
  const rolesNow = async () => (await bench.demand('logIn', credentials)).account.roles;
  const approved = async () => {
    await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
    await bench.demand('approveMerchant', { accountId }, staff);
    const cup = { sku: 'CUP', ...described, sellerId: accountId };
    const { productId } = await bench.demand('registerProduct', cup, asSeller);
    await bench.demand('receiveStock', { warehouseId: near, productId, quantity: 10 });
    return productId;
  };
  return { bench, accountId, asEve, asSeller, clerkOf, staff, rolesNow, approved };
};

it('an application gives no right; its approval gives the role of sellers', async () => {
  const { bench, accountId, asEve, rolesNow, staff } = await open();
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
  expect(await rolesNow()).toEqual(['customer']);
  await bench.demand('approveMerchant', { accountId }, staff);
  await bench.demand('approveMerchant', { accountId }, staff);
  expect(await rolesNow()).toEqual(['customer', 'seller']);
  expect(await bench.count('MerchantApproved')).toBe(1);
});

it('an account applies for itself, and does not decide', async () => {
  const { bench, accountId, asEve } = await open();
  const notPermitted = { code: 'NOT_PERMITTED' };
  await expect(
    bench.send('applyAsMerchant', { accountId, ...shop }, { as: customer(ann) }),
  ).rejects.toMatchObject(notPermitted);
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
  for (const name of ['approveMerchant', 'enableMerchant'] as const)
    await expect(bench.send(name, { accountId }, asEve)).rejects.toMatchObject(notPermitted);
  for (const name of ['refuseMerchant', 'disableMerchant'] as const)
    await expect(bench.send(name, { accountId, reason: 'no' }, asEve)).rejects.toMatchObject(notPermitted);
});

it('a refused account may apply again', async () => {
  const { bench, accountId, asEve, rolesNow, staff } = await open();
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
  await bench.demand('refuseMerchant', { accountId, reason: 'no pictures' }, staff);
  expect(await bench.refusal('approveMerchant', { accountId }, staff)).toEqual({
    code: 'MERCHANT_WRONG_STATUS',
    status: 'REFUSED',
  });
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
  await bench.demand('approveMerchant', { accountId }, staff);
  expect(await rolesNow()).toContain('seller');
});

it('a shop name has at most 50 characters', async () => {
  const { bench, accountId, asEve } = await open();
  const named = (length: number) => ({ accountId, ...shop, shopName: 'm'.repeat(length) });
  await expect(bench.send('applyAsMerchant', named(51), asEve)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
  await bench.demand('applyAsMerchant', named(50), asEve);
});

it('the permission to decide about merchants is no way to the role of sellers', async () => {
  const { bench, accountId, clerkOf, asEve, rolesNow, staff } = await open();
  const root = { as: (await clerkOf('root', 'administrator')).as };
  const { roleId } = await bench.demand(
    'defineRole',
    { name: 'Clerk', permissions: ['merchant:change'] },
    root,
  );
  await bench.demand('grantDefinedRole', { accountId, roleId }, root);
  const asClerk = { as: { ...asEve.as, permissions: ['merchant:change'] } as Principal };
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asClerk);
  await expect(bench.send('approveMerchant', { accountId }, asClerk)).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
  });
  const other = await clerkOf('dee', 'customer');
  await bench.demand('grantDefinedRole', { accountId: other.id, roleId }, root);
  const asOther = { as: { ...other.as, permissions: ['merchant:change'] } as Principal };
  const objection = { code: 'PERMISSIONS_NOT_HELD', missing: ['product:sell'] };
  expect(await bench.refusal('approveMerchant', { accountId }, asOther)).toEqual(objection);
  await bench.demand('approveMerchant', { accountId }, staff);
  await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, asOther);
  expect(await bench.refusal('enableMerchant', { accountId }, asOther)).toEqual(objection);
  expect(await rolesNow()).toEqual(['customer']);
});

it('a repeated approval does not give back a role that was revoked', async () => {
  const { bench, accountId, asEve, rolesNow, staff } = await open();
  const once = { ...staff, id: 'approve' };
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
  await bench.demand('approveMerchant', { accountId }, once);
  await bench.demand('revokeRole', { accountId, role: 'seller' });
  for (const repeated of [once, staff]) await bench.demand('approveMerchant', { accountId }, repeated);
  expect(await rolesNow()).toEqual(['customer']);
});

it.each([
  ['grants the role', false, ['customer', 'seller']],
  ['grants nothing to a merchant that was disabled since', true, ['customer']],
])('the repeat of an approval that lost its second step %s', async (_, isDisabled, roles) => {
  const { bench, accountId, asEve, rolesNow, staff } = await open();
  await bench.demand('applyAsMerchant', { accountId, ...shop }, asEve);
  const command = { type: 'ApproveMerchant', accountId, at: bench.clock.now() } as const;
  const commandId = idOf('approve');
  const context = { commandId, correlationId: 'c', principal: staff.as };
  await bench.clock.drive(bench.life().aggregates.of(merchant).execute(accountId, command, context));
  if (isDisabled) await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, staff);
  await bench.demand('approveMerchant', { accountId }, { ...staff, id: 'approve' });
  expect(await rolesNow()).toEqual(roles);
});

describe('a disabled merchant', () => {
  it('loses the role, and sells nothing from the next command on, until it is enabled', async () => {
    const { bench, accountId, rolesNow, approved, staff } = await open();
    const productId = await approved();
    const line = { customerId: ann, productId, quantity: 1 };
    const asAnn = { as: customer(ann) };
    await bench.demand('addToCart', line, asAnn);
    await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, staff);
    expect(await rolesNow()).toEqual(['customer']);
    const notSold = { code: 'PRODUCT_DISCONTINUED', productId };
    expect(await bench.refusal('addToCart', { ...line, customerId: bob }, { as: customer(bob) })).toEqual(
      notSold,
    );
    // It was in the cart before.
    expect(
      await bench.refusal('placeOrder', { customerId: ann, destination: { x: 1, y: 1 } }, asAnn),
    ).toEqual(notSold);
    await bench.demand('enableMerchant', { accountId }, staff);
    expect(await rolesNow()).toEqual(['customer', 'seller']);
    await buy(bench, [[productId, 1]]);
  });

  it('has its products withdrawn from the catalogue, but for what was discontinued, until it is enabled', async () => {
    const { bench, accountId, asSeller, approved, staff } = await open();
    const cup = await approved();
    const pot = { sku: 'POT', ...described, sellerId: accountId };
    const { productId } = await bench.demand('registerProduct', pot, asSeller);
    await bench.demand('discontinueProduct', { productId }, asSeller);
    await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, staff);
    expect(await sold(bench)).not.toContain(cup);
    // Staff may still reinstate it, but it stays withdrawn.
    await bench.demand('reinstateProduct', { productId }, staff);
    expect(await sold(bench)).not.toContain(productId);
    await bench.demand('discontinueProduct', { productId }, staff);
    await bench.demand('enableMerchant', { accountId }, staff);
    expect(await sold(bench)).toContain(cup);
    expect(await sold(bench)).not.toContain(productId);
    const before = (await bench.events()).length;
    for (const reason of ['fakes', 'fakes']) {
      await bench.demand('disableMerchant', { accountId, reason }, staff);
      expect(await sold(bench)).not.toContain(cup);
    }
    // Disabled, role, products; the repeat does nothing.
    expect((await bench.events()).length).toBe(before + 3);
  });

  it('has a product withdrawn that is registered afterwards, and all of them after a crash between the steps', async () => {
    const { bench, accountId, approved, staff } = await open();
    const cup = await approved();
    const command = { type: 'DisableMerchant', accountId, reason: 'fakes', at: bench.clock.now() } as const;
    const context = { commandId: idOf('disable'), correlationId: 'c', principal: staff.as };
    await bench.clock.drive(bench.life().aggregates.of(merchant).execute(accountId, command, context));
    expect(await sold(bench)).toContain(cup);
    const pot = { sku: 'POT', ...described, sellerId: accountId };
    const { productId } = await bench.demand('registerProduct', pot, staff);
    bench.start();
    await bench.settle();
    expect(await sold(bench)).toEqual(expect.not.arrayContaining([cup, productId]));
    await bench.demand('enableMerchant', { accountId }, staff);
    expect(await sold(bench)).toEqual(expect.arrayContaining([cup, productId]));
    await bench.stop();
  });

  it.each([0, 1, 2, 3, 5, 8, 13])(
    'lets an order that is placed at the same moment be taken, or refuses it with the reason (%i turns apart)',
    async (turns) => {
      const { bench, accountId, approved, staff } = await open();
      const productId = await approved();
      await bench.demand('addToCart', { customerId: ann, productId, quantity: 1 }, { as: customer(ann) });
      const placing = bench.send(
        'placeOrder',
        { customerId: ann, destination: { x: 1, y: 1 }, paymentMethod: 'test' },
        { as: customer(ann) },
      );
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const disabling = bench.send('disableMerchant', { accountId, reason: 'fakes' }, staff);
      const [placed, disabled] = await Promise.all([placing, disabling]);
      expect(disabled.kind).toBe('accepted');
      if (placed.kind !== 'accepted') {
        expect(placed).toEqual({ kind: 'rejected', rejection: { code: 'PRODUCT_DISCONTINUED', productId } });
        expect(await bench.count('OrderPlaced')).toBe(0);
        return;
      }
      // An order that was placed goes on.
      bench.start();
      await bench.settle();
      expect(await bench.status((placed.value as { orderId: OrderId }).orderId)).toBe('PAID');
      expect(await bench.count('ShipmentCreated')).toBe(1);
      await bench.stop();
    },
  );

  it('acts on no product, with any role that permits to sell; staff do', async () => {
    const { bench, accountId, asSeller, approved, staff } = await open();
    const productId = await approved();
    await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, staff);
    const price = { productId, price: gbp(400) };
    const notPermitted = { code: 'NOT_PERMITTED' };
    await expect(bench.send('changeProductPrice', price, asSeller)).rejects.toMatchObject(notPermitted);
    await expect(
      bench.send('registerProduct', { sku: 'POT', ...described, sellerId: accountId }, asSeller),
    ).rejects.toMatchObject(notPermitted);
    await bench.demand('changeProductPrice', price, staff);
  });

  it('that was disabled before a crash loses its role with the repeat', async () => {
    const { bench, accountId, rolesNow, approved, staff } = await open();
    await approved();
    await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, staff);
    // As if the second step of the command had been lost.
    await bench.demand('grantRole', { accountId, role: 'seller' });
    await bench.demand('disableMerchant', { accountId, reason: 'fakes' }, staff);
    expect(await rolesNow()).toEqual(['customer']);
  });
});
