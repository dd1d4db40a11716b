import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApolloClient,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { serverAudits } from 'graphql-http';
import { printSchema } from 'graphql';
import { ids, startEdge } from '../../tests/support/graphql/edge';
import { defaultLimits } from './operations/limits';
import { edgeSchema } from './schema';

// The clients send more in a moment than one person does.
const rate = { ...defaultLimits.rate, burst: 1_000 };
const edge = startEdge({ limits: { rate } });
let url = '';
beforeAll(async () => {
  await edge.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(edge.app.server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => edge.app.close());

describe('the audits of GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => url });

  it('are all there', () => expect(audits.length).toBeGreaterThan(60));

  it.each(audits.map(({ id, name, fn }) => [`${id} ${name}`, fn] as const))('%s', async (_name, fn) => {
    expect(await fn()).toMatchObject({ status: 'ok' });
  });
});

describe('Apollo Client 4', () => {
  const clientOf = (authorization?: string): ApolloClient =>
    new ApolloClient({
      link: new HttpLink({ uri: url, headers: authorization === undefined ? {} : { authorization } }),
      cache: new InMemoryCache(),
    });

  it('reads a query', async () => {
    const query = gql`
      {
        products(first: 1) {
          edges {
            node {
              name
            }
          }
        }
      }
    `;
    const { data } = await clientOf().query({ query });
    expect(data).toMatchObject({ products: { edges: [{ node: { name: 'Mug' } }] } });
  });

  it.each([
    ['an unknown field', '{ you }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a variable that is missing',
      'query ($id: ID!) { product(id: $id) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a costly operation', `{ ${'me { id } '.repeat(11)} }`, 'OPERATION_TOO_COSTLY'],
    ['a large body', `{ me { id } } # ${'x'.repeat(64 * 1024)}`, 'BODY_TOO_LARGE'],
  ])('tells what is wrong with %s', async (_what, text, code) => {
    const link = new HttpLink({ uri: url, print: () => text });
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const error: unknown = await client
      .query({ query: gql('{ me { id } }') })
      .catch((thrown: unknown) => thrown);
    expect(CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.['code']).toBe(code);
  });

  it('puts pages together that are read backwards', async () => {
    const cache = new InMemoryCache({
      typePolicies: { Query: { fields: { products: relayStylePagination() } } },
    });
    const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache });
    type Pages = { products: { pageInfo: { startCursor: string } } };
    const query: TypedDocumentNode<Pages, { before?: string | undefined }> = gql`
      query ($before: String) {
        products(last: 1, before: $before) {
          edges {
            cursor
            node {
              id
              name
            }
          }
          pageInfo {
            hasPreviousPage
            hasNextPage
            startCursor
            endCursor
          }
        }
      }
    `;
    const page = client.watchQuery({ query });
    const { data } = await client.query({ query });
    await page.fetchMore({ variables: { before: data?.products.pageInfo.startCursor } });
    expect(client.readQuery({ query })).toMatchObject({
      products: {
        edges: [{ node: { name: 'Mug' } }, { node: { name: 'Pot' } }],
        pageInfo: { hasPreviousPage: false, hasNextPage: false },
      },
    });
  });

  it('tells that an access token is spoilt', async () => {
    const query = gql('{ products(first: 1) { edges { cursor } } }');
    const error: unknown = await clientOf('Bearer spoilt')
      .query({ query })
      .catch((thrown: unknown) => thrown);
    expect(CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it('is a guest with the blank header that it sends without a token', async () => {
    const { data } = await clientOf('').query({ query: gql('{ me { id } }') });
    expect(data).toEqual({ me: null });
  });

  it('sends the whole document where it has sent the hash of one', async () => {
    const links = new PersistedQueryLink({ sha256: () => 'a'.repeat(64) }).concat(new HttpLink({ uri: url }));
    const client = new ApolloClient({ link: links, cache: new InMemoryCache() });
    const { data } = await client.query({ query: gql`{ product(id: "${ids.mug}") { sku } }` });
    expect(data).toMatchObject({ product: { sku: 'SKU-1' } });
  });

  it('shows what a guest may see beside what a guest may not', async () => {
    const query = gql('{ products(first: 1) { edges { node { name } } } cart { itemCount } }');
    const { data, error } = await clientOf().query({ query, errorPolicy: 'all' });
    expect(data).toMatchObject({ products: { edges: [{ node: { name: 'Mug' } }] }, cart: null });
    expect(CombinedGraphQLErrors.is(error) && error.errors[0]?.path).toEqual(['cart']);
  });
});

it('relay-compiler takes the schema, with connections both ways and fragments that are fetched again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-'));
  try {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'schema.graphql'), printSchema(edgeSchema()));
    writeFileSync(
      join(folder, 'src', 'shop.js'),
      `graphql\`
        fragment shop_products on Query
        @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
        @refetchable(queryName: "shopPaginationQuery") {
          products(first: $count, after: $cursor) @connection(key: "shop_products") {
            edges { node { ...shop_product } }
          }
        }\`;
      graphql\`
        fragment shop_product on Product @refetchable(queryName: "shopProductQuery") { name price { formatted } }\`;
      graphql\`
        fragment shop_latest on Query
        @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
        @refetchable(queryName: "shopLatestQuery") {
          latest: products(last: $count, before: $cursor) @connection(key: "shop_latest") {
            totalCount
            edges { node { ...shop_product } }
          }
        }\`;
      graphql\`query shopQuery($ids: [ID!]!) { ...shop_products ...shop_latest nodes(ids: $ids) { id } me { id } }\`;`,
    );
    const settings = { src: 'src', schema: 'schema.graphql', language: 'javascript', eagerEsModules: false };
    writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(settings));
    // Without watchman, which it looks for otherwise.
    const env = { ...process.env, FORCE_NO_WATCHMAN: '1' };
    execFileSync(process.execPath, [require.resolve('relay-compiler/cli.js')], {
      cwd: folder,
      env,
      stdio: 'pipe',
    });
    const made = join(folder, 'src', '__generated__');
    expect(readdirSync(made)).toEqual(
      expect.arrayContaining(['shopPaginationQuery.graphql.js', 'shopLatestQuery.graphql.js']),
    );
    expect(readFileSync(join(made, 'shopProductQuery.graphql.js'), 'utf8')).toContain('node');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
