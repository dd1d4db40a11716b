import { createOrderBench, ann, system } from '../../tests/support/commands/order-fixture';
import type { AccountId, RoleId } from '../../domain/kernel';
import type { Principal } from '../../platform/execution';

const notPermitted = { code: 'NOT_PERMITTED' };
const root = {
  email: 'root@example.org',
  name: 'Root',
  password: 'battery staple',
  roles: ['administrator'],
} as const;
const eve = { email: 'eve@example.org', password: 'correct horse', name: 'Eve' };
const bob = { email: 'bob@example.org', password: 'correct horse', name: 'Bob' };
const refunds = { name: 'Refunds', permissions: ['order:read', 'order:refund'] };
const lead = { name: 'Lead', permissions: ['role:*', 'order:*'] };

const open = async () => {
  const bench = createOrderBench();
  const { accountId: rootId } = await bench.demand('provisionAccount', root);
  const { account: eveAccount } = await bench.demand('signUp', eve);
  const { account: bobAccount } = await bench.demand('signUp', bob);
  const asRoot = { as: { kind: 'staff', id: rootId, roles: ['administrator'] } satisfies Principal };
  /** Eve as the edge sends her, with a role that permits these patterns. */
  const asEve = (...permissions: string[]) => ({
    as: { kind: 'staff', id: eveAccount.id, roles: ['customer'], permissions } satisfies Principal,
  });
  const defineFor = async (accountId: AccountId, role: { name: string; permissions: string[] }) => {
    const { roleId } = await bench.demand('defineRole', role, asRoot);
    await bench.demand('grantDefinedRole', { accountId, roleId }, asRoot);
    return roleId;
  };
  return { bench, rootId, eveId: eveAccount.id, bobId: bobAccount.id, asRoot, asEve, defineFor };
};

describe('defining a role', () => {
  it('is for those with the permission, and gives the role an id of its own', async () => {
    const { bench, asRoot, asEve } = await open();
    const { roleId } = await bench.demand('defineRole', refunds, asRoot);
    expect(await bench.refusal('defineRole', refunds, asRoot)).toEqual({
      code: 'ROLE_NAME_TAKEN',
      name: 'Refunds',
    });
    await expect(bench.send('defineRole', lead, asEve())).rejects.toMatchObject(notPermitted);
    await expect(bench.send('changeRole', { roleId, ...lead }, asEve())).rejects.toMatchObject(notPermitted);
    await expect(bench.send('retireRole', { roleId }, asEve())).rejects.toMatchObject(notPermitted);
    expect(await bench.count('RoleDefined')).toBe(1);
  });

  it.each(['order:paint', 'order', 'ord*', '**', 'order:*:*', 'constructor', 'Order:read', 'ord:*'])(
    'refuses %j, which is no permission',
    async (permission) => {
      const { bench, asRoot } = await open();
      expect(
        await bench.refusal('defineRole', { name: 'Odd', permissions: ['order:read', permission] }, asRoot),
      ).toEqual({ code: 'PERMISSION_UNKNOWN', permission });
    },
  );

  it('is for a sender who has the permission now, with any permissions in the request', async () => {
    const { bench, asEve } = await open();
    await expect(bench.send('defineRole', refunds, asEve('*'))).rejects.toMatchObject(notPermitted);
  });

  it('permits no more than its sender may do, and wildcards only to those who have them', async () => {
    const { bench, eveId, asEve, defineFor } = await open();
    await defineFor(eveId, { name: 'Definer', permissions: ['role:define', 'order:*', 'report:read'] });
    const eveNow = asEve('role:define', 'order:*', 'report:read');
    await bench.demand('defineRole', refunds, eveNow);
    await bench.demand('defineRole', { name: 'Orders', permissions: ['order:*'] }, eveNow);
    for (const pattern of ['*', 'stock:read', 'role:*', 'report:*'])
      expect(await bench.refusal('defineRole', { name: 'More', permissions: [pattern] }, eveNow)).toEqual({
        code: 'PERMISSIONS_NOT_HELD',
        missing: [pattern],
      });
  });

  it('neither changes nor retires a role that permits more than its sender may do', async () => {
    const { bench, eveId, asRoot, asEve, defineFor } = await open();
    await defineFor(eveId, { name: 'Definer', permissions: ['role:define', 'order:*'] });
    const eveNow = asEve('role:define', 'order:*');
    const { roleId } = await bench.demand('defineRole', { name: 'All', permissions: ['*'] }, asRoot);
    const missing = { code: 'PERMISSIONS_NOT_HELD', missing: ['*'] };
    expect(await bench.refusal('changeRole', { roleId, ...refunds }, eveNow)).toEqual(missing);
    expect(await bench.refusal('retireRole', { roleId }, eveNow)).toEqual(missing);
    const { roleId: own } = await bench.demand('defineRole', refunds, eveNow);
    expect(await bench.refusal('changeRole', { roleId: own, name: 'X', permissions: ['*'] }, eveNow)).toEqual(
      missing,
    );
    await bench.demand('retireRole', { roleId: own }, eveNow);
  });
});

