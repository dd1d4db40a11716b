import type { AccountId, OrderId, ProductId, ReviewId, ShipmentId } from '../../../domain/kernel';
import { Fault } from '../../../platform/faults';
import type { Page } from '../../../platform/read-models';
import type { EdgeContext } from '../context';
import type { PageAsked } from '../readers';
import type { Concept } from './resolvers';
import { warehouseIdOf } from './values';

const FIRST_DEFAULT = 20;
const FIRST_MAX = 100;

/** The arguments of a connection, as SDL. */
export const pageArguments = `
    "How many at most: 1 to ${FIRST_MAX}."
    first: Int = ${FIRST_DEFAULT}
    "Goes on after this cursor of an earlier page of the same list."
    after: String`;

export type PageArguments = { readonly first?: number | null; readonly after?: string | null };

/** @throws Fault `INPUT_INVALID`. */
export const pageAsked = ({ first, after }: PageArguments): PageAsked => {
  const count = first ?? FIRST_DEFAULT;
  if (count < 1 || count > FIRST_MAX)
    throw new Fault('INPUT_INVALID', `first: give 1 to ${FIRST_MAX}, not ${count}`);
  return after === undefined || after === null ? { first: count } : { first: count, after };
};

type Item<Document> = Page<Document>['items'][number];

/** Reads a cursor where one is asked for, because making it costs more than the rest of its edge. */
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

export const connectionOf = <Document extends object>({ items, hasMore }: Page<Document>): object => ({
  edges: items.map((item) => new Edge(item)),
  pageInfo: {
    hasNextPage: hasMore,
    hasPreviousPage: false,
    get startCursor() {
      return items[0]?.cursor ?? null;
    },
    get endCursor() {
      return items.at(-1)?.cursor ?? null;
    },
  },
});

/** SDL of a connection to a type. */
export const connectionTypeDefs = (type: string, what: string): string => `
"A page of ${what}."
type ${type}Connection {
  "What is on the page, in order."
  edges: [${type}Edge!]!
  "Whether and where it goes on."
  pageInfo: PageInfo!
}

"One place on a page of ${what}."
type ${type}Edge {
  "What is there."
  node: ${type}!
  "Where it is: \`after\` goes on from here."
  cursor: String!
}
`;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const NUMBER = /^\d+$/;

const named = (type: string, value: object | null): object | null => value && { ...value, __typename: type };

/** Ids are unique over all types: UUIDs derived from what they name, and plain numbers for warehouses. */
const nodeOf = async (id: string, context: EdgeContext): Promise<object | null> => {
  if (NUMBER.test(id)) return named('Warehouse', await context.warehouse(warehouseIdOf(id)));
  if (!UUID.test(id)) return null;
  const found = await Promise.all([
    context.product(id as ProductId).then((product) => named('Product', product)),
    context.order(id as OrderId).then((order) => named('Order', order)),
    context.shipment(id as ShipmentId).then((shipment) => named('Shipment', shipment)),
    context.review(id as ReviewId).then((review) => named('Review', review)),
    context.visibleAccount(id as AccountId).then((account) => named('Account', account)),
  ]);
  return found.find((value) => value !== null) ?? null;
};

export const relay: Concept = {
  typeDefs: `
"Everything that can be asked."
type Query {
  "Anything that has an id; null where there is no such thing, or it is somebody else's."
  node(
    "Its id."
    id: ID!
  ): Node
}

"Everything that can be done. Each mutation happens once for each \`idempotencyKey\`."
type Mutation

"What can be followed live, over \`graphql-transport-ws\`."
type Subscription

"Something with an id that is unique over all types."
interface Node {
  "Unique over all types."
  id: ID!
}

"Where a page ends and whether there is more."
type PageInfo {
  "Whether there is more after this page."
  hasNextPage: Boolean!
  "Always false: pages go forwards."
  hasPreviousPage: Boolean!
  "The cursor of the first place; null on an empty page."
  startCursor: String
  "The cursor of the last place; null on an empty page."
  endCursor: String
}
`,
  resolvers: {
    Query: { node: (_root: unknown, { id }: { id: string }, context) => nodeOf(id, context) },
  },
};
