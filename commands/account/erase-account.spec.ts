import type { AccountId, Instant, PictureId } from '../../domain/kernel';
import type { Principal } from '../../platform/execution';
import {
  ann,
  buy,
  createOrderBench,
  customer,
  furnish,
  idOf,
  type OrderBench,
} from '../../tests/support/commands/order-fixture';
import { builtFrom, documentsIn, foldOnInto } from '../../tests/support/commands/people';

const asGuest = { as: { kind: 'customer', id: 'anonymous', roles: [] } as Principal };
const eve = { email: 'eve@shop.example', password: 'correct horse', name: 'Evelyn Sharp' };
const device = 'Firefox on Linux';
const address = {
  recipient: 'E. Sharp',
  line1: '12 Harbour Street',
  city: 'Whitby',
  country: 'GB',
};
const described = 'Scratched on both sides';

/** Text of the person that no document and no stored event may have after the erasure. */
/** Words of others about the person, and of the person about a shop of the own. */
const noted = 'Evelyn rang twice';
const reportedAs = 'Evelyn sells these herself';
const applied = { shopName: 'Sharp Corner', reason: 'Knives by Evelyn' };
const refusedFor = 'Evelyn is banned elsewhere';

const personal = [
  noted,
  reportedAs,
  applied.shopName,
  applied.reason,
  refusedFor,
  eve.email,
  eve.name,
  device,
  address.recipient,
  address.line1,
  address.city,
  described,
];

const photoId = 'a'.repeat(64) as PictureId;

const openShop = async () => {
  const bench = createOrderBench({ sealed: true });
  bench.start();
  const { mug } = await furnish(bench);
  const session = await bench.demand('signUp', { ...eve, device }, asGuest);
  const accountId = session.account.id;
  return { bench, mug, session, accountId, asEve: { as: customer(accountId) } };
};

type Shop = Awaited<ReturnType<typeof openShop>>;

/** An order that was delivered, reviewed and returned in part, with an address book, a question and a report. */
const live = async ({ bench, mug, accountId, asEve }: Shop) => {
  await bench.demand('addAddress', { accountId, ...address }, asEve);
  const orderId = await buy(bench, [[mug, 2]], { by: accountId, pay: null });
  await bench.demand('changeDestination', { orderId, destination: { x: 71, y: 72 } }, asEve);
  await bench.demand('payOrder', { orderId, paymentMethod: 'test' }, asEve);
  await bench.settle();
  const review = {
    authorId: accountId,
    subject: { kind: 'product', productId: mug },
    rating: 5,
    text: 'Holds tea',
  } as const;
  const photo = { pictureId: photoId, thumbnailId: 'b'.repeat(64), width: 8, height: 8, bytes: 9 };
  await bench.demand('recordUpload', { uploaderId: accountId, ...photo }, asEve);
  const { reviewId } = await bench.demand('writeReview', { ...review, photoIds: [photoId] }, asEve);
  const report = { on: { kind: 'review', reviewId }, reason: 'UNTRUE', note: reportedAs } as const;
  await bench.demand('reportContribution', { ...report, reporterId: ann }, { as: customer(ann) });
  const staff: { readonly as: Principal } = { as: { kind: 'staff', id: idOf('staff'), roles: ['staff'] } };
  await bench.demand('addOrderNote', { orderId, text: noted }, staff);
  await bench.demand('applyAsMerchant', { accountId, ...applied }, asEve);
  await bench.demand('refuseMerchant', { accountId, reason: refusedFor }, staff);
  await bench.demand('askQuestion', { authorId: accountId, productId: mug, text: 'How tall?' }, asEve);
  const request = {
    orderId,
    kind: 'REFUND_ONLY',
    lines: [{ productId: mug, quantity: 1, reason: 'DAMAGED' }],
    description: described,
    evidence: [],
    photoIds: [photoId],
  } as const;
  const { afterSalesId } = await bench.demand('requestAfterSales', request, asEve);
  await bench.settle();
  return { orderId, afterSalesId };
};

