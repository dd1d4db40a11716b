import { ids, startEdge, type EdgeSettings } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

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

const post = (payload: string) =>
  shared.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json' },
    payload,
  });

const codeIn = (response: { json: () => unknown }) =>
  codeOf(response.json() as { errors: { extensions: { code: string } }[] });

describe('an access token that does not count', () => {
  const me = '{ me { id } }';
  const logOut = 'logOut(input: { refreshToken: "x" }) { __typename }';

  it.each(['Bearer spoilt', 'Basic YTpi', 'rubbish'])(
    'is refused, and its sender is no guest: %s',
    async (as) => {
      const response = await shared.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: as },
        payload: { query: '{ products(first: 1) { edges { cursor } } }' },
      });
      expect([response.statusCode, codeIn(response)]).toEqual([401, 'UNAUTHENTICATED']);
      expect(response.headers['www-authenticate']).toContain('Bearer');
      expect(response.json()).not.toHaveProperty('data');
    },
  );

  it('is refused once it has expired, also where it was read before', async () => {
    const clock = createVirtualClock();
    const edge = start({ clock });
    const as = await edge.tokenOf(ids.ada, 'customer');
    expect((await edge.ask(me, { as })).status).toBe(200);
    await clock.advance(16 * 60_000);
    expect(await edge.ask(me, { as })).toMatchObject({
      status: 401,
      errors: [{ message: expect.stringContaining('refreshSession') as string }],
    });
  });

  it('does not keep its sender from opening a session, and from that only', async () => {
    const as = 'Bearer spoilt';
    const edge = start();
    edge.commands.accept('logOut', {});
    expect((await edge.ask(`mutation { __typename ${logOut} }`, { as })).data).toBeDefined();
    const removal = 'withdrawReview(input: { reviewId: "x" }) { __typename }';
    expect(codeOf(await edge.ask(`mutation { ${logOut} ${removal} }`, { as }))).toBe('UNAUTHENTICATED');
    expect(
      codeOf(await edge.ask(`mutation { ...All } fragment All on Mutation { ${removal} }`, { as })),
    ).toBe('UNAUTHENTICATED');
    expect(edge.commands.sent).toHaveLength(1);
  });

  it.each(['', ' '])('is not what a blank header shows', async (as) => {
    expect(await shared.ask(me, { as })).toEqual({ status: 200, data: { me: null } });
  });
});

describe('a document that is named by a hash or an id', () => {
  const hash = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
  const query = '{ me { id } }';

  it.each([
    { extensions: hash },
    { extensions: hash, query: '' },
    { extensions: hash, query: null },
    { documentId: 'sha256:aa' },
    { doc_id: 'aa', variables: {} },
  ])('is not known: %j', async (body) => {
    const response = await post(JSON.stringify(body));
    expect(response.json()).toMatchObject({
      errors: [
        { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
      ],
    });
  });

  it('is not known by GET either', async () => {
    const extensions = encodeURIComponent(JSON.stringify(hash));
    const response = await shared.app.inject({ method: 'GET', url: `/graphql?extensions=${extensions}` });
    expect(codeIn(response)).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    const broken = await shared.app.inject({ method: 'GET', url: '/graphql?extensions=%7B' });
    expect(codeIn(broken)).toBe('BAD_REQUEST');
  });

  it('is run where it comes along', async () => {
    const response = await post(JSON.stringify({ query, extensions: hash }));
    expect(response.json()).toEqual({ data: { me: null } });
  });
});

describe('the media type of an answer', () => {
  const graphql = 'application/graphql-response+json; charset=utf-8';
  const json = 'application/json; charset=utf-8';

  it.each([
    ['application/graphql-response+json', graphql, 400],
    ['application/graphql-response+json,application/json;q=0.9', graphql, 400],
    ['application/json, Application/GraphQL-Response+JSON', graphql, 400],
    ['application/json, application/graphql-response+json;q=0.5', json, 200],
    ['application/graphql-response+json;q=0, application/json', json, 200],
    ['application/graphql-response+json;q=0', json, 400],
    ['application/json', json, 200],
    ['*/*', json, 400],
    ['text/html', json, 400],
    [undefined, json, 400],
  ])('follows from Accept: %s', async (accept, type, status) => {
    const send = (payload: string) =>
      shared.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', ...(accept === undefined ? {} : { accept }) },
        payload,
      });
    const good = await send('{"query":"{ me { id } }"}');
    expect([good.statusCode, good.headers['content-type']]).toEqual([200, type]);
    const bad = await send('{"query":"{ you }"}');
    expect([bad.statusCode, bad.headers['content-type']]).toEqual([status, type]);
    // What is refused before it is read, too.
    const broken = await send('{"query":');
    expect([broken.statusCode, broken.headers['content-type']]).toEqual([400, type]);
  });

  it('leaves 429 and 503 to those who wait by them', async () => {
    const edge = start({ limits: { rate: { perSecond: 0.001, burst: 1, clientsMax: 10 } } });
    const headers = { accept: 'application/json' };
    await edge.ask('{ me { id } }', { headers });
    expect((await edge.ask('{ me { id } }', { headers })).status).toBe(429);
  });
});
