import { ids, startEdge } from '../../../tests/support/graphql/edge';

const shop = 'https://shop.example';
const stranger = 'https://evil.example';

let edge: ReturnType<typeof startEdge>;
afterEach(() => edge.app.close());

const preflight = (origin: string, url = '/graphql') =>
  edge.app.inject({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-read-after,traceparent',
    },
  });

const post = (headers: Readonly<Record<string, string>>, query = '{ __typename }') =>
  edge.app.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });

const corsHeadersOf = (headers: object): readonly string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('a page of a listed origin', () => {
  beforeEach(() => {
    edge = startEdge({ allowedOrigins: [shop] });
  });

  it('may send a request with the headers that it needs, and without cookies', async () => {
    const { statusCode, headers, body } = await preflight(shop);
    expect([statusCode, body]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': shop,
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization,content-type,x-read-after,traceparent',
      'access-control-max-age': '600',
    });
    expect(headers['vary']).toMatch(/\bOrigin\b/);
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('reads answers', async () => {
    const authorization = await edge.tokenOf(ids.ada);
    const { statusCode, headers, body } = await post({ origin: shop, authorization }, '{ me { name } }');
    expect([statusCode, JSON.parse(body)]).toEqual([200, { data: { me: { name: 'Ada' } } }]);
    expect(headers).toMatchObject({
      'access-control-allow-origin': shop,
      'access-control-expose-headers': 'retry-after, www-authenticate',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    [
      'a query by GET',
      () => edge.app.inject({ url: '/graphql?query={__typename}', headers: { origin: shop } }),
      200,
    ],
    ['a spoilt token', () => post({ origin: shop, authorization: 'Bearer spoilt' }), 401],
    ['a body that is no JSON', () => post({ origin: shop, 'content-type': 'text/plain' }), 415],
    ['a body that is too large', () => post({ origin: shop }, ' '.repeat(70_000)), 413],
  ])('reads the answer to %s', async (_what, send, status) => {
    const { statusCode, headers } = await send();
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([status, shop]);
  });

  it('may not use anything but /graphql', async () => {
    for (const url of ['/metrics', '/health/ready', '/graphiql', '/webhooks/ups']) {
      expect(corsHeadersOf((await preflight(shop, url)).headers)).toEqual([]);
      expect(corsHeadersOf((await edge.app.inject({ url, headers: { origin: shop } })).headers)).toEqual([]);
    }
  });
});

describe.each([
  ['of an origin that is not listed', [shop], stranger],
  ['of a listed origin with another port', [shop], `${shop}:8443`],
  ['of a file', [shop], 'null'],
  ['where none is listed', [], shop],
])('a page %s', (_what, allowedOrigins, origin) => {
  beforeEach(() => {
    edge = startEdge({ allowedOrigins });
  });

  it('is not let through by its browser', async () => {
    const { statusCode, headers } = await preflight(origin);
    expect([statusCode, corsHeadersOf(headers)]).toEqual([404, []]);
  });

  it('cannot read answers', async () => {
    const { headers } = await post({ origin });
    expect(corsHeadersOf(headers)).toEqual([]);
    // A cache must not give this answer to a page that may read it.
    expect(headers).toMatchObject({ vary: 'Origin', 'cross-origin-resource-policy': 'same-origin' });
  });
});

it('every origin is listed with a star', async () => {
  edge = startEdge({ allowedOrigins: ['*'] });
  expect((await preflight(stranger)).headers['access-control-allow-origin']).toBe(stranger);
});

it('a client that is no browser gets no CORS headers', async () => {
  edge = startEdge({ allowedOrigins: [shop] });
  const { statusCode, headers } = await post({});
  expect([statusCode, corsHeadersOf(headers)]).toEqual([200, []]);
  expect((await edge.app.inject({ method: 'OPTIONS', url: '/graphql' })).statusCode).toBe(404);
});
