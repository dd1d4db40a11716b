import { Fault } from '../../../platform/faults';
import type { Page } from '../../../platform/read-models';
import type { EdgeContext } from '../context';
import type { Listing, PageRequest } from '../readers/readers';
import { allowed, type Concept } from './resolvers';
import { warehouseIdOf } from './values';

const FIRST_DEFAULT = 20;
const FIRST_MAX = 100;
/** A list is counted no further. */
const COUNT_MAX = 10_000;
const NODES_MAX = 100;

/** The arguments of a connection, as SDL. */
export const pageArguments = `
    "Returns up to this number of items from the start of the list: 1 to ${FIRST_MAX}."
    first: Int = ${FIRST_DEFAULT}
    "Returns the items after this cursor of a page of the same list."
    after: String
    "Reads the list from its end: how many at most, 1 to ${FIRST_MAX}. The page is in the list's order. Not together with \`first\` and \`after\`."
    last: Int
    "With \`last\`: returns the items before this cursor of a page of the same list."
    before: String`;

export type PageArguments = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
};

const invalid = (message: string): Fault => new Fault('INPUT_INVALID', message);

const within = (name: 'first' | 'last', count: number): number => {
  if (count < 1 || count > FIRST_MAX) throw invalid(`${name}: give 1 to ${FIRST_MAX}, not ${count}`);
  return count;
};

/** @throws Fault `INPUT_INVALID`. */
export const pageRequestOf = ({ first, after, last, before }: PageArguments): PageRequest => {
  if (typeof last !== 'number') {
    if (typeof before === 'string') throw invalid('before: give it with `last`');
    return { first: within('first', first ?? FIRST_DEFAULT), after: after ?? undefined };
  }
  if (typeof after === 'string') throw invalid('after: give it with `first`, and `before` with `last`');
  // `first` has its default also if the client sends none.
  if (typeof first === 'number' && first !== FIRST_DEFAULT) throw invalid('last: give it without `first`');
  return { first: within('last', last), after: before ?? undefined, backwards: true };
};

type Item<Document> = Page<Document>['items'][number];

/** An edge of a page. A cursor is made only if a client selects it, because it costs more than the rest of the edge. */
class Edge<Document> {
  readonly node: Document;
  readonly #item: Item<Document>;

  constructor(item: Item<Document>) {
    this.node = item.document;
    this.#item = item;
  }

  get cursor(): string {
    return this.#item.cursor;
  }
}

/** A page of a list. The length of the list is counted at most once, when a client selects it. */
class Connection<Document extends object> {
  readonly edges: readonly Edge<Document>[];
  readonly pageInfo = this;
  #count: Promise<number> | undefined;

  constructor(
    /** For fields that a connection has beside its page. */
    readonly listing: Listing<Document>,
    private readonly request: PageRequest,
    private readonly page: Page<Document>,
  ) {
    this.edges = page.items.map((item) => new Edge(item));
  }

