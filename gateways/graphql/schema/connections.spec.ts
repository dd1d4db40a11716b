import { id, ids, startEdge, type Shown } from '../../../tests/support/graphql/edge';
import type { ProjectionReport } from '../deps';
import type { Listing } from '../readers/readers';
import { connectionOf } from './relay';

let edge: ReturnType<typeof startEdge>;
beforeEach(() => {
  edge = startEdge();
  const [mug] = edge.shop.products;
  edge.shop.products.length = 0;
  for (const name of ['A', 'B', 'C', 'D', 'E']) edge.shop.products.push({ ...mug!, name });
});
afterEach(() => edge.app.close());

const fields = `edges { node { name } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount totalCountIsExact`;

type Products = {
  readonly edges: readonly { readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
  readonly totalCount: number;
  readonly totalCountIsExact: boolean;
};

const page = async (args: string): Promise<readonly [string, { before: boolean; after: boolean }]> => {
  const { data, errors } = await edge.ask(`{ products(${args}) { ${fields} } }`);
  expect(errors).toBeUndefined();
  const { edges, pageInfo } = (data as { products: Products }).products;
  const { hasPreviousPage: before, hasNextPage: after } = pageInfo;
  return [edges.map(({ node }) => node.name).join(''), { before, after }];
};

describe('a page of a connection', () => {
  it.each([
    ['first: 2', 'AB', false, true],
    ['first: 2, after: "1"', 'CD', true, true],
    ['first: 2, after: "3"', 'E', true, false],
    ['first: 2, after: "4"', '', true, false],
    ['last: 2', 'DE', true, false],
    ['last: 2, before: "3"', 'BC', true, true],
    ['last: 2, before: "1"', 'A', false, true],
    ['last: 2, before: "0"', '', false, true],
    ['first: null, last: 2', 'DE', true, false],
    ['first: 9, after: null, last: null, before: null', 'ABCDE', false, false],
  ])('of (%s) is %s, with pages before it: %s, after it: %s', async (args, names, before, after) => {
    // Requested so often that it is compiled meanwhile.
    for (let time = 0; time < 4; time += 1) expect(await page(args)).toEqual([names, { before, after }]);
  });

  it.each([
    ['first: 0', 'first: give 1 to 100, not 0'],
    ['last: 101', 'last: give 1 to 100, not 101'],
    ['last: -1', 'last: give 1 to 100, not -1'],
    ['first: 2, last: 2', 'last: give it without `first`'],
    ['first: 2, before: "3"', 'before: give it with `last`'],
    ['last: 2, after: "3"', 'after: give it with `first`, and `before` with `last`'],
  ])('of (%s) is refused', async (args, message) => {
    const { errors } = await edge.ask(`{ products(${args}) { edges { cursor } } }`);
    expect(errors).toMatchObject([{ message, extensions: { code: 'INPUT_INVALID' } }]);
  });
});

describe('the count of a connection', () => {
  const count = async (query = '{ products(first: 1) { totalCount totalCountIsExact } }'): Promise<Shown> =>
    (await edge.ask(query)).data ?? {};

  it('is of the whole list, and counted once', async () => {
    expect(await count()).toEqual({ products: { totalCount: 5, totalCountIsExact: true } });
    expect(edge.reads).toEqual(['products.list NAME', 'products.list NAME count']);
  });

  it('is not computed unless it is requested', async () => {
    await count('{ products(first: 1) { edges { cursor } } }');
    expect(edge.reads).toEqual(['products.list NAME']);
  });

  it('ends at a bound, and says so', async () => {
    const [one] = edge.shop.products;
    for (let more = 0; more < 10_000; more += 1) edge.shop.products.push(one!);
    expect(await count()).toEqual({ products: { totalCount: 10_000, totalCountIsExact: false } });
  });

  it('is not exact where the list is not read to its end', async () => {
    const listing = {
      page: () => Promise.resolve({ items: [], hasMore: false }),
      countUpTo: () => Promise.resolve(3),
      isCountedToEnd: () => Promise.resolve(false),
    };
    const exactOf = async (of: Listing<object>): Promise<unknown> =>
      ((await connectionOf(of, { first: 1 })) as { isExact(): Promise<boolean> }).isExact();
    expect(await exactOf(listing)).toBe(false);
    expect(await exactOf({ ...listing, isCountedToEnd: () => Promise.resolve(true) })).toBe(true);
    expect(await exactOf({ ...listing, isCountedToEnd: undefined })).toBe(true);
  });

  it('has its price', async () => {
    const { errors } = await edge.ask(
      '{ products(first: 100) { edges { node { reviews(first: 1) { totalCount } } } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COSTLY' } }]);
  });
});

