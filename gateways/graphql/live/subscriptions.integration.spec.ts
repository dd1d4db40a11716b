import type { AddressInfo } from 'node:net';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { Instant, Role, RoleId } from '../../../domain/kernel';
import { positionOf } from '../../../platform/event-store';
import { ids, startEdge, type EdgeSettings, type ShopDocuments } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { edgeSchema } from '../schema';
import { createLongWork } from '../operations/long-work';
import { createDocuments } from '../operations/operation-cache';
import { createSubscriptions, type Subscribing } from './subscriptions';
import { defaultLimits } from '../operations/limits';
import { createPrices } from '../operations/pricing';
import { guest, type Viewer } from '../access/caller';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const listen = async (settings: EdgeSettings) => {
  const edge = startEdge(settings);
  await edge.app.listen({ port: 0, host: '127.0.0.1' });
  closing.push(() => edge.app.close());
  const { port } = edge.app.server.address() as AddressInfo;
  const connect = (authorization: string): Client => {
    const client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization },
    });
    closing.push(() => client.dispose());
    return client;
  };
  return { edge, connect };
};

const query = `subscription { orderUpdated(id: "${ids.order}") { cursor order { status } } }`;
const limited = [{ extensions: { code: 'RATE_LIMITED' } }];

describe('live updates of an account', () => {
  it('are so many at once, over all its connections, and end with theirs', async () => {
    const { edge, connect } = await listen({ limits: { subscriptionsPerClientMax: 2 } });
    const [ada, sam] = [await edge.tokenOf(ids.ada, 'customer'), await edge.tokenOf(ids.sam, 'staff')];
    const [first, second] = [connect(ada), connect(ada)];
    const running = first.iterate({ query });
    await running.next();
    await second.iterate({ query }).next();
    await expect(connect(ada).iterate({ query }).next()).rejects.toMatchObject(limited);
    expect((await connect(sam).iterate({ query }).next()).done).toBe(false);
    // An operation of another kind takes no place.
    expect((await second.iterate({ query: '{ me { id } }' }).next()).done).toBe(false);
    await running.return?.();
    await second.dispose();
    const later = connect(ada);
    expect((await later.iterate({ query }).next()).done).toBe(false);
    expect((await later.iterate({ query }).next()).done).toBe(false);
  });

  it('give their place back when they are refused', async () => {
    const { edge, connect } = await listen({ limits: { subscriptionsPerClientMax: 1 } });
    const ada = connect(await edge.tokenOf(ids.ada, 'customer'));
    const unknown = 'subscription { orderUpdated(id: "none") { cursor } }';
    for (let time = 0; time < 3; time += 1)
      expect((await ada.iterate({ query: unknown }).next()).value).toMatchObject({
        errors: [{ extensions: { code: 'INPUT_INVALID' } }],
      });
    expect((await ada.iterate({ query }).next()).done).toBe(false);
  });
});

describe('live updates of an order', () => {
  it.each(['orderUpdated', 'shipmentMoved'])(
    '%s ends when the viewer may not see it any more',
    async (name) => {
      const { edge, connect } = await listen({ access: undefined });
      const sam = edge.shop.accounts.find(({ id }) => id === ids.sam)!;
      const become = (...roles: Role[]): void => {
        edge.shop.accounts = [{ ...sam, roles }];
      };
      become('staff');
      const client = connect(await edge.tokenOf(ids.sam, 'staff'));
      const argument = name === 'orderUpdated' ? 'id' : 'orderId';
      const updates = client.iterate({
        query: `subscription { ${name}(${argument}: "${ids.order}") { cursor } }`,
      });
      expect((await updates.next()).value).toHaveProperty(['data', name]);
      become('customer');
      edge.changes.tell('order_details', ids.order, positionOf(12));
      expect((await updates.next()).done).toBe(true);
      // The same connection has the rights of now for its other operations.
      const refused = await client.iterate({ query: '{ projections { name } }' }).next();
      expect(refused.value).toMatchObject({ errors: [{ extensions: { code: 'NOT_PERMITTED' } }] });
    },
  );
});

describe('an open connection', () => {
  const clerk = 'clerk' as RoleId;
  const at = '2026-11-29T09:00:00.000Z' as Instant;
  const changed = (edge: Awaited<ReturnType<typeof listen>>['edge']): void =>
    edge.changes.tell('order_details', ids.order, positionOf(12));

  it.each<[string, (shop: ShopDocuments) => void]>([
    ['is retired', (shop) => (shop.definedRoles = [])],
    [
      'is changed',
      (shop) =>
        (shop.definedRoles = shop.definedRoles.map((role) => ({ ...role, permissions: ['stock:*'] }))),
    ],
    ['is revoked', (shop) => (shop.accounts = shop.accounts.map((one) => ({ ...one, definedRoles: [] })))],
  ])('gets no further event of an order once the role that permits it %s', async (_, end) => {
    const { edge, connect } = await listen({ access: undefined });
    const sam = edge.shop.accounts.find(({ id }) => id === ids.sam)!;
    edge.shop.definedRoles = [
      { id: clerk, name: 'Clerk', permissions: ['order:read'], definedAt: at, changedAt: null },
    ];
    edge.shop.accounts = [{ ...sam, roles: ['customer'], definedRoles: [clerk] }];
    const client = connect(await edge.tokenOf(ids.sam, 'customer'));
    const updates = client.iterate({ query });
    expect((await updates.next()).value).toHaveProperty('data.orderUpdated');
    const next = updates.next();
    end(edge.shop);
    changed(edge);
    expect(await next).toEqual({ done: true, value: undefined });
    const order = await client.iterate({ query: `{ order(id: "${ids.order}") { id } }` }).next();
    expect(order.value).toEqual({ data: { order: null } });
  });

  it('of a merchant permits nothing of sellers once the merchant is disabled', async () => {
    const { edge, connect } = await listen({ access: undefined });
    const sam = edge.shop.accounts.find(({ id }) => id === ids.sam)!;
    const client = connect(await edge.tokenOf(ids.sam, 'customer', 'seller'));
    const own = '{ sellerOrders { totalCount } }';
    const asked = async () => (await client.iterate({ query: own }).next()).value as object;
    expect(await asked()).toHaveProperty('data.sellerOrders.totalCount');
    // What disabling does to the account.
    edge.shop.accounts = [{ ...sam, roles: ['customer'] }];
    expect(await asked()).toMatchObject({ errors: [{ extensions: { code: 'NOT_PERMITTED' } }] });
  });
});

