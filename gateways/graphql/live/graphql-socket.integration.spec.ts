import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import type { GraphQLFormattedError } from 'graphql';
import { createClient, type Client, type ExecutionResult } from 'graphql-ws';
import WebSocket from 'ws';
import type { Millis } from '../../../domain/kernel';
import { positionOf } from '../../../platform/event-store';
import { ids, startEdge, type EdgeSettings } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

type Edge = ReturnType<typeof startEdge>;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const listen = async (settings: EdgeSettings = {}) => {
  const edge = startEdge(settings);
  await edge.app.listen({ port: 0, host: '127.0.0.1' });
  closing.push(() => edge.app.close());
  const { port } = edge.app.server.address() as AddressInfo;
  return { edge, url: `ws://127.0.0.1:${port}/graphql` };
};

const connect = (url: string, authorization?: string): Client => {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    ...(authorization === undefined ? {} : { connectionParams: { authorization } }),
  });
  closing.push(() => client.dispose());
  return client;
};

const once = async (client: Client, query: string): Promise<ExecutionResult> => {
  for await (const result of client.iterate({ query })) return result as ExecutionResult;
  throw new Error('The server had nothing to say');
};

/** The errors that refused an operation. */
const refusalOf = async (client: Client, query: string): Promise<unknown> => {
  try {
    return (await once(client, query)).errors?.[0]?.extensions['code'];
  } catch (errors) {
    return (errors as readonly GraphQLFormattedError[])[0]?.extensions?.['code'];
  }
};

const orderUpdated = (after?: string) =>
  `subscription { orderUpdated(id: "${ids.order}"${after === undefined ? '' : `, after: "${after}"`}) { cursor order { status } } }`;

const setOrder = ({ shop, changes }: Edge, status: 'SHIPPED' | 'FULFILLED', at: number) => {
  const [order] = shop.orders;
  shop.orders = [{ document: { ...order!.document, status }, lastPosition: positionOf(at) }];
  changes.tell('order_details_v3', ids.order, positionOf(at));
};

it('answers queries and mutations too', async () => {
  const { edge, url } = await listen();
  const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
  expect(await once(client, '{ me { name } }')).toEqual({ data: { me: { name: 'Ada' } } });
  edge.commands.accept('placeOrder', { orderId: ids.order });
  const query =
    'mutation { placeOrder(input: { destination: { x: 1, y: 2 } }) { ... on PlaceOrderSuccess { order { id } } } }';
  expect(await once(client, query)).toEqual({ data: { placeOrder: { order: { id: ids.order } } } });
});

describe('an order that is followed', () => {
  const follow = (client: Client, after?: string) =>
    client.iterate<{ orderUpdated: { cursor: string; order: { status: string } } }>({
      query: orderUpdated(after),
    });
  const next = async (steps: ReturnType<typeof follow>) =>
    (
      (await steps.next()).value as ExecutionResult<{
        orderUpdated: { cursor: string; order: { status: string } };
      }>
    ).data?.orderUpdated;

  it('is shown as it is, and at each change', async () => {
    const { edge, url } = await listen();
    const steps = follow(connect(url, await edge.tokenOf(ids.ada, 'customer')));
    expect(await next(steps)).toEqual({ cursor: positionOf(10), order: { status: 'PAID' } });
    setOrder(edge, 'SHIPPED', 12);
    expect(await next(steps)).toEqual({ cursor: positionOf(12), order: { status: 'SHIPPED' } });
  });

  it('goes on after a cursor: what was missed comes, what was seen does not', async () => {
    const { edge, url } = await listen();
    const ada = await edge.tokenOf(ids.ada, 'customer');
    setOrder(edge, 'SHIPPED', 12);
    const missed = follow(connect(url, ada), positionOf(10));
    expect(await next(missed)).toEqual({ cursor: positionOf(12), order: { status: 'SHIPPED' } });
    const seen = follow(connect(url, ada), positionOf(12));
    const waiting = next(seen);
    // A repeated change, and one of a former version, is ignored.
    edge.changes.tell('order_details', ids.order, positionOf(12));
    await next(follow(connect(url, ada)));
    setOrder(edge, 'FULFILLED', 13);
    expect(await waiting).toEqual({ cursor: positionOf(13), order: { status: 'FULFILLED' } });
  });

  it('is not followed by others', async () => {
    const { edge, url } = await listen();
    expect(await refusalOf(connect(url, await edge.tokenOf(ids.eve, 'customer')), orderUpdated())).toBe(
      'INPUT_INVALID',
    );
    expect(await refusalOf(connect(url), orderUpdated())).toBe('NOT_AUTHENTICATED');
  });
});

