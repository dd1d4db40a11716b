import type { WebhookEndpointId } from '../../domain/kernel';
import { verifyWebhook } from '../../platform/webhook-signing';
import { openWebhooks, type Received } from '../../tests/support/webhooks/webhook-bench';

const HOUR = 3_600_000;
const hooks = 'https://shop.example/hooks';
const samHooks = 'https://sam.example/hooks';

const typesTo = (received: readonly Received[], url: string): readonly string[] =>
  received.filter((one) => one.url === url).map(({ json }) => json.type);

describe('a webhook endpoint', () => {
  it('receives the events that it has chosen, signed, under the id of the event', async () => {
    const shop = await openWebhooks();
    const { secret } = await shop.add(hooks, ['product.registered']);
    const productId = await shop.sell('MUG');
    await shop.settle();
    const [message, ...others] = shop.received;
    expect(others).toEqual([]);
    const event = (await shop.bench.events()).find(({ type }) => type === 'ProductRegistered');
    expect(message?.json).toMatchObject({
      ...{ type: 'product.registered', timestamp: event?.recordedAt },
      data: { productId, sku: 'MUG', revision: 0 },
    });
    const verified = verifyWebhook(message!.headers, message!.body, [secret], shop.clock.now());
    expect(verified).toEqual({ ok: true, messageId: event?.id });
    await shop.stop();
  });

  it('of a merchant receives what is about own goods alone, of an order the own lines without sums', async () => {
    const shop = await openWebhooks();
    await shop.add(samHooks, ['order.created', 'order.paid', 'product.registered'], shop.sam.as);
    await shop.add(hooks, ['order.created']);
    const [mug, pot] = [await shop.sell('MUG', shop.sam.id), await shop.sell('POT', shop.tom.id)];
    const orderId = await shop.buy(mug, pot);
    await shop.buy(pot);
    await shop.settle();
    expect(typesTo(shop.received, samHooks)).toEqual(['product.registered', 'order.created', 'order.paid']);
    const [, created, paid] = shop.received.filter(({ url }) => url === samHooks);
    expect(created?.json.data).toMatchObject({ orderId, lines: [{ productId: mug, quantity: 1 }] });
    for (const { json } of [created!, paid!]) {
      expect(json.data['lines']).toHaveLength(1);
      for (const field of ['customerId', 'total', 'paid', 'paymentId'])
        expect(json.data).not.toHaveProperty(field);
    }
    const ofShop = shop.received.filter(({ url }) => url === hooks);
    expect(ofShop).toHaveLength(2);
    expect(ofShop[0]?.json.data['lines']).toHaveLength(2);
    await shop.stop();
  });

  it('of a merchant who may not sell any more receives nothing', async () => {
    const shop = await openWebhooks();
    await shop.add(samHooks, ['product.registered'], shop.sam.as);
    await shop.bench.demand('revokeRole', { accountId: shop.sam.id, role: 'seller' });
    await shop.sell('MUG', shop.sam.id);
    await shop.settle();
    expect(shop.received).toEqual([]);
    await shop.stop();
  });

  it('of a merchant who may not sell any more is not sent what waits, until the merchant may again', async () => {
    const shop = await openWebhooks();
    const { endpointId } = await shop.add(samHooks, ['product.registered'], shop.sam.as);
    shop.answers.set('sam.example', () => 500);
    await shop.sell('MUG', shop.sam.id);
    await shop.settle();
    const tries = shop.received.length;
    await shop.bench.demand('revokeRole', { accountId: shop.sam.id, role: 'seller' });
    await shop.clock.advance(2 * HOUR);
    expect(shop.received).toHaveLength(tries);
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'waiting' }]);
    shop.answers.clear();
    await shop.bench.demand('grantRole', { accountId: shop.sam.id, role: 'seller' });
    await shop.settle();
    // Without another event of its goods.
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'delivered' }]);
    await shop.stop();
  });

  it('of a disabled merchant gets what waited as soon as the merchant is enabled', async () => {
    const shop = await openWebhooks();
    const { id: accountId, as } = shop.sam;
    await shop.bench.demand('applyAsMerchant', { accountId, shopName: 'Mugs', reason: 'Clay.' }, { as });
    await shop.bench.demand('approveMerchant', { accountId });
    const { endpointId } = await shop.add(samHooks, ['product.registered'], as);
    shop.answers.set('sam.example', () => 500);
    await shop.sell('MUG', accountId);
    await shop.settle();
    await shop.bench.demand('disableMerchant', { accountId, reason: 'fakes' });
    await shop.clock.advance(2 * HOUR);
    shop.answers.clear();
    await shop.bench.demand('enableMerchant', { accountId });
    await shop.settle();
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'delivered' }]);
    await shop.stop();
  });

  it('receives nothing that happened before it was added, nor while it is disabled', async () => {
    const shop = await openWebhooks();
    await shop.sell('MUG');
    await shop.clock.advance(1);
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    const of = { ownerId: 'platform', endpointId } as const;
    await shop.settle();
    await shop.bench.demand('disableWebhookEndpoint', of);
    await shop.sell('POT');
    await shop.settle();
    await shop.bench.demand('enableWebhookEndpoint', of);
    await shop.settle();
    expect(shop.received).toEqual([]);
    await shop.stop();
  });

  it('is signed for with two secrets for a day after a rotation', async () => {
    const shop = await openWebhooks();
    const { endpointId, secret: old } = await shop.add(hooks, ['product.registered']);
    const of = { ownerId: 'platform', endpointId } as const;
    const { secret, previousUntil } = await shop.bench.demand('rotateWebhookSecret', of);
    const isSignedWith = ({ headers, body }: Received, one: string): boolean =>
      verifyWebhook(headers, body, [one], shop.clock.now()).ok;
    await shop.sell('MUG');
    await shop.settle();
    expect([secret, old].map((one) => isSignedWith(shop.received[0]!, one))).toEqual([true, true]);
    await shop.clock.advance(24 * HOUR);
    expect(previousUntil < shop.clock.now()).toBe(true);
    await shop.sell('POT');
    await shop.settle();
    expect([secret, old].map((one) => isSignedWith(shop.received[1]!, one))).toEqual([true, false]);
    await shop.stop();
  });
});

