import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Position } from '../event-store';
import type {
  AggregateQuery,
  AggregateRow,
  CollectionSpec,
  Document,
  MatchQuery,
  Page,
  Query,
  ReadModels,
  SearchQuery,
  Selection,
  Stored,
} from '../read-models';
import { collectionOf } from './builds';
import type { Projection } from './projection';

/** A typed reader of one projection's documents, in the serving version. Faults are those of `ReadModels`. */
export interface Reader<D extends Document> {
  /** The collection's name, which change announcements use. */
  readonly name: string;
  get(id: string): Promise<Stored<D> | undefined>;
  /** Returns documents in no particular order, without missing ids. */
  getMany(ids: readonly string[]): Promise<readonly Stored<D>[]>;
  list(query: Query): Promise<Page<D>>;
  search(query: SearchQuery): Promise<Page<D>>;
  /** Returns the documents that match, in no particular order. */
  match(query: MatchQuery): Promise<readonly D[]>;
  count(): Promise<number>;
  /** Returns the number of matching documents, at most `max`. */
  countUpTo(selection: Selection, max: number): Promise<number>;
  /** Returns the stored position of the projection, which may be further. */
  checkpoint(): Promise<Position | undefined>;
  aggregate(query: AggregateQuery): Promise<readonly AggregateRow[]>;
}

/** The time within which readers notice a promotion. The previous version is kept until it is retired. */
export const NOTICE_WITHIN_MS = 1_000 as Millis;

/** Caches the promoted version of each read model for a moment. */
class Promotions {
  private readonly cache = new Map<
    string,
    { readonly version: Promise<number>; readonly readAtMs: number }
  >();

  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  versionOf({ name, version: declared }: CollectionSpec): Promise<number> {
    const nowMs = this.clock.monotonicMs();
    const cached = this.cache.get(name);
    if (cached && nowMs - cached.readAtMs < NOTICE_WITHIN_MS) return cached.version;
    const version = this.readModels.promoted(name).then((promoted) => promoted ?? declared);
    const entry = { version, readAtMs: nowMs };
    this.cache.set(name, entry);
    // A failed answer is not cached.
    version.catch(() => this.cache.get(name) === entry && this.cache.delete(name));
    return version;
  }
}

/** Shared by all readers of a process, so that no two of them use different copies. */
const promotions = new WeakMap<ReadModels, WeakMap<Clock, Promotions>>();

const promotionsIn = (readModels: ReadModels, clock: Clock): Promotions => {
  const byClock = promotions.get(readModels) ?? new WeakMap<Clock, Promotions>();
  promotions.set(readModels, byClock);
  const shared = byClock.get(clock) ?? new Promotions(readModels, clock);
  byClock.set(clock, shared);
  return shared;
};

/** Opens a reader of a projection's documents, which may be written by another process. */
export const openReader = <D extends Document, F extends { readonly type: string; readonly data: object }>(
  readModels: ReadModels,
  { collection: declared }: Projection<D, F>,
  clock: Clock,
): Reader<D> => {
  const shared = promotionsIn(readModels, clock);
  let current = declared;

  const promoted = async (): Promise<typeof declared> => {
    const version = await shared.versionOf(declared);
    if (version !== current.version) current = collectionOf(declared, { version });
    return current;
  };

  return {
    name: declared.name,
    get: async (id) => readModels.get<D>(await promoted(), id),
    getMany: async (ids) => readModels.getMany<D>(await promoted(), ids),
    list: async (query) => readModels.list<D>(await promoted(), query),
    search: async (query) => readModels.search<D>(await promoted(), query),
    match: async (query) => readModels.match<D>(await promoted(), query),
    count: async () => readModels.count(await promoted()),
    countUpTo: async (selection, max) => readModels.countUpTo(await promoted(), selection, max),
    checkpoint: async () => readModels.checkpoint(await promoted()),
    aggregate: async (query) => readModels.aggregate(await promoted(), query),
  };
};