it('shows the shipments of an order, in the order they moved', async () => {
  const { edge, url } = await listen();
  const { shop, changes } = edge;
  const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
  const query = `subscription { shipmentMoved(orderId: "${ids.order}") { cursor shipment { number status } } }`;
  const steps = client.iterate<{ shipmentMoved: object }>({ query });
  const next = async () => ((await steps.next()).value as ExecutionResult<{ shipmentMoved: object }>).data;
  expect(await next()).toEqual({
    shipmentMoved: { cursor: positionOf(11), shipment: { number: '9007', status: 'PACKING' } },
  });
  const [first] = shop.shipments;
  const second = { ...first!.document, id: 'second' as never, number: 9_008 };
  shop.shipments = [
    { document: second, lastPosition: positionOf(14) },
    { document: { ...first!.document, status: 'LOADED' }, lastPosition: positionOf(13) },
  ];
  changes.tell('shipments', ids.shipment, positionOf(13));
  expect(await next()).toMatchObject({ shipmentMoved: { shipment: { number: '9007', status: 'LOADED' } } });
  expect(await next()).toMatchObject({ shipmentMoved: { shipment: { number: '9008' } } });
  // A shipment that was created later is watched from then on.
  shop.shipments = [{ document: { ...second, status: 'DELIVERED' }, lastPosition: positionOf(15) }];
  changes.tell('shipments_v2', 'second', positionOf(15));
  expect(await next()).toMatchObject({ shipmentMoved: { shipment: { status: 'DELIVERED' } } });
});

describe('the same rules as over HTTP', () => {
  it.each([
    ['{ me { id }', 'GRAPHQL_PARSE_FAILED'],
    [`{ ${'me '.repeat(1_500)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['{ you }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { orderUpdated(id: "x") { cursor nope } }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ ${'me { id } '.repeat(11)} }`, 'OPERATION_TOO_COSTLY'],
    [
      '{ products(first: 100) { edges { node { reviews(first: 100) { edges { cursor } } } } } }',
      'OPERATION_TOO_COSTLY',
    ],
    ['{ cart { itemCount } }', 'NOT_AUTHENTICATED'],
    ['{ nearestWarehouse(x: 3000000000, y: 0) { id } }', 'INPUT_INVALID'],
  ])('%s is refused', async (query, code) => {
    const { url } = await listen();
    expect(await refusalOf(connect(url), query)).toBe(code);
  });

  it('a document that is named by its hash is refused', async () => {
    const { url } = await listen();
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const answer = connect(url).iterate({ query: '', extensions }).next();
    await expect(answer).rejects.toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }]);
  });

  it('only trusted documents are run where the server runs no others', async () => {
    const texts = new Map([['followed', orderUpdated()]]);
    const { edge, url } = await listen({ trustedDocuments: { texts, only: true } });
    const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'followed' } };
    for await (const { data } of client.iterate({ query: '', extensions })) {
      expect(data).toMatchObject({ orderUpdated: { order: { status: 'PAID' } } });
      break;
    }
    expect(await refusalOf(client, '{ me { id } }')).toBe('DOCUMENT_NOT_TRUSTED');
    expect(await refusalOf(client, `${orderUpdated()} `)).toBe('DOCUMENT_NOT_TRUSTED');
  });

  it.each(['rubbish', '17', '~', '', '0'.repeat(21), `${'0'.repeat(20)}/`])(
    'a live update does not go on after %j',
    async (after) => {
      const { edge, url } = await listen();
      const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
      expect(await refusalOf(client, orderUpdated(after))).toBe('INPUT_INVALID');
      const moved = `subscription { shipmentMoved(orderId: "${ids.order}", after: "${after}") { cursor } }`;
      expect(await refusalOf(client, moved)).toBe('INPUT_INVALID');
    },
  );

  it('a live update does not wait in silence for a cursor that the read models do not reach', async () => {
    const { edge, url } = await listen({ waitFor: async () => false });
    const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
    expect(await refusalOf(client, orderUpdated('9'.repeat(20)))).toBe('INPUT_INVALID');
    expect(await refusalOf(client, orderUpdated(positionOf(1)))).toBe('DEADLINE_EXCEEDED');
  });

  it('a bug is masked', async () => {
    const { edge, url } = await listen();
    edge.commands.answer('logOut', new Error('secret'));
    const result = await once(
      connect(url),
      'mutation { logOut(input: { refreshToken: "x" }) { __typename } }',
    );
    expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('a client has one bucket for both endpoints', async () => {
    const { edge, url } = await listen({ limits: { rate: { perSecond: 0.001, burst: 3, clientsMax: 10 } } });
    for (let time = 0; time < 3; time += 1) expect((await edge.ask('{ me { id } }')).status).toBe(200);
    expect(await refusalOf(connect(url), '{ me { id } }')).toBe('RATE_LIMITED');
  });

  it('a connection has so many operations at once', async () => {
    const { edge, url } = await listen({ limits: { subscriptionsPerSocketMax: 1 } });
    const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
    const steps = client.iterate({ query: orderUpdated() });
    await steps.next();
    expect(await refusalOf(client, '{ me { id } }')).toBe('RATE_LIMITED');
  });
});

const rawClose = (url: string, protocol: string | undefined, ...messages: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = protocol === undefined ? new WebSocket(url) : new WebSocket(url, protocol);
    socket.on('open', () => messages.forEach((message) => socket.send(message)));
    socket.on('close', (code) => resolve(code));
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', reject);
  });