const erase = ({ bench, accountId, asEve }: Shop) =>
  bench.demand('eraseAccount', { accountId, password: eve.password }, asEve);

const everything = async (bench: OrderBench): Promise<string> =>
  JSON.stringify([
    await documentsIn(await builtFrom(bench.store)),
    (await bench.events()).map(({ data }) => data),
  ]);

describe('eraseAccount', () => {
  it('ends the account and its sessions, and the address signs up again as another account', async () => {
    const shop = await openShop();
    const { bench, session, accountId } = shop;
    await bench.demand('logIn', eve, asGuest);
    const certificate = await erase(shop);
    expect(certificate).toMatchObject({ accountId, streams: [`account-${accountId}`] });
    expect(await bench.refusal('refreshSession', session, asGuest)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'ENDED',
    });
    expect(await bench.refusal('logIn', eve, asGuest)).toEqual({ code: 'CREDENTIALS_WRONG' });
    const again = await bench.demand('signUp', eve, asGuest);
    expect(again.account.id).not.toBe(accountId);
    expect((await bench.demand('logIn', eve, asGuest)).account).toMatchObject({
      id: again.account.id,
      name: eve.name,
    });
    // The second account of the address is erased like the first one.
    await erase({ ...shop, accountId: again.account.id, asEve: { as: customer(again.account.id) } });
    const third = await bench.demand('signUp', eve, asGuest);
    expect([accountId, again.account.id]).not.toContain(third.account.id);
    await bench.stop();
  });

  it('leaves the address free for another account, however often', async () => {
    const { bench, accountId } = await openShop();
    const seen = new Set<AccountId>();
    let id = accountId;
    for (let times = 0; times < 25; times += 1) {
      await bench.demand('eraseAccount', { accountId: id, password: eve.password }, { as: customer(id) });
      seen.add(id);
      ({ id } = (await bench.demand('signUp', eve, asGuest)).account);
    }
    expect(seen.size).toBe(25);
    expect(seen).not.toContain(id);
    expect((await bench.demand('logIn', eve, asGuest)).account.id).toBe(id);
    await bench.stop();
  });

  it('needs the password, and is refused to others', async () => {
    const { bench, accountId, asEve } = await openShop();
    const guess = { accountId, password: 'a guess' };
    expect(await bench.refusal('eraseAccount', guess, asEve)).toEqual({ code: 'CREDENTIALS_WRONG' });
    const stranger = { as: customer(idOf('mallory') as AccountId) };
    const meddling = bench.send('eraseAccount', { accountId, password: eve.password }, stranger);
    await expect(meddling).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await bench.count('AccountErased')).toBe(0);
    await bench.stop();
  });

  it('removes the webhook endpoints of the person', async () => {
    const shop = await openShop();
    const { bench, accountId } = shop;
    const endpoint = { ownerId: accountId, url: 'https://eve.example/hooks', types: ['order.paid'] };
    const staff: Principal = { kind: 'staff', id: 'staff', roles: ['staff'] };
    for (const description of ['Shop', 'Books'])
      await bench.demand('addWebhookEndpoint', { ...endpoint, description }, { as: staff });
    await erase(shop);
    expect(await bench.count('WebhookEndpointRemoved')).toBe(2);
    await bench.stop();
  });

  it('answers a repeat with the same certificate, and another command with that there is no account', async () => {
    const shop = await openShop();
    const { bench, accountId, asEve } = shop;
    const input = { accountId, password: eve.password };
    const first = await bench.demand('eraseAccount', input, { ...asEve, id: 'erase' });
    expect(await bench.demand('eraseAccount', input, { ...asEve, id: 'erase' })).toEqual(first);
    expect(await bench.refusal('eraseAccount', input, asEve)).toEqual({ code: 'ACCOUNT_NOT_FOUND' });
    expect(await bench.count('AccountErased')).toBe(1);
    await bench.stop();
  });

  it('is refused while an order or a request is open', async () => {
    const shop = await openShop();
    const { bench, mug, accountId, asEve } = shop;
    const orderId = await buy(bench, [[mug, 1]], { by: accountId, pay: null });
    const input = { accountId, password: eve.password };
    const open = { code: 'ACCOUNT_HAS_OPEN_MATTERS', orders: 1, requests: 0, sales: 0 };
    expect(await bench.refusal('eraseAccount', input, asEve)).toEqual(open);
    await bench.demand('cancelOrder', { orderId }, asEve);
    await bench.settle();
    const { afterSalesId } = await live(shop);
    expect(await bench.refusal('eraseAccount', input, asEve)).toEqual({ ...open, orders: 0, requests: 1 });
    await bench.demand('withdrawAfterSales', { afterSalesId }, asEve);
    await bench.demand('eraseAccount', input, asEve);
    await bench.stop();
  });

  it('leaves no personal data in any read model, live or rebuilt, and the figures as they were', async () => {
    const shop = await openShop();
    const { bench, accountId, asEve } = shop;
    const { orderId, afterSalesId } = await live(shop);
    await bench.demand('withdrawAfterSales', { afterSalesId }, asEve);
    await bench.settle();
    const before = await builtFrom(bench.store);
    const open = await documentsIn(before);
    for (const text of [...personal.slice(0, -1), '(71, 72)']) expect(JSON.stringify(open)).toContain(text);
    const { streams, counts } = await erase(shop);
    await bench.settle();
    const after = await documentsIn(await foldOnInto(before, bench.store));
    expect(after).toEqual(await documentsIn(await builtFrom(bench.store)));
    // Photos show the person, so the review and the request lose them.
    expect(await bench.count('ReviewPhotosRemoved')).toBe(1);
    expect(await bench.count('AfterSalesPhotosRemoved')).toBe(1);
    const all = await everything(bench);
    for (const text of [...personal, '"x":71', '(71, 72)'])
      expect([text, all.includes(text)]).toEqual([text, false]);
    for (const model of ['sales_by_day', 'stock_levels', 'payments', 'seller_ratings'])
      expect(after[model]).toEqual(open[model]);
    expect(streams).toEqual(
      expect.arrayContaining([`account-${accountId}`, `address_book-${accountId}`, `order-${orderId}`]),
    );
    expect(counts).toEqual(expect.arrayContaining([{ category: 'shipment', count: 1 }]));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(streams.length);
    await bench.stockSums();
    await bench.stop();
  });

  it('is finished by a reactor where the process died after the event, and the key is destroyed', async () => {
    const shop = await openShop();
    const { bench, accountId } = shop;
    await bench.settle();
    await bench.stop();
    const { store } = bench;
    const dying: typeof bench.durable = {
      ...bench.durable,
      store: {
        ...store,
        append: async (stream, revision, events) => {
          if (stream.startsWith('erasures-')) throw new Error('The process dies here');
          return store.append(stream, revision, events);
        },
      },
    };
    bench.restart(dying);
    await expect(erase(shop)).rejects.toThrow('The process dies here');
    expect(await bench.count('PersonalDataErased')).toBe(0);
    const key = async () => (await bench.personKeys.find([accountId])).get(accountId);
    expect(await key()).not.toBe('destroyed');
    bench.restart();
    bench.start();
    await bench.settle();
    expect(await key()).toBe('destroyed');
    expect(await bench.count('PersonalDataErased')).toBe(1);
    expect(await bench.count('ErasureListed')).toBe(1);
    await bench.stop();
  });
});