describe('nodes', () => {
  const nodes = (wanted: readonly string[], as?: string) =>
    edge.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      variables: { ids: wanted },
      as,
    });

  it('are in the order of their ids, with null for missing ones and those of another account', async () => {
    const wanted = [ids.order, id(99), ids.warehouse, ids.shipment, ids.order].map(String);
    const ada = await edge.tokenOf(ids.ada, 'customer');
    expect((await nodes(wanted, ada)).data).toEqual({
      nodes: [
        { __typename: 'Order', id: ids.order },
        null,
        { __typename: 'Warehouse', id: String(ids.warehouse) },
        { __typename: 'Shipment', id: ids.shipment },
        { __typename: 'Order', id: ids.order },
      ],
    });
    const eve = await edge.tokenOf(ids.eve, 'customer');
    expect((await nodes([ids.order, ids.warehouse].map(String), eve)).data).toEqual({
      nodes: [null, { __typename: 'Warehouse', id: String(ids.warehouse) }],
    });
  });

  it('are read at once', async () => {
    await nodes(Array.from({ length: 30 }, (_, index) => id(index)));
    expect(edge.reads.filter((read) => read === 'products')).toHaveLength(1);
  });

  it('are 100 at most', async () => {
    expect((await nodes(Array.from({ length: 100 }, () => 'x'))).errors).toBeUndefined();
    expect((await nodes(Array.from({ length: 101 }, () => 'x'))).errors).toMatchObject([
      { message: 'ids: give 100 at most, not 101', extensions: { code: 'INPUT_INVALID' } },
    ]);
  });

  it('cost as much as there are ids', async () => {
    const many = `nodes(ids: [${'"x", '.repeat(100)}]) { ... on Product { ${['a', 'b', 'c'].map((alias) => `${alias}: stock { warehouse { id x y name active } product { id } }`).join(' ')} } }`;
    expect((await edge.ask(`{ ${many} }`)).errors).toMatchObject([
      { extensions: { code: 'OPERATION_TOO_COSTLY' } },
    ]);
  });
});

describe('what has a name among few', () => {
  it('is an enum beside the text of before', async () => {
    await edge.app.close();
    const rebuild = {
      version: 2,
      isFormer: false,
      promotes: true,
      status: 'catching-up',
      done: 1,
      total: 2,
      eventsPerSecond: 1,
      etaSeconds: 1,
    } as const;
    const report: ProjectionReport = {
      ...{ name: 'carts', version: 1, position: null, head: null, lagEvents: 0, lagSeconds: 0 },
      ...{ status: 'live' as const, detail: null, rebuild },
    };
    edge = startEdge({ projections: async () => [report] });
    const as = await edge.tokenOf(ids.sam, 'staff');
    const { data } = await edge.ask('{ projections { status state rebuild { status state } } }', { as });
    const shown = { status: 'live', state: 'LIVE', rebuild: { status: 'catching-up', state: 'CATCHING_UP' } };
    expect(data).toEqual({ projections: [shown] });
  });

  it('is an enum of a message', async () => {
    edge.shop.exchanges.push({
      ...{ id: 'm', link: 'world:main', direction: 'sent', kind: 'pack', status: 'acked', parked: false },
      ...{ seqnum: 5, shipmentNumber: 9, content: '{}', note: null, settledAt: null, correlationId: 'c' },
      at: '2026-01-31T08:00:00.000Z' as never,
    });
    const as = await edge.tokenOf(ids.sam, 'staff');
    const { data } = await edge.ask(
      '{ exchangeLog(link: "world:main") { edges { node { direction way status state } } } }',
      { as },
    );
    const node = { direction: 'sent', way: 'SENT', status: 'acked', state: 'ACKED' };
    expect(data).toEqual({ exchangeLog: { edges: [{ node }] } });
  });
});