describe('a connection', () => {
  const protocol = 'graphql-transport-ws';

  it('of a token that does not count is refused, so that the client gets another', async () => {
    const { url } = await listen();
    const init = JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer forged' } });
    expect(await rawClose(url, protocol, init)).toBe(4403);
  });

  it.each([
    ['of this server', (url: string) => new URL(url).origin.replace('ws', 'http'), 'open'],
    ['that is allowed', () => 'https://shop.example', 'open'],
    ['of another site', () => 'https://evil.example', 403],
    ['of a file', () => 'null', 403],
  ])('of a page %s is let in or refused by its origin', async (_, originOf, outcome) => {
    const { url } = await listen({ allowedOrigins: ['https://shop.example'] });
    const socket = new WebSocket(url, protocol, { origin: originOf(url) });
    const came = await new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('open', () => resolve('open'));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    });
    socket.terminate();
    expect(came).toBe(outcome);
  });

  it.each([42, {}, 'Basic YTpi'])('of a token that is %j is refused, too', async (authorization) => {
    const { url } = await listen();
    const init = JSON.stringify({ type: 'connection_init', payload: { authorization } });
    expect(await rawClose(url, protocol, init)).toBe(4403);
  });

  it.each([null, ''])('without a token (%j) is a guest’s', async (authorization) => {
    const { url } = await listen();
    expect(await once(connect(url, authorization as string), '{ me { id } }')).toEqual({
      data: { me: null },
    });
  });

  it('does nothing more once its token has expired, until it is ended', async () => {
    const clock = createVirtualClock();
    const tokens = { secrets: ['a secret of thirty-two characters'], lifetimeMs: 5_000 as Millis } as const;
    const { edge, url } = await listen({ clock, tokens });
    const client = connect(url, await edge.tokenOf(ids.ada, 'customer'));
    const steps = client.iterate({ query: orderUpdated() });
    await steps.next();
    await clock.advance(6_000);
    expect(await refusalOf(client, '{ me { id } }')).toBe('UNAUTHENTICATED');
  });

  it('has the realm of its token', async () => {
    const { edge, url } = await listen();
    const inShop = connect(url, await edge.tokenIn('customer', ids.ada, 'staff'));
    const inConsole = connect(url, await edge.tokenIn('platform', ids.ada, 'staff'));
    const query = '{ projections { name } }';
    expect(await refusalOf(inShop, query)).toBe('WRONG_REALM');
    expect(await refusalOf(inConsole, query)).toBeUndefined();
  });

  it('ends with its token', async () => {
    const clock = createVirtualClock();
    const { edge, url } = await listen({
      clock,
      tokens: { secrets: ['a secret of thirty-two characters'], lifetimeMs: 20_000 as Millis },
    });
    const payload = { authorization: await edge.tokenOf(ids.ada, 'customer') };
    const socket = new WebSocket(url, protocol);
    const acked = new Promise((resolve) => socket.on('message', resolve));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const pinged = new Promise((resolve) => socket.on('ping', resolve));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
    await acked;
    await clock.advance(15_000);
    await pinged;
    // The answer to the ping arrives before the answer to this.
    const answered = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ type: 'ping' }));
    await answered;
    await clock.advance(15_000);
    expect(await closed).toBe(4403);
  });

  it.each([
    ['another protocol', 'graphql-ws', [], 400],
    ['rubbish', protocol, ['rubbish'], 4400],
    [
      'an operation before it was opened',
      protocol,
      [JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } })],
      4401,
    ],
    ['more messages than its share', protocol, Array<string>(4).fill(JSON.stringify({ type: 'ping' })), 4429],
    ['more than 64 KiB', protocol, ['x'.repeat(64 * 1024 + 1)], 1009],
  ] as const)('with %s is ended', async (_what, asked, messages, code) => {
    const { url } = await listen({ limits: { rate: { perSecond: 0.001, burst: 3, clientsMax: 10 } } });
    await expect(rawClose(url, asked, ...messages).catch(() => 400)).resolves.toBe(code);
  });

  it('elsewhere than at /graphql is refused', async () => {
    const { url } = await listen();
    expect(await rawClose(url.replace('/graphql', '/other'), protocol)).toBe(404);
  });

  it('too many of an address are refused', async () => {
    const { url } = await listen({ limits: { socketsPerAddressMax: 1 } });
    await once(connect(url), '{ me { id } }');
    expect(await rawClose(url, protocol)).toBe(503);
  });

  it.each([
    ['elsewhere', '/other', {}],
    ['one too many', '/graphql', { socketsMax: 0 }],
  ])('%s may hang up before it is refused', async (_what, url, limits) => {
    const { edge } = await listen({ limits });
    const request = { url, headers: {}, socket: {} };
    const broken = new PassThrough();
    edge.app.server.emit('upgrade', request, broken, Buffer.alloc(0));
    // Throws without a listener, and so does the socket of a real client.
    expect(broken.emit('error', new Error('read ECONNRESET'))).toBe(true);
  });

  it('is notified when the server closes', async () => {
    const { edge, url } = await listen();
    const socket = new WebSocket(url, protocol);
    await new Promise((resolve) => socket.on('open', resolve));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await edge.app.close();
    expect(await closed).toBe(1001);
    expect(edge.changes.listening()).toBe(0);
  });
});