describe('granting a defined role', () => {
  it('gives what it permits to the commands of its bearer, and takes it with the role', async () => {
    const { bench, eveId, bobId, asRoot, asEve, defineFor } = await open();
    const roleId = await defineFor(eveId, lead);
    const seller = { accountId: bobId, roleId };
    await bench.demand('grantDefinedRole', seller, asEve('role:*', 'order:*'));
    await bench.demand('revokeDefinedRole', seller, asEve('role:*', 'order:*'));
    await bench.demand('revokeDefinedRole', { accountId: eveId, roleId }, asRoot);
    await expect(bench.send('grantDefinedRole', seller, asEve('role:*', 'order:*'))).rejects.toMatchObject(
      notPermitted,
    );
    expect(await bench.count('AccountRolesGranted')).toBe(2);
    expect(await bench.count('AccountRolesRevoked')).toBe(2);
  });

  it('gives no more than the sender has: neither a built-in role nor a defined one, also not to itself', async () => {
    const { bench, rootId, eveId, asRoot, asEve, defineFor } = await open();
    await defineFor(eveId, lead);
    const eveNow = asEve('role:*', 'order:*');
    const { roleId } = await bench.demand('defineRole', { name: 'Stock', permissions: ['stock:*'] }, asRoot);
    expect(await bench.refusal('grantDefinedRole', { accountId: eveId, roleId }, eveNow)).toEqual({
      code: 'PERMISSIONS_NOT_HELD',
      missing: ['stock:*'],
    });
    expect(await bench.refusal('grantRole', { accountId: eveId, role: 'administrator' }, eveNow)).toEqual({
      code: 'PERMISSIONS_NOT_HELD',
      missing: ['*'],
    });
    // Those who may grant roles cannot remove those who have more rights.
    expect(await bench.refusal('revokeRole', { accountId: rootId, role: 'administrator' }, eveNow)).toEqual({
      code: 'PERMISSIONS_NOT_HELD',
      missing: ['*'],
    });
    await bench.demand('grantRole', { accountId: eveId, role: 'customer' }, eveNow);
  });

  it('leaves the last administrator, also where another role permits everything', async () => {
    const { bench, rootId, eveId, asEve, defineFor } = await open();
    await defineFor(eveId, { name: 'All', permissions: ['*'] });
    expect(
      await bench.refusal('revokeRole', { accountId: rootId, role: 'administrator' }, asEve('*')),
    ).toEqual({ code: 'LAST_ADMINISTRATOR' });
  });

  it('needs a role that is not retired; a retired one permits nothing and can be revoked', async () => {
    const { bench, eveId, bobId, asRoot, asEve, defineFor } = await open();
    const roleId = await defineFor(eveId, lead);
    await bench.demand('retireRole', { roleId }, asRoot);
    await bench.demand('retireRole', { roleId }, asRoot);
    const notFound = { code: 'ROLE_NOT_FOUND', roleId };
    expect(await bench.refusal('grantDefinedRole', { accountId: bobId, roleId }, asRoot)).toEqual(notFound);
    expect(await bench.refusal('changeRole', { roleId, ...refunds }, asRoot)).toEqual(notFound);
    const unknown = 'b7c1ff3a-0000-5000-8000-000000000000' as RoleId;
    expect(
      await bench.refusal('grantDefinedRole', { accountId: bobId, roleId: unknown }, asRoot),
    ).toMatchObject({
      code: 'ROLE_NOT_FOUND',
    });
    await expect(
      bench.send('grantRole', { accountId: bobId, role: 'customer' }, asEve('role:*', 'order:*')),
    ).rejects.toMatchObject(notPermitted);
    await bench.demand('revokeDefinedRole', { accountId: eveId, roleId }, asRoot);
    expect(await bench.count('AccountRolesRevoked')).toBe(1);
  });
});

it('an account is provisioned with no more than its sender may do', async () => {
  const { bench } = await open();
  const provisioner = (...permissions: string[]) => ({
    as: { kind: 'staff', id: ann, roles: [], permissions } satisfies Principal,
  });
  const made = { email: 'new@example.org', name: 'New', roles: ['staff'] } as const;
  expect(await bench.refusal('provisionAccount', made, provisioner('account:*'))).toMatchObject({
    code: 'PERMISSIONS_NOT_HELD',
  });
  await bench.demand('provisionAccount', { ...made, roles: ['customer'] }, provisioner('account:*'));
  await bench.demand('provisionAccount', made, provisioner('*'));
  await bench.demand('provisionAccount', { ...made, email: 'other@example.org' }, { as: system });
});
