import type { AccountId, Millis, Realm, Role } from '../../../domain/kernel';
import { permissionsOfAll } from '../../../commands/use-case/permissions';
import { Fault } from '../../../platform/faults';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createTokens } from './tokens';

const secret = 'a secret of thirty-two characters';
const staffQuery = '{ projections { name } }';
const sellerQuery = '{ sellerOrders { totalCount } }';
const viewerQuery = '{ viewer { realm realms permissions } }';

/** An edge that looks up the present roles, on which an account has several. */
const open = async (...roles: Role[]) => {
  const edge = startEdge({ access: undefined });
  edge.shop.accounts = edge.shop.accounts.map((one) => (one.id === ids.ada ? { ...one, roles } : one));
  const tokenOf = (realm?: Realm) => edge.tokenIn(realm, ids.ada, ...roles);
  const codeOf = async (query: string, realm?: Realm) =>
    (await edge.ask(query, { as: await tokenOf(realm) })).errors?.[0]?.extensions.code ?? 'OK';
  return { edge, tokenOf, codeOf };
};

describe('a token of a realm', () => {
  it.each([
    ['customer', 'WRONG_REALM', 'WRONG_REALM'],
    ['merchant', 'WRONG_REALM', 'OK'],
    ['platform', 'OK', 'WRONG_REALM'],
    [undefined, 'OK', 'OK'],
  ] as const)('of %s gives only what belongs there', async (realm, staff, seller) => {
    const { edge, codeOf } = await open('customer', 'seller', 'staff');
    expect(await codeOf(staffQuery, realm)).toBe(staff);
    expect(await codeOf(sellerQuery, realm)).toBe(seller);
    // What is the account's own, it has everywhere.
    expect(await codeOf(`{ order(id: "${ids.order}") { id } }`, realm)).toBe('OK');
    await edge.app.close();
  });

  it('is refused in words, over REST with the status 403', async () => {
    const { edge, tokenOf } = await open('staff');
    const as = await tokenOf('customer');
    const { errors } = await edge.ask(staffQuery, { as });
    expect(errors?.[0]?.message).toBe(
      'This belongs to the staff console, and the access token is of the shop. Log in at /admin, or by logIn with the realm `platform`.',
    );
    edge.commands.answer('registerProduct', new Fault('WRONG_REALM', 'Log in at /seller.'));
    const price = { amountMinor: 100, currency: 'GBP' };
    const route = await edge.app.inject({
      ...{ method: 'POST', url: '/api/v1/products', headers: { authorization: as } },
      payload: { sku: 'POT', name: 'Pot', description: '', category: 'desk', price },
    });
    expect([route.statusCode, route.json()]).toMatchObject([
      403,
      { code: 'WRONG_REALM', detail: 'Log in at /seller.' },
    ]);
    await edge.app.close();
  });

  it('gets no document of others that its account may read elsewhere', async () => {
    const { edge } = await open();
    const order = `{ order(id: "${ids.order}") { id } }`;
    const sam = async (realm: Realm) =>
      (await edge.ask(order, { as: await edge.tokenIn(realm, ids.sam, 'staff') })).data;
    edge.shop.accounts = edge.shop.accounts.map((one) =>
      one.id === ids.sam ? { ...one, roles: ['staff'] } : one,
    );
    expect(await sam('customer')).toEqual({ order: null });
    expect(await sam('platform')).toEqual({ order: { id: ids.order } });
    await edge.app.close();
  });

  it('of the shop gives nothing that is of its account as a seller', async () => {
    const { edge } = await open();
    const answer = async (query: string, realm?: Realm) => {
      const as = await edge.tokenIn(realm, ids.sam, 'customer', 'seller');
      const { data, errors } = await edge.ask(query, { as });
      return errors?.[0]?.extensions.code ?? Object.values(data ?? {})[0];
    };
    const request = `{ afterSalesRequest(id: "${ids.afterSales}") { id } }`;
    for (const realm of ['merchant', undefined] as const)
      expect(await answer(request, realm)).toEqual({ id: ids.afterSales });
    expect(await answer(request, 'customer')).toBeNull();
    for (const query of [
      `{ product(id: "${ids.mug}") { stock { __typename } } }`,
      `{ product(id: "${ids.mug}") { priceHistory { __typename } } }`,
      '{ webhookEndpoints { totalCount } }',
      `{ deliveryNote(orderId: "${ids.order}") { __typename } }`,
    ]) {
      expect(await answer(query, 'customer')).toBe('WRONG_REALM');
      expect(await answer(query, 'merchant')).not.toBe('WRONG_REALM');
    }
    await edge.app.close();
  });

  it('shows its realm, and where else its account has something to do', async () => {
    const { edge, tokenOf } = await open('customer', 'seller', 'analyst');
    const viewer = async (realm?: Realm) =>
      (await edge.ask(viewerQuery, { as: await tokenOf(realm) })).data?.['viewer'];
    const realms = ['customer', 'merchant', 'platform'];
    expect(await viewer('customer')).toEqual({ realm: 'customer', realms, permissions: [] });
    expect(await viewer('platform')).toEqual({ realm: 'platform', realms, permissions: ['report:read'] });
    expect(await viewer()).toEqual({ realm: null, realms, permissions: ['product:sell', 'report:read'] });
    expect((await edge.ask(viewerQuery)).data?.['viewer']).toEqual({
      realm: null,
      realms: [],
      permissions: [],
    });
    await edge.app.close();
  });

  it('keeps it when the roles change', async () => {
    const { edge, tokenOf } = await open('customer');
    const as = await tokenOf('customer');
    edge.shop.accounts = edge.shop.accounts.map((one) => ({ ...one, roles: ['administrator'] }));
    expect((await edge.ask(staffQuery, { as })).errors?.[0]?.extensions.code).toBe('WRONG_REALM');
    await edge.app.close();
  });

  it.each([
    ['customer', 'customer'],
    ['merchant', 'customer'],
    ['platform', 'staff'],
    [undefined, 'staff'],
  ] as const)('of %s reaches the command services, whose events name a %s', async (realm, kind) => {
    const { edge, tokenOf } = await open('customer', 'staff');
    await edge.ask('mutation { logOutEverywhere(input: {}) { __typename } }', { as: await tokenOf(realm) });
    expect(edge.commands.sent.at(-1)?.context.principal).toEqual({
      ...{ kind, id: ids.ada, roles: ['customer', 'staff'] },
      ...(realm && { realm }),
    });
    await edge.app.close();
  });

  it('of the shop is good while the read models are away, also for staff', async () => {
    const { edge, tokenOf } = await open('customer', 'staff');
    const away = () => Promise.reject(new Fault('READ_MODELS_UNAVAILABLE', 'away'));
    Object.assign(edge.deps.readers.accounts, { getMany: away });
    const ask = async (realm: Realm) =>
      (await edge.ask('{ viewer { realm } }', { as: await tokenOf(realm) })).errors?.[0]?.extensions.code;
    expect(await ask('customer')).toBeUndefined();
    expect(await ask('platform')).toBe('READ_MODELS_UNAVAILABLE');
    await edge.app.close();
  });
});