describe('an update', () => {
  const schema = edgeSchema();
  const clerk: Viewer = { kind: 'account', id: 'ada', roles: ['customer'], patterns: ['order:*'] } as never;
  const account = (id: string, ...roles: string[]): Viewer => ({ kind: 'account', id, roles }) as never;
  const inShop: Viewer = { ...account('ada', 'customer'), realm: 'customer' } as never;
  const event = { cursor: positionOf(7), order: {} };

  /** A subscription to one event, whose field counts how often it is looked at. */
  const setUp = (workRate = defaultLimits.workRate) => {
    const looks = { count: 0 };
    const field = schema.getSubscriptionType()!.getFields()['orderUpdated']!;
    const real = { subscribe: field.subscribe!, resolve: field.resolve! };
    closing.push(() => Object.assign(field, real));
    field.subscribe = async function* () {
      yield event;
    };
    field.resolve = (payload) => {
      looks.count += 1;
      return payload;
    };
    const clock = createVirtualClock();
    const limits = { ...defaultLimits, workRate };
    const prices = createPrices(workRate, clock, () => undefined);
    const subscriptions = createSubscriptions({ limits, clock }, prices);
    const documents = createDocuments(schema, limits, createLongWork(clock));
    const subscribe = async (viewer: Viewer, asked = query) => {
      const payer = prices.begin('203.0.113.1', 0);
      const free = { ...payer, pay: () => undefined };
      const { operation, cost } = await documents.find(
        { query: asked, operationName: undefined, variables: undefined },
        free,
      );
      const context = { viewer, address: '203.0.113.1', refresh: () => Promise.resolve() };
      const run = { operation, context, variables: undefined, payer };
      const subscribing = { schema, document: operation.document, run, cost, leave: () => undefined };
      const running = await subscriptions.run(subscribing as unknown as Subscribing);
      if (!(Symbol.asyncIterator in running)) throw new Error(JSON.stringify(running));
      return running;
    };
    return { clock, looks, subscribe };
  };

  const cursorOnly = `subscription { orderUpdated(id: "${ids.order}") { cursor } }`;

  it('is rendered once for all subscriptions of one account to the same', async () => {
    const { looks, subscribe } = setUp();
    const ada = account('ada', 'customer');
    const all = await Promise.all([1, 2, 3].map(() => subscribe(ada, cursorOnly)));
    const results = await Promise.all(all.map((each) => each.next()));
    expect(results.map(({ value }) => value as unknown)).toEqual(
      Array.from({ length: 3 }, () => ({ data: { orderUpdated: { cursor: positionOf(7) } } })),
    );
    expect(looks.count).toBe(1);
  });

  it.each([
    ['another account', account('eve', 'customer'), cursorOnly],
    ['other roles', account('ada', 'staff'), cursorOnly],
    ['roles that were defined', clerk, cursorOnly],
    ['the same account in a realm', inShop, cursorOnly],
    ['a guest', guest, cursorOnly],
    ['other fields', account('ada', 'customer'), cursorOnly.replace('cursor', 'cursor __typename')],
  ])('is rendered again for %s', async (_what, viewer, asked) => {
    const { looks, subscribe } = setUp();
    for (const each of [
      await subscribe(account('ada', 'customer'), cursorOnly),
      await subscribe(viewer, asked),
    ])
      await each.next();
    expect(looks.count).toBe(2);
  });

  it('waits while its address owes for earlier work', async () => {
    const { clock, looks, subscribe } = setUp({ perSecond: 1, burst: 1, clientsMax: 10 });
    const first = await subscribe(account('ada', 'customer'), cursorOnly);
    const second = await subscribe(account('eve', 'customer'), cursorOnly);
    await first.next();
    const waiting = second.next();
    await clock.advance(0);
    expect(looks.count).toBe(1);
    await clock.drive(waiting);
    expect(looks.count).toBe(2);
  });

  it('that waits is let go when the subscription ends', async () => {
    const { subscribe } = setUp({ perSecond: 0.001, burst: 1, clientsMax: 10 });
    const first = await subscribe(account('ada', 'customer'), cursorOnly);
    const second = await subscribe(account('eve', 'customer'), cursorOnly);
    await first.next();
    const waiting = second.next();
    await second.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