  get startCursor(): string | null {
    return this.page.items[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.page.items.at(-1)?.cursor ?? null;
  }

  hasMore(way: 'forwards' | 'backwards'): boolean | Promise<boolean> {
    const { after, backwards = false } = this.request;
    if ((way === 'backwards') === backwards) return this.page.hasMore;
    return after === undefined ? false : this.hasSomethingBehind(backwards);
  }

  /** Returns the number of items in the list; at most one more than the bound. */
  count(): Promise<number> {
    this.#count ??= this.listing.countUpTo(COUNT_MAX + 1);
    return this.#count;
  }

  async isExact(): Promise<boolean> {
    const isToEnd = (await this.listing.isCountedToEnd?.()) ?? true;
    return isToEnd && (await this.count()) <= COUNT_MAX;
  }

  /** Returns whether the list has items on the side from which the page was read. */
  private async hasSomethingBehind(backwards: boolean): Promise<boolean> {
    const from = backwards ? this.page.items.at(-1) : this.page.items[0];
    const { items } = await this.listing.page({ first: 1, after: from?.cursor, backwards: !backwards });
    return items.length > 0;
  }
}

/** @throws Fault `INPUT_INVALID`, and what the listing throws. */
export const connectionOf = async <Document extends object>(
  listing: Listing<Document>,
  page: PageArguments,
): Promise<object> => {
  const request = pageRequestOf(page);
  return new Connection(listing, request, await listing.page(request));
};

/** The types of a connection to a type, with the fields that are no properties of it. */
export const connectionType = (type: string, what: string): Concept => ({
  typeDefs: `
"A page of ${what}."
type ${type}Connection {
  "The edges of the page, in order."
  edges: [${type}Edge!]!
  "The ends of the page, and whether there are more items."
  pageInfo: PageInfo!
  "The number of ${what} in the whole list, counted up to ${COUNT_MAX}."
  totalCount: Int!
  "Whether \`totalCount\` is exact; false where the list is longer than ${COUNT_MAX}, or is not read to its end."
  totalCountIsExact: Boolean!
}

"An edge on a page of ${what}."
type ${type}Edge {
  "The item at the end of the edge."
  node: ${type}!
  "The cursor of the edge, for \`after\` and \`before\`."
  cursor: String!
}
`,
  resolvers: {
    [`${type}Connection`]: {
      totalCount: async (connection: Connection<object>) => Math.min(await connection.count(), COUNT_MAX),
      totalCountIsExact: (connection: Connection<object>) => connection.isExact(),
    },
  },
});

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const NUMBER = /^\d+$/;

export const named = (type: string, value: object | null): object | null =>
  value && { ...value, __typename: type };

/** Ids are unique over all types: UUIDs derived from what they name, and plain numbers for warehouses. */
const nodeOf = async (id: string, { loaders, viewer }: EdgeContext): Promise<object | null> => {
  if (NUMBER.test(id))
    return named('Warehouse', await loaders.warehouses.load(String(warehouseIdOf(id)), viewer));
  if (!UUID.test(id)) return null;
  const { products, orders, shipments, reviews, posts, accounts } = loaders;
  const found = await Promise.all([
    products.load(id, viewer).then((product) => named('Product', product)),
    orders.load(id, viewer).then((order) => named('Order', order)),
    shipments.load(id, viewer).then((shipment) => named('Shipment', shipment)),
    reviews.load(id, viewer).then((review) => named('Review', review)),
    posts.load(id, viewer).then((post) => named('Post', post)),
    accounts.load(id, viewer).then((account) => named('Account', account)),
  ]);
  return found.find((value) => value !== null) ?? null;
};

export const relay: Concept = {
  typeDefs: `
"All queries."
type Query {
  "An object by its id; null where there is none, or it belongs to another customer."
  node(
    "The unique identifier of the object."
    id: ID!
  ): Node
  "Several objects by their ids, in the order of the ids; null for each that \`node\` would not return."
  nodes(
    "The unique identifiers of the objects: at most ${NODES_MAX}."
    ids: [ID!]!
  ): [Node]
}

"All mutations. A mutation takes effect once for each \`idempotencyKey\`."
type Mutation

"Live updates, over \`graphql-transport-ws\`."
type Subscription

"An object that can be found by its id alone."
interface Node {
  "The unique identifier. It is unique among objects of all types."
  id: ID!
}

"The ends of a page, and whether there are more items."
type PageInfo {
  "Whether there are items after this page."
  hasNextPage: Boolean!
  "Whether there are items before this page."
  hasPreviousPage: Boolean!
  "The cursor of the first edge; null on an empty page."
  startCursor: String
  "The cursor of the last edge; null on an empty page."
  endCursor: String
}
`,
  resolvers: {
    Query: {
      // Each loader checks its own documents.
      node: allowed('everyone', ({ id }: { id: string }, context) => nodeOf(id, context)),
      nodes: allowed('everyone', ({ ids }: { ids: readonly string[] }, context) => {
        if (ids.length > NODES_MAX) throw invalid(`ids: give ${NODES_MAX} at most, not ${ids.length}`);
        return Promise.all(ids.map((id) => nodeOf(id, context)));
      }),
    },
    PageInfo: {
      hasNextPage: (page: Connection<object>) => page.hasMore('forwards'),
      hasPreviousPage: (page: Connection<object>) => page.hasMore('backwards'),
    },
  },
};