describe('a session', () => {
  it('gets access tokens of its realm', async () => {
    const { edge } = await open('customer', 'staff');
    const session = (realm?: Realm) => ({
      account: { id: ids.ada, email: 'ada@example.com', name: 'Ada', roles: ['customer', 'staff'] as const },
      ...{ sessionId: 's', refreshToken: 'r', expiresAt: '2099-01-01T00:00:00.000Z' as never },
      ...(realm && { realm }),
    });
    const select = '{ ... on LogInSuccess { realm accessToken } }';
    const logIn = `mutation { logIn(input: { email: "a@b.c", password: "x", realm: customer }) ${select} }`;
    type Opened = { readonly realm: Realm | null; readonly accessToken: string };
    const openedOf = async () => (await edge.ask(logIn)).data?.['logIn'] as Opened;
    edge.commands.accept('logIn', session('customer'));
    const shop = await openedOf();
    expect(edge.commands.sent.at(-1)?.input).toMatchObject({ realm: 'customer' });
    expect(shop.realm).toBe('customer');
    const codeOf = async ({ accessToken }: Opened) =>
      (await edge.ask(staffQuery, { as: `Bearer ${accessToken}` })).errors?.[0]?.extensions.code;
    expect(await codeOf(shop)).toBe('WRONG_REALM');
    // Command services of an earlier version answer without one.
    edge.commands.accept('logIn', session());
    const all = await openedOf();
    expect(all.realm).toBeNull();
    expect(await codeOf(all)).toBeUndefined();
    await edge.app.close();
  });
});

describe('tokens that name no realm', () => {
  const ada = { id: ids.ada as AccountId, email: 'a@b.c', name: 'Ada', roles: ['seller', 'staff'] } as const;
  const clock = createVirtualClock();

  it('give all that their account may do, unless the operator requires a realm', async () => {
    const settings = { secrets: [secret] as const, lifetimeMs: 60_000 as Millis };
    const { accessToken } = await createTokens(settings, clock).issue(ada);
    const lenient = await createTokens(settings, clock).read(accessToken);
    expect(lenient).toMatchObject({ realm: undefined, permissions: permissionsOfAll(ada.roles) });
    const strict = await createTokens({ ...settings, realmOfOthers: 'customer' }, clock).read(accessToken);
    expect(strict).toMatchObject({ realm: 'customer', permissions: new Set() });
  });

  it('do not change those that name one', async () => {
    const strict = createTokens({ secrets: [secret], realmOfOthers: 'customer' }, clock);
    const { accessToken } = await strict.issue({ ...ada, realm: 'merchant' });
    expect(await strict.read(accessToken)).toMatchObject({
      realm: 'merchant',
      permissions: new Set(['product:sell']),
    });
  });

  it('cannot name one that is none', async () => {
    const tokens = createTokens({ secrets: [secret] }, clock);
    const { accessToken } = await tokens.issue({ ...ada, realm: 'king' as Realm });
    expect(await tokens.read(accessToken)).toEqual({ kind: 'guest', because: 'invalid' });
  });
});