describe('a delivery that fails', () => {
  it('is sent again under the same id, later each time, until it arrives', async () => {
    const shop = await openWebhooks();
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    const script = [500, new Error('reset'), 302, 204];
    shop.answers.set('shop.example', () => script.shift() ?? 200);
    await shop.sell('MUG');
    await shop.settle();
    await shop.clock.advance(2 * HOUR);
    const [delivery] = await shop.log(endpointId);
    expect(delivery).toMatchObject({ status: 'delivered', failures: 0 });
    expect(delivery?.attempts.map(({ httpStatus }) => httpStatus)).toEqual([500, null, 302, 204]);
    expect(delivery?.attempts.map(({ detail }) => detail)).toEqual(['noted', 'reset', 'noted', 'noted']);
    expect(new Set(shop.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await shop.stop();
  });

  it('is given up after about a day, and sent again when a person requests it', async () => {
    const shop = await openWebhooks({ disableAfterFailures: 1_000 });
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    shop.answers.set('shop.example', () => 500);
    await shop.sell('MUG');
    await shop.settle();
    await shop.clock.advance(12 * HOUR);
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'waiting' }]);
    await shop.clock.advance(24 * HOUR);
    const [failed] = await shop.log(endpointId);
    expect(failed).toMatchObject({ status: 'failed', failures: 11 });
    shop.answers.clear();
    const deliveryId = failed!.id;
    await shop.bench.demand('redeliverWebhook', { ownerId: 'platform', endpointId, deliveryId });
    await shop.settle();
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'delivered' }]);
    expect(shop.received.at(-1)?.headers['webhook-id']).toBe(shop.received[0]?.headers['webhook-id']);
    await shop.stop();
  });

  it('delays no other endpoint, and its own endpoint is tried ever less often', async () => {
    const shop = await openWebhooks();
    await shop.add('https://slow.example/', ['product.registered']);
    await shop.add(hooks, ['product.registered']);
    shop.answers.set('slow.example', () => 'silence');
    for (let index = 0; index < 30; index += 1) await shop.sell(`P${index}`);
    await shop.settle();
    expect(typesTo(shop.received, hooks)).toHaveLength(30);
    expect(typesTo(shop.received, 'https://slow.example/').length).toBeLessThanOrEqual(4);
    await shop.clock.advance(HOUR);
    expect(typesTo(shop.received, 'https://slow.example/').length).toBeLessThan(20);
    expect(shop.inFlightMax()).toBeLessThanOrEqual(8);
    await shop.stop();
  });

  it('leaves places for other owners where one owner has many endpoints', async () => {
    const shop = await openWebhooks({ ofOwnerMax: 2, ofAllMax: 3 });
    for (const path of ['a', 'b', 'c', 'd'])
      await shop.add(`https://slow.example/${path}`, ['product.registered'], shop.sam.as);
    await shop.add(hooks, ['product.registered'], shop.tom.as);
    shop.answers.set('slow.example', () => 'silence');
    await shop.sell('MUG', shop.sam.id);
    await shop.settle();
    expect(shop.received).toHaveLength(2);
    await shop.sell('POT', shop.tom.id);
    await shop.settle();
    expect(typesTo(shop.received, hooks)).toHaveLength(1);
    await shop.stop();
  });

  it('is sent after a crash that came before its answer was stored', async () => {
    const shop = await openWebhooks();
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    shop.answers.set('shop.example', () => 'silence');
    await shop.sell('MUG');
    await shop.bench.settle();
    await shop.crash();
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'waiting', attempts: [] }]);
    shop.answers.clear();
    await shop.resume();
    await shop.settle();
    expect(await shop.log(endpointId)).toMatchObject([{ status: 'delivered' }]);
    await shop.stop();
  });

  it('is found after a crash that came before it was stored', async () => {
    const shop = await openWebhooks();
    await shop.add(hooks, ['product.registered']);
    await shop.settle();
    await shop.crash();
    await shop.sell('MUG');
    await shop.resume();
    await shop.settle();
    expect(typesTo(shop.received, hooks)).toEqual(['product.registered']);
    await shop.stop();
  });
});

