import type { NotificationId } from '../../../domain/kernel';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { Fault } from '../../../platform/faults';
import { edgeSchema } from '../schema';
import { restDocument } from './';
import { compileRoutes, type RestRoute } from './rest-route';

let edge: ReturnType<typeof startEdge>;
let ada: string;
beforeEach(async () => {
  edge = startEdge();
  ada = await edge.tokenOf(ids.ada, 'customer');
});
afterEach(() => edge.app.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

type Asked = { readonly headers?: Readonly<Record<string, string>>; readonly body?: object | string };

const request = async (method: Method, path: string, { headers = {}, body }: Asked = {}) => {
  const url = `/api/v1${path}`;
  const answer = await edge.app.inject(
    body === undefined ? { method, url, headers } : { method, url, headers, payload: body },
  );
  const type = String(answer.headers['content-type']).split(';')[0];
  return { status: answer.statusCode, type, json: answer.json<Record<string, unknown>>(), answer };
};

const problem = (status: number, code: string) => ({
  status,
  type: 'application/problem+json',
  json: { type: `/api/docs#${code}`, status, code },
});

describe('a route that reads', () => {
  it('answers with what GraphQL would', async () => {
    const { status, type, json } = await request('GET', `/products/${ids.mug}`);
    expect([status, type]).toEqual([200, 'application/json']);
    expect(json).toMatchObject({
      id: ids.mug,
      name: 'Mug',
      price: { amountMinor: 1_300, formatted: '£13.00' },
    });
    expect(
      (await request('GET', `/orders/${ids.order}`, { headers: { authorization: ada } })).json,
    ).toMatchObject({
      status: 'PAID',
      lines: [{ sku: 'SKU-1', quantity: 2 }],
    });
  });

  it('pages by the parameters of the query string', async () => {
    const first = await request('GET', '/products?first=1');
    expect(first.json).toMatchObject({ edges: [{ node: { name: 'Mug' } }], pageInfo: { hasNextPage: true } });
    const { endCursor } = first.json['pageInfo'] as { endCursor: string };
    const next = await request('GET', `/products?first=1&after=${endCursor}`);
    expect(next.json).toMatchObject({ edges: [{ node: { name: 'Pot' } }], pageInfo: { hasNextPage: false } });
  });

  it.each([
    ['an unknown id', '/products/00000099-0000-4000-8000-000000000000', 404, 'NOT_FOUND'],
    ['an unknown path', '/baskets', 404, 'NOT_FOUND'],
    ['an unknown parameter', '/products?colour=red', 400, 'BAD_REQUEST'],
    ['a parameter of the wrong type', '/products?first=many', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a page that is too long', '/products?first=5000', 400, 'OPERATION_TOO_COSTLY'],
    ['the profile of a guest', '/profile', 401, 'NOT_AUTHENTICATED'],
    ['the orders of a guest', '/orders', 401, 'NOT_AUTHENTICATED'],
  ])('answers %s with a problem', async (_name, path, status, code) => {
    expect(await request('GET', path)).toMatchObject(problem(status, code));
  });

  it('names the remedy for an access token that is not valid', async () => {
    const { answer, ...rest } = await request('GET', '/products', {
      headers: { authorization: 'Bearer nonsense' },
    });
    expect(rest).toMatchObject(problem(401, 'UNAUTHENTICATED'));
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });
});

describe('a route that writes', () => {
  const line = { productId: ids.mug, quantity: 2 };

  it('sends one command, with the key of the header, and answers with what changed', async () => {
    const headers = { authorization: ada, 'idempotency-key': 'once' };
    const { status, json } = await request('POST', '/cart/lines', { headers, body: line });
    expect(status).toBe(200);
    expect(json).toMatchObject({ cart: { itemCount: 2 }, consistencyToken: expect.any(String) as string });
    expect(json).not.toHaveProperty('__typename');
    expect(edge.commands.sent).toMatchObject([
      { name: 'addToCart', input: { ...line, customerId: ids.ada } },
    ]);
    const { context } = edge.commands.sent[0]!;
    await request('POST', '/cart/lines', { headers, body: line });
    expect(edge.commands.sent[1]?.context.commandId).toBe(context.commandId);
  });

  it('takes the fields of its path, and says that something was made', async () => {
    await request('PUT', `/cart/lines/${ids.mug}`, {
      headers: { authorization: ada },
      body: { quantity: 3 },
    });
    await request('DELETE', `/cart/lines/${ids.mug}`, { headers: { authorization: ada } });
    expect(edge.commands.sent).toMatchObject([
      { name: 'changeCartLine', input: { productId: ids.mug, quantity: 3 } },
      { name: 'removeFromCart', input: { productId: ids.mug } },
    ]);
    edge.commands.accept('placeOrder', { orderId: ids.order });
    const placed = await request('POST', '/orders', {
      headers: { authorization: ada },
      body: { destination: { x: 3, y: 9 } },
    });
    expect(placed).toMatchObject({ status: 201, json: { order: { id: ids.order } } });
  });

  it.each(['email', 'sms'])(
    'sends a message of staff by %s, which the path says and no body',
    async (channel) => {
      const headers = { authorization: await edge.tokenOf(ids.sam, 'staff') };
      const body = { accountId: ids.ada, subject: 'Your kettle', text: 'It can be collected.' };
      edge.commands.accept('sendMessage', { notificationId: ids.address as string as NotificationId });
      const path = `/notifications/${channel}`;
      const sent = await request('POST', path, { headers, body });
      expect(sent).toMatchObject({ status: 202, json: { notificationId: ids.address } });
      expect(edge.commands.sent).toMatchObject([{ name: 'sendMessage', input: { ...body, channel } }]);
    },
  );

  it.each([
    [{ code: 'EMAIL_TAKEN' }, 409],
    [{ code: 'PASSWORD_TOO_SHORT', min: 12 }, 422],
  ] as const)('answers the rejection %j with a problem that has its figures', async (rejection, status) => {
    edge.commands.reject('signUp', rejection);
    const body = { email: 'eve@example.com', password: 'short', name: 'Eve' };
    const { json, ...rest } = await request('POST', '/register', { body });
    expect({ json, ...rest }).toMatchObject(problem(status, rejection.code));
    expect(json).toMatchObject(rejection);
    expect(JSON.stringify(json)).not.toContain('__typename');
  });

  it('answers wrong credentials with 401', async () => {
    edge.commands.reject('logIn', { code: 'CREDENTIALS_WRONG' });
    const body = { email: 'eve@example.com', password: 'a guess at a password' };
    expect(await request('POST', '/login', { body })).toMatchObject(problem(401, 'CREDENTIALS_WRONG'));
  });

  it('refuses bad bodies, and callers who may not', async () => {
    const json = { 'content-type': 'application/json' };
    const headers = { authorization: ada };
    expect(
      await request('POST', '/cart/lines', { headers: { ...headers, ...json }, body: '{' }),
    ).toMatchObject(problem(400, 'BAD_REQUEST'));
    expect(
      await request('POST', '/cart/lines', { headers: { ...headers, ...json }, body: '[1]' }),
    ).toMatchObject(problem(400, 'BAD_REQUEST'));
    expect(await request('POST', '/cart/lines', { headers, body: { ...line, colour: 'red' } })).toMatchObject(
      problem(400, 'GRAPHQL_VALIDATION_FAILED'),
    );
    const long = { ...line, idempotencyKey: 'x'.repeat(70_000) };
    expect(await request('POST', '/cart/lines', { headers, body: long })).toMatchObject(
      problem(413, 'BODY_TOO_LARGE'),
    );
    const form = { headers: { ...headers, 'content-type': 'text/plain' }, body: '{}' };
    expect(await request('POST', '/cart/lines', form)).toMatchObject(
      problem(415, 'MEDIA_TYPE_NOT_SUPPORTED'),
    );
    expect(await request('POST', '/cart/lines', { body: line })).toMatchObject(
      problem(401, 'NOT_AUTHENTICATED'),
    );
    expect(edge.commands.sent).toEqual([]);
  });

  it('hides a fault, and says when trying again may help', async () => {
    edge.commands.answer('addToCart', new Fault('OVERLOADED', 'secret'));
    const { answer, ...rest } = await request('POST', '/cart/lines', {
      headers: { authorization: ada },
      body: line,
    });
    expect(rest).toMatchObject(problem(503, 'OVERLOADED'));
    expect(answer.body).not.toContain('secret');
    expect(answer.headers['retry-after']).toBe('1');
  });
});

describe('the routes', () => {
  const schema = edgeSchema();
  const route: RestRoute = { method: 'GET', path: '/products/{id}', field: 'product', selection: 'id' };

  it.each([
    ['a field that the schema lacks', { field: 'prodduct' }],
    ['a parameter that its field lacks', { path: '/products/{number}' }],
    ['a selection that its type lacks', { selection: 'colour' }],
  ])('do not compile with %s', (_name, change) => {
    expect(() => compileRoutes([{ ...route, ...change }], schema)).toThrow();
  });

  it('are described for people and for programs, without a network', async () => {
    const [page, document] = await Promise.all(
      ['/api/docs', '/api/openapi.json'].map((url) => edge.app.inject({ url })),
    );
    expect(page?.statusCode).toBe(200);
    expect(page?.body).toContain('POST /api/v1/orders/{orderId}/pay');
    expect(page?.body).toContain('id="PRICE_CHANGED"');
    expect(page?.body).not.toMatch(/(src|href)="https?:/);
    expect(document?.json()).toEqual(JSON.parse(JSON.stringify(restDocument())));
  });
});
