import type { Realm } from '../../domain/kernel';
import { createOrderBench, customer } from '../../tests/support/commands/order-fixture';
import type { Principal } from '../../platform/execution';

const as = { as: { kind: 'customer', id: 'anonymous', roles: [] } as Principal };
const password = 'correct horse';
const eve = { email: 'eve@example.org', password, name: 'Eve', device: 'Firefox on Linux' };
const ended = { code: 'SESSION_INVALID', reason: 'ENDED' };

const open = async () => {
  const bench = createOrderBench();
  const shop = await bench.demand('signUp', { ...eve, realm: 'customer' }, as);
  const logIn = (realm?: Realm) => bench.demand('logIn', { ...eve, ...(realm && { realm }) }, as);
  return { bench, shop, accountId: shop.account.id, logIn };
};

it('a session has the realm of its log-in, and none where the client named none', async () => {
  const { shop, logIn } = await open();
  expect(shop.realm).toBe('customer');
  expect((await logIn('merchant')).realm).toBe('merchant');
  expect(await logIn()).not.toHaveProperty('realm');
});

it('a refresh keeps the realm, also a second one with the replaced token', async () => {
  const { bench, logIn } = await open();
  const session = await logIn('platform');
  const next = await bench.demand('refreshSession', session, as);
  const again = await bench.demand('refreshSession', session, as);
  const third = await bench.demand('refreshSession', next, as);
  expect([next, again, third].map(({ realm }) => realm)).toEqual(['platform', 'platform', 'platform']);
  expect(await bench.demand('refreshSession', await logIn(), as)).not.toHaveProperty('realm');
});

it('a realm that is none is refused', async () => {
  const { bench } = await open();
  const logIn = bench.send('logIn', { ...eve, realm: 'king' as never }, as);
  await expect(logIn).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

it('the log-out from everywhere ends the sessions of all realms, and a log-out only its own', async () => {
  const { bench, accountId, shop, logIn } = await open();
  const [merchant, platform, other] = [
    await logIn('merchant'),
    await logIn('platform'),
    await logIn('platform'),
  ];
  await bench.demand('logOut', other, as);
  for (const session of [shop, merchant, platform]) await bench.demand('refreshSession', session, as);
  await bench.demand('logOutEverywhere', { accountId }, { as: customer(accountId) });
  for (const session of [shop, merchant, platform])
    expect(await bench.refusal('refreshSession', session, as)).toEqual(ended);
});

it('a new password ends the sessions of all realms, and opens one in the realm of its sender', async () => {
  const { bench, accountId, shop, logIn } = await open();
  const platform = await logIn('platform');
  const sender: Principal = { ...customer(accountId), realm: 'merchant' };
  const change = { accountId, currentPassword: password, newPassword: 'battery staple' };
  const next = await bench.demand('changePassword', change, { as: sender, id: 'change' });
  expect(next.realm).toBe('merchant');
  expect((await bench.demand('changePassword', change, { as: sender, id: 'change' })).realm).toBe('merchant');
  for (const session of [shop, platform])
    expect(await bench.refusal('refreshSession', session, as)).toEqual(ended);
});
