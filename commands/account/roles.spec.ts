import { createOrderBench, customer, ann, idOf, system } from '../../tests/support/commands/order-fixture';
import { account as accounts } from '../../domain/account';
import { administrators, administratorsId, type AdministratorsCommand } from '../../domain/administrators';
import type { AccountId } from '../../domain/kernel';
import type { Principal } from '../../platform/execution';

const notPermitted = { code: 'NOT_PERMITTED' };
const root = {
  email: 'root@example.org',
  name: 'Root',
  password: 'battery staple',
  roles: ['administrator'],
} as const;
const eve = { email: 'eve@example.org', password: 'correct horse', name: 'Eve' };

/** Returns the caller of an access token with these roles; the account may have other roles meanwhile. */
const holding = (id: AccountId, ...roles: Principal['roles']): Principal => ({ kind: 'staff', id, roles });

const open = async () => {
  const bench = createOrderBench();
  const provision = { id: 'provision' };
  const { accountId } = await bench.demand('provisionAccount', root, provision);
  const { account } = await bench.demand('signUp', eve);
  const rolesOf = async (credentials: { email: string; password: string }) =>
    (await bench.demand('logIn', credentials)).account.roles;
  const rootToken = { as: holding(accountId, 'administrator') };
  const eveToken = { as: holding(account.id, 'administrator') };
  const raw = (id: string) => ({ commandId: idOf(id), correlationId: id, principal: system });
  const at = bench.clock.now();
  /** Executes one step of a command alone. */
  const onAccount = (type: 'RevokeRoles', id: AccountId) =>
    bench.clock.drive(
      bench
        .life()
        .aggregates.of(accounts)
        .execute(id, { type, accountId: id, roles: ['administrator'], at }, raw(`${type} ${id}`)),
    );
  const onList = (type: AdministratorsCommand['type'], id: AccountId) =>
    bench.clock.drive(
      bench
        .life()
        .aggregates.of(administrators)
        .execute(administratorsId, { type, accountId: id, at }, raw(`${type} ${id}`)),
    );
  const tokens = { rootToken, eveToken };
  return { bench, provision, rootId: accountId, eveId: account.id, rolesOf, ...tokens, onAccount, onList };
};

