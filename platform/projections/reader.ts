import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Position } from '../event-store';
import type {
  AggregateQuery,
  AggregateRow,
  CollectionSpec,
  Document,
  Page,
  Query,
  ReadModels,
  SearchQuery,
  Selection,
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
  /** How many a list or a search finds, but at most `max`. */
  countUpTo(selection: Selection, max: number): Promise<number>;
  /** How far the projection has written down that it came; it may be further. */
  checkpoint(): Promise<Position | undefined>;
  aggregate(query: AggregateQuery): Promise<readonly AggregateRow[]>;
}

/** How long a promotion may take to be noticed. The version before it is kept until somebody retires it. */
export const NOTICE_WITHIN_MS = 1_000 as Millis;

/** Knows which version of each read model is promoted, as of a moment ago. */
class Promotions {
  private readonly known = new Map<
    string,
    { readonly version: Promise<number>; readonly askedAtMs: number }
  >();

  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  versionOf({ name, version: declared }: CollectionSpec): Promise<number> {
    const nowMs = this.clock.monotonicMs();
    const known = this.known.get(name);
    if (known && nowMs - known.askedAtMs < NOTICE_WITHIN_MS) return known.version;
    const version = this.readModels.promoted(name).then((promoted) => promoted ?? declared);
    const asked = { version, askedAtMs: nowMs };
    this.known.set(name, asked);
    // An answer that failed is no answer.
    version.catch(() => this.known.get(name) === asked && this.known.delete(name));
    return version;
  }
}

/**
 * Shared by all readers of a process: otherwise one of them could wait for a copy to be current while the next still reads the
 * one before.
 */
const promotions = new WeakMap<ReadModels, WeakMap<Clock, Promotions>>();

const promotionsIn = (readModels: ReadModels, clock: Clock): Promotions => {
  const byClock = promotions.get(readModels) ?? new WeakMap<Clock, Promotions>();
  promotions.set(readModels, byClock);
  const shared = byClock.get(clock) ?? new Promotions(readModels, clock);
  byClock.set(clock, shared);
  return shared;
};

/** Reads what a projection writes, also from another process than the one that runs it. */
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
    count: async () => readModels.count(await promoted()),
    countUpTo: async (selection, max) => readModels.countUpTo(await promoted(), selection, max),
    checkpoint: async () => readModels.checkpoint(await promoted()),
    aggregate: async (query) => readModels.aggregate(await promoted(), query),
  };
};