it('a repeated event is delivered once, and its delivery stays in the log', async () => {
  const shop = await openWebhooks();
  const { endpointId } = await shop.add(hooks, ['product.registered']);
  await shop.sell('MUG');
  await shop.settle();
  await shop.repeat();
  expect(shop.received).toHaveLength(1);
  expect(await shop.log(endpointId)).toMatchObject([{ status: 'delivered' }]);
  await shop.stop();
});

describe('an endpoint that fails', () => {
  const stateOf = async (shop: Awaited<ReturnType<typeof openWebhooks>>) =>
    (await shop.bench.events()).flatMap(({ type, data }) =>
      type === 'WebhookEndpointDisabled' ? [(data as { because: string }).because] : [],
    );

  it('for more than a day is disabled, and gets what waited when it is enabled', async () => {
    const shop = await openWebhooks();
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    shop.answers.set('shop.example', () => 503);
    for (const sku of ['A', 'B', 'C']) await shop.sell(sku);
    await shop.clock.advance(20 * HOUR);
    expect(await stateOf(shop)).toEqual([]);
    // Another one that happens meanwhile waits, too.
    await shop.sell('D');
    await shop.clock.advance(20 * HOUR);
    expect(await stateOf(shop)).toEqual(['failing']);
    const tries = shop.received.length;
    await shop.clock.advance(20 * HOUR);
    expect(shop.received).toHaveLength(tries);
    shop.answers.clear();
    await shop.bench.demand('enableWebhookEndpoint', { ownerId: 'platform', endpointId });
    await shop.settle();
    const states = (await shop.log(endpointId)).map(({ status }) => status);
    expect(states.at(-1)).toBe('delivered');
    expect(states).not.toContain('waiting');
    await shop.stop();
  });

  it('that the platform disabled has its owner notified, and one that a person disabled has not', async () => {
    const shop = await openWebhooks();
    await shop.add(samHooks, ['product.registered'], shop.sam.as);
    const { endpointId } = await shop.add(samHooks, ['product.registered'], shop.sam.as);
    await shop.bench.demand('disableWebhookEndpoint', { endpointId }, { as: shop.sam.as });
    shop.answers.set('sam.example', () => 410);
    await shop.sell('MUG', shop.sam.id);
    await shop.settle();
    const notices = (await shop.bench.events()).flatMap(({ type, data }) =>
      type === 'NotificationQueued' ? [data as { accountId: string; notice: object }] : [],
    );
    const ofSam = notices.filter(({ accountId }) => accountId === shop.sam.id);
    expect(ofSam).toMatchObject([
      { notice: { template: 'webhook-disabled', host: 'sam.example', because: 'gone' } },
    ]);
    await shop.stop();
  });

  it('is disabled at once when it says that it is gone', async () => {
    const shop = await openWebhooks();
    await shop.add(hooks, ['product.registered']);
    shop.answers.set('shop.example', () => 410);
    await shop.sell('MUG');
    await shop.settle();
    expect(await stateOf(shop)).toEqual(['gone']);
    await shop.stop();
  });

  it('is disabled when it says so beside a success', async () => {
    const shop = await openWebhooks();
    await shop.add(hooks, ['product.registered']);
    const script = [200, 410];
    shop.answers.set('shop.example', () => script.shift() ?? 200);
    for (const sku of ['A', 'B']) await shop.sell(sku);
    await shop.settle();
    expect(await stateOf(shop)).toEqual(['gone']);
    await shop.stop();
  });

  it('is disabled when too many events wait for it', async () => {
    const shop = await openWebhooks({ backlogMax: 5 });
    await shop.add(hooks, ['product.registered']);
    shop.answers.set('shop.example', () => 500);
    for (let index = 0; index < 6; index += 1) await shop.sell(`P${index}`);
    await shop.clock.advance(HOUR);
    expect(await stateOf(shop)).toEqual(['backlog']);
    await shop.stop();
  });
});