describe('granting a role', () => {
  it('is for administrators, by id or by e-mail address', async () => {
    const { bench, eveId, rolesOf, rootToken } = await open();
    const seller = { accountId: eveId, role: 'seller' } as const;
    expect(await bench.demand('grantRole', seller, rootToken)).toEqual({ accountId: eveId });
    await bench.demand('grantRole', { email: ' EVE@example.org', role: 'analyst' }, rootToken);
    await bench.demand('grantRole', seller, rootToken);
    expect(await rolesOf(eve)).toEqual(['customer', 'seller', 'analyst']);
  });

  it.each<[string, Principal]>([
    ['a customer', customer(ann)],
    ['staff', holding(ann, 'staff')],
    ['one whose token says administrator, and whose account does not', holding(ann, 'administrator')],
  ])('is not for %s', async (_, as) => {
    const { bench, eveId } = await open();
    const staff = { accountId: eveId, role: 'staff' } as const;
    await expect(bench.send('grantRole', staff, { as })).rejects.toMatchObject(notPermitted);
    await expect(bench.send('revokeRole', staff, { as })).rejects.toMatchObject(notPermitted);
    expect(await bench.count('AccountRolesGranted')).toBe(0);
  });

  it('needs one account that is there', async () => {
    const { bench, eveId, rootToken } = await open();
    const nobody = { code: 'ACCOUNT_NOT_FOUND' };
    const unknown = { email: 'who@example.org', role: 'staff' } as const;
    expect(await bench.refusal('grantRole', unknown, rootToken)).toEqual(nobody);
    expect(await bench.refusal('revokeRole', unknown, rootToken)).toEqual(nobody);
    for (const named of [{}, { accountId: eveId, email: eve.email }])
      await expect(bench.send('grantRole', { ...named, role: 'staff' }, rootToken)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
  });
});

describe('revoking a role', () => {
  it('takes it, and what was never there', async () => {
    const { bench, eveId, rolesOf, rootToken } = await open();
    await bench.demand('grantRole', { accountId: eveId, role: 'staff' }, rootToken);
    for (const role of ['staff', 'analyst'] as const)
      await bench.demand('revokeRole', { accountId: eveId, role }, rootToken);
    expect(await rolesOf(eve)).toEqual(['customer']);
  });

  it('takes effect at once, with any roles in an access token', async () => {
    const { bench, eveId, rootToken, eveToken } = await open();
    await bench.demand('grantRole', { accountId: eveId, role: 'administrator' }, rootToken);
    await bench.demand('grantRole', { email: root.email, role: 'staff' }, eveToken);
    await bench.demand('revokeRole', { accountId: eveId, role: 'administrator' }, rootToken);
    const back = bench.send('grantRole', { accountId: eveId, role: 'administrator' }, eveToken);
    await expect(back).rejects.toMatchObject(notPermitted);
  });

  it('leaves the last administrator', async () => {
    const { bench, rootId, eveId, rolesOf, rootToken } = await open();
    const mine = { accountId: rootId, role: 'administrator' } as const;
    const last = { code: 'LAST_ADMINISTRATOR' };
    expect(await bench.refusal('revokeRole', mine, rootToken)).toEqual(last);
    expect(await bench.refusal('revokeRole', mine, { as: system })).toEqual(last);
    await bench.demand('grantRole', { accountId: eveId, role: 'administrator' }, rootToken);
    await bench.demand('revokeRole', mine, rootToken);
    expect(await rolesOf(root)).toEqual([]);
    expect(await rolesOf(eve)).toEqual(['customer', 'administrator']);
  });

  it('leaves one of two administrators who revoke each other at once', async () => {
    const { bench, rootId, eveId, rootToken, eveToken } = await open();
    await bench.demand('grantRole', { accountId: eveId, role: 'administrator' }, rootToken);
    const outcomes = await Promise.all([
      bench.send('revokeRole', { accountId: eveId, role: 'administrator' }, rootToken),
      bench.send('revokeRole', { accountId: rootId, role: 'administrator' }, eveToken),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'rejected']);
    expect(await bench.count('AccountRolesRevoked')).toBe(1);
  });

  it('leaves an administrator, where a grant runs beside a revocation', async () => {
    const { bench, rootId, eveId, rolesOf, rootToken } = await open();
    const ofEve = { accountId: eveId, role: 'administrator' } as const;
    await bench.demand('grantRole', ofEve, rootToken);
    await Promise.all([
      bench.send('revokeRole', ofEve, rootToken),
      bench.send('grantRole', ofEve, rootToken),
    ]);
    await bench.send('revokeRole', { accountId: rootId, role: 'administrator' }, { as: system });
    expect([...(await rolesOf(root)), ...(await rolesOf(eve))]).toContain('administrator');
  });

  it('does not count an account on the list that has lost the role', async () => {
    const { bench, rootId, eveId, rootToken, onAccount } = await open();
    await bench.demand('grantRole', { accountId: eveId, role: 'administrator' }, rootToken);
    // As if the process had ended before the revocation removed what a grant beside it had added.
    await onAccount('RevokeRoles', eveId);
    expect(
      await bench.refusal('revokeRole', { accountId: rootId, role: 'administrator' }, rootToken),
    ).toEqual({ code: 'LAST_ADMINISTRATOR' });
  });

  it('is undone with the repeat, where the others have lost the role meanwhile', async () => {
    const { bench, rootId, eveId, rolesOf, rootToken, onAccount, onList } = await open();
    const ofEve = { accountId: eveId, role: 'administrator' } as const;
    const once = { as: system, id: 'revoke' };
    await bench.demand('grantRole', ofEve, rootToken);
    await bench.demand('revokeRole', ofEve, once);
    // As if a grant beside it had added Eve to the list, then the other was removed, then the process had ended.
    await onList('AddAdministrator', eveId);
    await onList('RemoveAdministrator', rootId);
    await onAccount('RevokeRoles', rootId);
    expect(await bench.refusal('revokeRole', ofEve, once)).toEqual({ code: 'LAST_ADMINISTRATOR' });
    expect(await rolesOf(eve)).toEqual(['customer', 'administrator']);
  });

  it('stands when the platform starts again and provisions its first administrator', async () => {
    const { bench, provision, rootId, eveId, rolesOf, rootToken } = await open();
    await bench.demand('grantRole', { accountId: eveId, role: 'administrator' }, rootToken);
    await bench.demand('revokeRole', { accountId: rootId, role: 'administrator' }, rootToken);
    bench.restart();
    expect(await bench.demand('provisionAccount', root, provision)).toEqual({ accountId: rootId });
    expect(await rolesOf(root)).toEqual([]);
  });
});

describe('resetting a password', () => {
  const reset = { email: 'root@example.org', password: 'another staple' };

  it('sets a new one and ends every session', async () => {
    const { bench } = await open();
    const session = await bench.demand('logIn', root);
    await bench.demand('resetPassword', reset);
    expect(await bench.refusal('logIn', root)).toEqual({ code: 'CREDENTIALS_WRONG' });
    expect(await bench.refusal('refreshSession', session)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'ENDED',
    });
    await bench.demand('logIn', reset);
  });

  it('needs an account and a long password, and is for those who run the platform', async () => {
    const { bench, rootToken } = await open();
    expect(await bench.refusal('resetPassword', { ...reset, email: 'who@example.org' })).toEqual({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(await bench.refusal('resetPassword', { ...reset, password: 'short' })).toEqual({
      code: 'PASSWORD_TOO_SHORT',
      min: 8,
    });
    await expect(bench.send('resetPassword', reset, rootToken)).rejects.toMatchObject(notPermitted);
  });
});
