import type { Clock } from '../clock';
import type { Position } from '../event-store';
import type {
  AggregateQuery,
  AggregateRow,
  Document,
  Page,
  Query,
  ReadModels,
  SearchQuery,
  Stored,
} from '../read-models';
import { collectionOf } from './builds';
import type { Projection } from './projection';

/** Typed documents of one projection, in the version that is promoted. Faults are those of `ReadModels`. */
export interface Reader<D extends Document> {
  /** The collection's name, under which the bus tells of changes. */
  readonly name: string;
  get(id: string): Promise<Stored<D> | undefined>;
  /** In no particular order; ids that are missing are left out. */
  getMany(ids: readonly string[]): Promise<readonly Stored<D>[]>;
  list(query: Query): Promise<Page<D>>;
  search(query: SearchQuery): Promise<Page<D>>;
  count(): Promise<number>;
  /** How far the projection has written down that it came; it may be further. */
  checkpoint(): Promise<Position | undefined>;
  aggregate(query: AggregateQuery): Promise<readonly AggregateRow[]>;
}

/** How long a promotion may take to be noticed. The version before it is kept until somebody retires it. */
const NOTICE_WITHIN_MS = 1_000;

/** Reads what a projection writes, also from another process than the one that runs it. */
export const openReader = <D extends Document, F extends { readonly type: string; readonly data: object }>(
  readModels: ReadModels,
  { collection: declared }: Projection<D, F>,
  clock: Clock,
): Reader<D> => {
  let current = declared;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const promoted = async (): Promise<typeof declared> => {
    if (clock.monotonicMs() - askedAtMs < NOTICE_WITHIN_MS) return current;
    const version = (await readModels.promoted(declared.name)) ?? declared.version;
    if (version !== current.version) current = collectionOf(declared, { version });
    askedAtMs = clock.monotonicMs();
    return current;
  };

  return {
    name: declared.name,
    get: async (id) => readModels.get<D>(await promoted(), id),
    getMany: async (ids) => readModels.getMany<D>(await promoted(), ids),
    list: async (query) => readModels.list<D>(await promoted(), query),
    search: async (query) => readModels.search<D>(await promoted(), query),
    count: async () => readModels.count(await promoted()),
    checkpoint: async () => readModels.checkpoint(await promoted()),
    aggregate: async (query) => readModels.aggregate(await promoted(), query),
  };
};
