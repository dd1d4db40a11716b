import { Fault } from '../../../platform/faults';
import type { Millis } from '../../../domain/kernel';
import { positionOf } from '../../../platform/event-store';
import { ids, startEdge, type EdgeSettings } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import type { Logger } from '../../../platform/telemetry';

const open: ReturnType<typeof startEdge>[] = [];
const start = (settings: EdgeSettings = {}) => {
  const edge = startEdge(settings);
  open.push(edge);
  return edge;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});

/** For what leaves nothing behind. */
const shared = startEdge();
afterAll(() => shared.app.close());

const codeOf = (answer: { errors?: readonly { extensions: { code: string } }[] }) =>
  answer.errors?.[0]?.extensions.code;

const post = (edge: ReturnType<typeof startEdge>, payload: string, type = 'application/json') =>
  edge.app.inject({ method: 'POST', url: '/graphql', headers: { 'content-type': type }, payload });

const codeIn = (response: { json: () => unknown }) =>
  codeOf(response.json() as { errors: { extensions: { code: string } }[] });

describe('a request', () => {
  it('is a query by POST or by GET', async () => {
    const edge = start();
    const query = 'query ($id: ID!) { product(id: $id) { name } }';
    const variables = { id: ids.mug };
    const answer = { data: { product: { name: 'Mug' } } };
    expect(await edge.ask(query, { variables })).toEqual({ status: 200, ...answer });
    const url = `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`;
    const response = await edge.app.inject({ method: 'GET', url });
    expect(response.json()).toEqual(answer);
    expect(response.headers['content-type']).toContain('application/json');
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['GET', 'HEAD'] as const)('changes nothing by %s', async (method) => {
    const edge = start();
    const query = 'mutation { logOut(input: { refreshToken: "x" }) { __typename } }';
    const url = `/graphql?query=${encodeURIComponent(query)}`;
    const response = await edge.app.inject({ method, url });
    expect(response.statusCode).toBe(405);
    if (method === 'GET') expect(codeIn(response)).toBe('METHOD_NOT_ALLOWED');
    expect(edge.commands.sent).toEqual([]);
  });

  it('gets the error to use a WebSocket for subscriptions', async () => {
    const answer = await shared.ask('subscription { orderUpdated(id: "x") { cursor } }');
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it.each([
    ['several operations at once', '[{"query":"{ me { id } }"}]', 400, 'BAD_REQUEST'],
    ['no query', '{}', 400, 'BAD_REQUEST'],
    ['a document as JSON', '{"query":{"kind":"Document","definitions":[]}}', 400, 'BAD_REQUEST'],
    [
      'a document as JSON text',
      JSON.stringify({ query: '{"kind":"Document","definitions":[]}' }),
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
    ['variables that are no object', '{"query":"{ me { id } }","variables":[1]}', 400, 'BAD_REQUEST'],
    ['an operation name that is no text', '{"query":"{ me { id } }","operationName":7}', 400, 'BAD_REQUEST'],
    ['broken JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['a poisoned prototype', '{"query":"{ me { id } }","__proto__":{}}', 400, 'BAD_REQUEST'],
    ['a syntax error', '{"query":"{ me { id }"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{ you }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('is refused with %s', async (_what, payload, status, code) => {
    const response = await post(shared, payload);
    expect([response.statusCode, codeIn(response)]).toEqual([status, code]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is refused as %s, which a form of another site could send',
    async (type) => {
      const response = await post(shared, '{"query":"{ me { id } }"}', type);
      expect([response.statusCode, codeIn(response)]).toEqual([415, 'MEDIA_TYPE_NOT_SUPPORTED']);
    },
  );

  it('takes a variable that does not fit for the caller’s mistake', async () => {
    const query = 'query ($first: Int) { products(first: $first) { edges { cursor } } }';
    for (let time = 0; time < 6; time += 1) {
      const answer = await shared.ask(query, { variables: { first: 'many' } });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
      expect(answer).not.toHaveProperty('data');
    }
  });

  it('runs the operation that is named, however often the document was seen', async () => {
    const edge = start();
    const query = 'query A { product(id: "x") { name } } query B { warehouses { id } }';
    const ask = async (operationName: string) =>
      (await edge.app.inject({ method: 'POST', url: '/graphql', payload: { query, operationName } })).json<{
        data: object;
      }>().data;
    for (let time = 0; time < 6; time += 1) {
      expect(await ask('A')).toHaveProperty('product');
      expect(await ask('B')).toHaveProperty('warehouses');
    }
    expect(await edge.ask(query)).toMatchObject({
      errors: [{ extensions: { code: 'OPERATION_NOT_FOUND' } }],
    });
  });
});

describe('limits', () => {
  const nested = (depth: number): string =>
    depth === 0 ? 'id' : `product { reviews(first: 1) { edges { node { ${nested(depth - 1)} } } } }`;

  it.each([
    [
      '64 KiB',
      () => JSON.stringify({ query: '{ me { id } }', pad: 'x'.repeat(64 * 1024) }),
      413,
      'BODY_TOO_LARGE',
    ],
    [
      '1500 tokens',
      () => JSON.stringify({ query: `{ ${'me '.repeat(1_500)} }` }),
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      '8 levels',
      () => JSON.stringify({ query: `{ node(id: "x") { ... on Review { ${nested(2)} } } }` }),
      400,
      'OPERATION_TOO_COSTLY',
    ],
    [
      '15 aliases',
      () =>
        JSON.stringify({
          query: `{ me { ${Array.from({ length: 16 }, (_, n) => `a${n}: id`).join(' ')} } }`,
        }),
      400,
      'OPERATION_TOO_COSTLY',
    ],
    [
      '10 root fields',
      () => JSON.stringify({ query: `{ ${'me { id } '.repeat(11)} }` }),
      400,
      'OPERATION_TOO_COSTLY',
    ],
    [
      'a cost of 5000',
      () =>
        JSON.stringify({
          query: '{ products(first: 100) { edges { node { reviews(first: 100) { edges { cursor } } } } } }',
        }),
      400,
      'OPERATION_TOO_COSTLY',
    ],
  ])('there is no more than %s', async (_what, payload, status, code) => {
    const response = await post(shared, payload());
    expect([response.statusCode, codeIn(response)]).toEqual([status, code]);
  });

  it('computes the cost of an operation for the lengths in its variables, with any former requests', async () => {
    const edge = start();
    const query =
      'query ($n: Int) { products(first: $n) { edges { node { reviews(first: $n) { edges { cursor } } } } } }';
    expect((await edge.ask(query, { variables: { n: 2 } })).status).toBe(200);
    expect(codeOf(await edge.ask(query, { variables: { n: 100 } }))).toBe('OPERATION_TOO_COSTLY');
    expect((await edge.ask(query, { variables: { n: 2 } })).status).toBe(200);
    expect(codeOf(await edge.ask(query, { variables: { n: 100 } }))).toBe('OPERATION_TOO_COSTLY');
  });

  it('survives fragments that double, and fragments that go round', async () => {
    const edge = start();
    const doubling = Array.from(
      { length: 40 },
      (_, n) => `fragment f${n} on Account { ...f${n + 1} ...f${n + 1} }`,
    );
    const query = `{ me { ...f0 } } ${doubling.join(' ')} fragment f40 on Account { id }`;
    expect(codeOf(await edge.ask(query))).toBe('OPERATION_TOO_COSTLY');
    const round = '{ me { ...a } } fragment a on Account { ...b } fragment b on Account { ...a }';
    expect(codeOf(await edge.ask(round))).toBe('OPERATION_TOO_COSTLY');
  });

  it.each([0, 101, -1])('a page has no %i places', async (first) => {
    const answer = await shared.ask(`{ products(first: ${first}) { edges { cursor } } }`);
    expect(codeOf(answer)).toBe('INPUT_INVALID');
  });

  it('a client has a bucket of its own', async () => {
    const clock = createVirtualClock();
    const edge = start({ clock, limits: { rate: { perSecond: 1, burst: 2, clientsMax: 10 } } });
    const ask = () => edge.ask('{ me { id } }');
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect(await ask()).toMatchObject({ status: 429, errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect((await edge.ask('{ me { id } }', { as: await edge.tokenOf(ids.ada) })).status).toBe(200);
    await clock.advance(1_000);
    expect((await ask()).status).toBe(200);
  });

  it('passwords can’t be guessed fast', async () => {
    const clock = createVirtualClock();
    const edge = start({ clock, limits: { credentialsRate: { perSecond: 0.1, burst: 1, clientsMax: 10 } } });
    edge.commands.reject('logIn', { code: 'CREDENTIALS_WRONG' });
    const query = 'mutation { logIn(input: { email: "a", password: "b" }) { __typename } }';
    expect((await edge.ask(query)).data).toEqual({ logIn: { __typename: 'CredentialsWrongError' } });
    expect(await edge.ask(query)).toMatchObject({
      data: { logIn: null },
      errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 10 } }],
    });
    expect(edge.commands.sent).toHaveLength(1);
  });

  it('a request ends in time', async () => {
    const edge = start({
      limits: { requestMs: 30 as Millis },
      projections: () => new Promise(() => undefined),
    });
    const as = await edge.tokenOf(ids.ada, 'staff');
    expect(await edge.ask('{ projections { name } }', { as })).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }],
    });
  });

  it('the schema may be requested', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const answer = await shared.ask(getIntrospectionQuery());
    expect(answer.data).toMatchObject({ __schema: { queryType: { name: 'Query' } } });
  });
});

describe('what goes wrong', () => {
  const logged = () => {
    const lines: { readonly facts: Readonly<Record<string, unknown>>; readonly message: string }[] = [];
    const keep = (facts: object, message: string): void => {
      lines.push({ facts: { ...facts }, message });
    };
    const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep, child: () => logger };
    return { logger, lines };
  };
  const query = 'mutation { confirmReceipt(input: { orderId: "x" }) { __typename } }';

  it.each([
    ['INPUT_INVALID', 'orderId: not a UUID'],
    ['NOT_PERMITTED', 'Only staff may do this'],
  ] as const)('%s is reported as it is', async (code, message) => {
    const edge = start();
    edge.commands.answer('confirmReceipt', new Fault(code, message));
    const { data, errors } = await edge.ask(query, { as: await edge.tokenOf(ids.ada) });
    expect(data).toEqual({ confirmReceipt: null });
    expect(errors).toEqual([
      expect.objectContaining({ message, path: ['confirmReceipt'], extensions: { code } }),
    ]);
  });

  it('a fault is reported by its code and a reference that is in the log', async () => {
    const { logger, lines } = logged();
    const edge = start({ logger });
    edge.commands.answer(
      'confirmReceipt',
      new Fault('COMMANDS_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.7'),
    );
    const { errors } = await edge.ask(query, { as: await edge.tokenOf(ids.ada) });
    const { reference, ...rest } = errors![0]!.extensions;
    expect(rest).toEqual({ code: 'COMMANDS_UNAVAILABLE', retryable: true });
    expect(errors![0]!.message).not.toContain('10.0.0.7');
    expect(lines.map(({ facts }) => facts['reference'])).toEqual([reference]);
  });

  it.each([1, 6])('a bug is masked and logged, also the %ith time', async (times) => {
    const { logger, lines } = logged();
    const edge = start({ logger });
    edge.commands.answer('confirmReceipt', new TypeError('secret is not a function'));
    const as = await edge.tokenOf(ids.ada);
    let answer = await edge.ask(query, { as });
    for (let time = 1; time < times; time += 1) answer = await edge.ask(query, { as });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(codeOf(answer)).toBe('INTERNAL');
    expect(lines).toHaveLength(times);
  });

  it('an unknown outcome says to send the same key again', async () => {
    const edge = start();
    edge.commands.answer('confirmReceipt', { kind: 'unknown', commandId: 'x' });
    const { errors } = await edge.ask(query, { as: await edge.tokenOf(ids.ada) });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'OUTCOME_UNKNOWN' } });
    expect(errors?.[0]?.message).toContain('idempotencyKey');
  });
});