describe('eraseAccountOnRequest', () => {
  const provision = async (bench: OrderBench, name: string, role: 'staff' | 'administrator') => {
    const email = `${name}@shop.example`;
    const { accountId } = await bench.demand('provisionAccount', { email, name, roles: [role] });
    const as: Principal = { kind: 'staff', id: accountId, roles: [role] };
    return { accountId, as: { as } };
  };

  it('erases the account of an address, for those with the permission alone', async () => {
    const { bench, accountId } = await openShop();
    const sue = await provision(bench, 'sue', 'staff');
    const boss = await provision(bench, 'boss', 'administrator');
    const input = { email: eve.email };
    await expect(bench.send('eraseAccountOnRequest', input, sue.as)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect(await bench.demand('eraseAccountOnRequest', input, boss.as)).toMatchObject({ accountId });
    expect((await bench.events()).find(({ type }) => type === 'AccountErased')?.data).toMatchObject({
      by: 'STAFF',
    });
    expect(await bench.refusal('eraseAccountOnRequest', input, boss.as)).toEqual({
      code: 'ACCOUNT_NOT_FOUND',
    });
    await bench.stop();
  });

  it('answers a repeat with the same certificate, and leaves the next account of the address alone', async () => {
    const { bench, accountId } = await openShop();
    const boss = await provision(bench, 'boss', 'administrator');
    const request = { ...boss.as, id: 'letter' };
    const first = await bench.demand('eraseAccountOnRequest', { email: eve.email }, request);
    const { account: next } = await bench.demand('signUp', eve, asGuest);
    expect(await bench.demand('eraseAccountOnRequest', { email: eve.email }, request)).toEqual(first);
    expect(await bench.demand('logIn', eve, asGuest)).toMatchObject({ account: { id: next.id } });
    expect(next.id).not.toBe(accountId);
    await bench.stop();
  });

  it('ends the sale of the goods of a merchant', async () => {
    const { bench, accountId, asEve } = await openShop();
    const boss = await provision(bench, 'boss', 'administrator');
    await bench.demand('applyAsMerchant', { accountId, shopName: 'Cups', reason: 'Cups' }, asEve);
    await bench.demand('approveMerchant', { accountId }, boss.as);
    await bench.demand('eraseAccountOnRequest', { accountId }, boss.as);
    expect(await bench.count('MerchantDisabled')).toBe(1);
    await bench.stop();
  });

  it('never erases the last administrator, nor an account with more permissions', async () => {
    const { bench } = await openShop();
    const boss = await provision(bench, 'boss', 'administrator');
    await bench.demand('grantRole', { accountId: boss.accountId, role: 'administrator' });
    const ofBoss = { accountId: boss.accountId };
    expect(await bench.refusal('eraseAccountOnRequest', ofBoss, boss.as)).toEqual({
      code: 'LAST_ADMINISTRATOR',
    });
    const clerk = await provision(bench, 'clerk', 'staff');
    const { roleId } = await bench.demand('defineRole', { name: 'Clerk', permissions: ['account:erase'] });
    await bench.demand('grantDefinedRole', { accountId: clerk.accountId, roleId });
    const as: Principal = { ...clerk.as.as, permissions: ['account:erase'] };
    expect(await bench.refusal('eraseAccountOnRequest', ofBoss, { as })).toEqual({
      code: 'PERMISSIONS_NOT_HELD',
      missing: ['*'],
    });
    await bench.stop();
  });
});

it('stores nothing personal of a person who was erased', async () => {
  const shop = await openShop();
  const { bench, accountId } = shop;
  await erase(shop);
  const at = bench.clock.now() as Instant;
  const event = {
    id: idOf('late'),
    type: 'AddressAdded',
    data: { accountId, addressId: idOf('home'), address, addedAt: at },
    metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:spec' as const, schema: 1 },
  };
  await bench.store.append(`address_book-${accountId}` as never, 'no-stream', [event]);
  const stored = [];
  for await (const { data } of bench.rawStore.readAll()) stored.push(data);
  expect(JSON.stringify(stored)).not.toContain(address.line1);
  await bench.stop();
});