describe('the log of deliveries', () => {
  it('keeps the newest ones that ended, and none for longer than a week', async () => {
    const shop = await openWebhooks({ settledMax: 20 });
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    for (let index = 0; index < 120; index += 1) await shop.sell(`P${index}`);
    await shop.settle();
    expect(shop.received).toHaveLength(120);
    expect((await shop.log(endpointId)).length).toBeLessThanOrEqual(20 + 100);
    expect((await shop.log(endpointId)).length).toBeGreaterThanOrEqual(20);
    await shop.clock.advance(8 * 24 * HOUR);
    expect(await shop.log(endpointId)).toEqual([]);
    await shop.stop();
  });

  it('keeps no more of an endpoint for which nothing waits between its events', async () => {
    const shop = await openWebhooks({ settledMax: 20, tidyEveryMs: HOUR });
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    for (let index = 0; index < 150; index += 1) {
      await shop.sell(`P${index}`);
      await shop.settle();
    }
    expect((await shop.log(endpointId)).length).toBeLessThan(20 + 100);
    await shop.clock.advance(HOUR);
    expect(await shop.log(endpointId)).toHaveLength(20);
    await shop.stop();
  });

  it('goes with its endpoint', async () => {
    const shop = await openWebhooks();
    const { endpointId } = await shop.add(hooks, ['product.registered']);
    shop.answers.set('shop.example', () => 500);
    await shop.sell('MUG');
    await shop.settle();
    await shop.bench.demand('removeWebhookEndpoint', { ownerId: 'platform', endpointId });
    await shop.settle();
    await shop.clock.advance(HOUR);
    expect(await shop.log(endpointId)).toEqual([]);
    expect(shop.received).toHaveLength(1);
    await shop.stop();
  });

  it('does not send what another endpoint has under that id', async () => {
    const shop = await openWebhooks();
    const first = await shop.add(hooks, ['product.registered']);
    await shop.sell('MUG');
    await shop.settle();
    const [delivery] = await shop.log(first.endpointId);
    const { endpointId } = await shop.add(samHooks, ['product.registered'], shop.sam.as);
    const request = { endpointId, deliveryId: delivery!.id };
    await shop.bench.demand('redeliverWebhook', request, { as: shop.sam.as });
    await shop.settle();
    expect(shop.received).toHaveLength(1);
    await expect(
      shop.bench.send('redeliverWebhook', { ...request, ownerId: 'platform' }, { as: shop.sam.as }),
    ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    const other = { ownerId: shop.tom.id, endpointId: endpointId as WebhookEndpointId };
    await expect(shop.bench.send('rotateWebhookSecret', other, { as: shop.sam.as })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await shop.stop();
  });
});
