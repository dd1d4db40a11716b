import { positionOf, type Position } from '../../platform/event-store';
import { isFault } from '../../platform/faults';
import type {
  CollectionSpec,
  Document,
  Page,
  Query,
  ReadModels,
  SearchQuery,
} from '../../platform/read-models';

export type Thing = Document & {
  readonly name?: string | null;
  readonly colour?: string | null;
  readonly price?: { readonly amount: number | null };
  readonly active?: boolean;
  readonly tags?: readonly string[];
};

export const at = (number: number): Position => positionOf(number);

/** Things of which some fields are null or absent. */
export const stock: readonly Thing[] = [
  { id: 'a', colour: 'red', price: { amount: 3 } },
  { id: 'b', colour: 'red', price: { amount: 1 } },
  { id: 'c', colour: 'blue', price: { amount: 2 } },
  { id: 'd', colour: 'red', price: { amount: 3 } },
  { id: 'e', colour: null, price: { amount: 9 } },
  { id: 'f', colour: 'red', price: { amount: null } },
  { id: 'g', price: { amount: 10 } },
  { id: 'h', colour: 'red' },
];

/** Expects that a query is refused as invalid. */
export const expectInvalid = async (answer: Promise<unknown>): Promise<void> => {
  const error: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isFault(error, 'QUERY_INVALID')).toBe(true);
};

export const idsOf = (page: Page<Thing>): string[] => page.items.map(({ document }) => document.id);

/** An open engine with one fresh collection a test. */
export interface Bench {
  readonly models: ReadModels;
  readonly things: CollectionSpec;
  put(documents: readonly Thing[], position?: number): Promise<void>;
  remove(id: string, position: number): Promise<void>;
  list(query: Query): Promise<Page<Thing>>;
  search(query: SearchQuery): Promise<Page<Thing>>;
  /** The ids of all pages, one after the other. Backwards, the last page is read first. */
  walk(query: Query): Promise<string[]>;
}

const thingsOf = (number: number): CollectionSpec => ({
  name: `contract_${process.pid}_${number}`,
  version: 1,
  indexes: [
    { name: 'by_colour', fields: ['colour', 'price.amount'] },
    { name: 'by_price', fields: ['price.amount'] },
    { name: 'by_active', fields: ['active', 'name'] },
  ],
  searchFields: ['name', 'tags'],
  schema: { type: 'object' },
});

/** Registers the hooks that open, clear and close. */
export const createBench = (open: () => Promise<ReadModels>): Bench => {
  let models: ReadModels;
  let things: CollectionSpec;
  let made = 0;

  beforeAll(async () => {
    models = await open();
  });
  afterAll(() => models.close());
  beforeEach(async () => {
    made += 1;
    things = thingsOf(made);
    await models.ensure(things);
  });
  afterEach(() => models.drop(things));

  const bench: Bench = {
    get models() {
      return models;
    },
    get things() {
      return things;
    },
    put: (documents, position = 1) =>
      models.write({
        collection: things,
        upserts: documents.map((document) => ({ document, position: at(position) })),
        deletes: [],
        position: at(position),
      }),
    remove: (id, position) =>
      models.write({
        collection: things,
        upserts: [],
        deletes: [{ id, position: at(position) }],
        position: at(position),
      }),
    list: (query) => models.list<Thing>(things, query),
    search: (query) => models.search<Thing>(things, query),
    walk: async (query) => {
      const page = await models.list<Thing>(things, query);
      expect(page.items.length).toBeLessThanOrEqual(query.first);
      const last = page.items.at(query.backwards ? 0 : -1);
      if (!page.hasMore || !last) return idsOf(page);
      const rest = await bench.walk({ ...query, after: last.cursor });
      return query.backwards ? [...rest, ...idsOf(page)] : [...idsOf(page), ...rest];
    },
  };
  return bench;
};
