import { createHash } from 'node:crypto';
import { startEdge } from '../../../tests/support/graphql/edge';

const listed = '{ me { id } }';
const other = '{ me { name } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const open: ReturnType<typeof startEdge>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});

const start = (only: boolean) => {
  const edge = startEdge({ trustedDocuments: { texts: new Map([['own-client/Me', listed]]), only } });
  open.push(edge);
  const post = async (payload: object) => {
    const response = await edge.app.inject({ method: 'POST', url: '/graphql', payload });
    return response.json<{ data?: unknown; errors?: { message: string; extensions: { code: string } }[] }>();
  };
  return {
    ...edge,
    post,
    codeOf: async (payload: object) => (await post(payload)).errors?.[0]?.extensions.code,
  };
};

describe.each([true, false])('a trusted document (nothing else is run: %s)', (only) => {
  it.each([
    { documentId: 'own-client/Me' },
    { documentId: hashOf(listed) },
    { documentId: `sha256:${hashOf(listed)}` },
    { doc_id: 'own-client/Me', variables: {} },
    { id: 'own-client/Me' },
    { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(listed) } } },
    { query: listed },
  ])('is run for %j', async (body) => {
    expect(await start(only).post(body)).toEqual({ data: { me: null } });
  });

  it('is run by GET', async () => {
    const { app } = start(only);
    const response = await app.inject({ method: 'GET', url: '/graphql?documentId=own-client%2FMe' });
    expect(response.json()).toEqual({ data: { me: null } });
  });
});

describe('a server that runs other documents too', () => {
  it('runs them, and tells a client that names an unknown one to send its text', async () => {
    const { post } = start(false);
    expect(await post({ query: other })).toEqual({ data: { me: null } });
    expect(await post({ documentId: hashOf(other) })).toMatchObject({
      errors: [
        { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
      ],
    });
  });

  it('has a page to try the API', async () => {
    expect((await start(false).app.inject({ url: '/graphiql' })).statusCode).toBe(200);
  });
});

describe('a server that runs only trusted documents', () => {
  it.each([
    { query: other },
    // Only the text as it is listed: nothing of a stranger is parsed.
    { query: `${listed} ` },
    { query: '{{{' },
    { query: '{ __schema { types { name } } }' },
    { documentId: hashOf(other) },
    { query: other, documentId: 'own-client/Me' },
    { query: other, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(listed) } } },
  ])('refuses %j', async (body) => {
    expect(await start(true).codeOf(body)).toBe('DOCUMENT_NOT_TRUSTED');
  });

  it.each([{}, { query: 7 }, { documentId: 7 }, { extensions: { persistedQuery: {} } }])(
    'has no document in %j',
    async (body) => {
      expect(await start(true).codeOf(body)).toBe('BAD_REQUEST');
    },
  );

  it('has no page to try the API', async () => {
    expect((await start(true).app.inject({ url: '/graphiql' })).statusCode).toBe(404);
  });
});