describe('reading what was written', () => {
  it('waits for the token of the header, and says so when that takes too long', async () => {
    const waited: unknown[] = [];
    const shown = { now: true };
    const edge = start({
      waitFor: async (...asked) => {
        waited.push(asked);
        return shown.now;
      },
    });
    const ask = (token: string) => edge.ask('{ me { id } }', { headers: { 'x-read-after': token } });
    const token = positionOf(42);
    expect((await ask(token)).data).toEqual({ me: null });
    expect(waited).toEqual([[['accounts'], token, 0]]);
    shown.now = false;
    expect(codeOf(await ask(token))).toBe('DEADLINE_EXCEEDED');
    expect(waited.slice(1)).toEqual([
      [['accounts'], token, 0],
      [['accounts'], token, 2_000],
    ]);
    for (const rubbish of ['no token', '42', '~']) expect(codeOf(await ask(rubbish))).toBe('BAD_REQUEST');
  });

  it('refuses a token of the future at once, and does not wait for it', async () => {
    const waited: unknown[] = [];
    const edge = start({
      waitFor: async (...asked) => {
        waited.push(asked);
        return false;
      },
    });
    for (const token of [positionOf(100), '99999999999999999999']) {
      const answer = await edge.ask('{ me { id } }', { headers: { 'x-read-after': token } });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
      expect(waited.splice(0)).toEqual([[['accounts'], token, 0]]);
    }
  });

  it('refuses a token where nothing is stored', async () => {
    const none = async function* () {};
    const events = { read: none, readAll: none, head: async () => undefined };
    const edge = start({ waitFor: async () => false, events });
    const answer = await edge.ask('{ me { id } }', { headers: { 'x-read-after': positionOf(1) } });
    expect(codeOf(answer)).toBe('BAD_REQUEST');
  });

  it.each([
    ['OVERLOADED', 503, '1'],
    ['READ_MODELS_UNAVAILABLE', 503, '1'],
    ['STORE_CLOSED', 500, undefined],
  ] as const)('answers %s, met while it waits, with %i', async (code, status, retryAfter) => {
    const edge = start({ waitFor: () => Promise.reject(new Fault(code, 'met')) });
    const headers = { 'x-read-after': positionOf(42) };
    const payload = { query: '{ me { id } }' };
    const response = await edge.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([status, retryAfter]);
    expect(codeIn(response)).toBe(code);
  });

  it('shows a mutation’s own effect once the read models have it, and null when they are late', async () => {
    const edge = start({ waitFor: async () => false });
    edge.commands.accept('placeOrder', { orderId: ids.order });
    const query =
      'mutation { placeOrder(input: { destination: { x: 1, y: 2 } }) { ... on PlaceOrderSuccess { order { id } consistencyToken } } }';
    const { data, errors } = await edge.ask(query, { as: await edge.tokenOf(ids.ada) });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ placeOrder: { order: null, consistencyToken: '00000000000000000020' } });
  });
});

it('passes the correlation id on, one a request', async () => {
  const edge = start();
  const as = await edge.tokenOf(ids.ada, 'customer');
  await edge.ask(
    'mutation { a: cancelOrder(input: { orderId: "x" }) { __typename } b: confirmReceipt(input: { orderId: "x" }) { __typename } }',
    { as },
  );
  const [first, second] = edge.commands.sent.map(({ context }) => context);
  expect(first?.correlationId).toMatch(/^[\da-f-]{36}$/);
  expect(second?.correlationId).toBe(first?.correlationId);
  expect(first?.principal).toEqual({ kind: 'customer', id: ids.ada, roles: ['customer'] });
});
