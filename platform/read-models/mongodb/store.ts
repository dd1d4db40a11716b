import type { Collection, Document as BsonDocument, FindOptions } from 'mongodb';
import type { Clock } from '../../clock';
import type { Position } from '../../event-store';
import { Fault } from '../../faults';
import type { Fence } from '../../lease';
import { silentLogger, type Logger } from '../../telemetry';
import type { FlatOptions } from '../flat';
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
  WriteBatch,
} from '../read-models';
import { aggregatePlanOf, declarationOf, matchPlanOf, pageOf, planOf, searchPlanOf } from '../query';
import { pipelinesOf, rowsOf, type GroupDocument } from './aggregation';
import { connectionTo, SETTLED, type Connection } from './connection';
import { FlatCollections } from './flat-collections';
import {
  countFilter,
  filteredStages,
  isThere,
  listFilter,
  listSort,
  matchFilter,
  searchFilter,
} from './filters';
import {
  deleteAll,
  deleteMarked,
  raiseCheckpoint,
  replaceAll,
  upsertInTerm,
  upsertNewer,
  type Checkpoint,
  type Leased,
} from './guarded-write';
import { MongoLeaseRecords } from './leases';
import { SchemaKeeper, type Registration } from './schema-keeper';
import { MARKERS_KEPT_MS, MarkerSweep } from './markers';
import { ServerKind } from './server-kind';
import { isMarker, SEARCH_WORDS, storedDocumentOf, storedOf, type StoredDocument } from './stored-document';
import { connecting, reaching } from './unavailable';

export type MongoReadModelsOptions = {
  /** `mongodb://` or `mongodb+srv://`; the database is `waybill` unless the URL names one. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger?: Logger;
  /** The time that a call may take, including the wait for a server. Default 5 s. */
  readonly timeoutMs?: number;
  /** The time for which the marker of a deletion is kept. Default 1 h. */
  readonly markersKeptMs?: number;
  /** The flat models that are kept as collections of their own. Default none. */
  readonly flat?: FlatOptions | undefined;
};

type Promoted = Leased & { readonly version: number };

const TIMEOUT_MS = 5_000;
/** The time limit of `ensure`, which makes many calls and may have to compute the words of all documents. */
const ENSURE_WITHIN_MS = 15 * 60_000;

/** The number of documents that one call writes to a fast server. */
const WRITTEN_AT_ONCE_MAX = 512;

class MongoReadModels implements ReadModels {
  readonly leases: MongoLeaseRecords;
  private readonly keeper: SchemaKeeper;
  private readonly markers: MarkerSweep;
  private readonly flat: FlatCollections;
  private readonly logger: Logger;
  /** Options of every `find`. */
  private readonly reading: FindOptions;
  private readonly server: ServerKind;
  private writtenAtOnce = WRITTEN_AT_ONCE_MAX;
  private isClosed = false;

  constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly callMs: number,
    { markersKeptMs = MARKERS_KEPT_MS, logger = silentLogger, flat }: MongoReadModelsOptions,
  ) {
    this.logger = logger;
    this.markers = new MarkerSweep(clock, markersKeptMs);
    this.keeper = new SchemaKeeper(connection.database, logger);
    this.server = new ServerKind(connection.database);
    this.flat = new FlatCollections(connection.database, this.keeper, this.server, flat);
    this.leases = new MongoLeaseRecords(connection.database, (call) => this.reach(call));
    this.reading = { projection: { [SEARCH_WORDS]: 0 }, maxTimeMS: callMs };
  }

  async ensure(spec: CollectionSpec): Promise<void> {
    declarationOf(spec);
    await this.reach(async () => {
      await this.keeper.ensure(spec);
      await this.flat.ensure(spec);
    }, ENSURE_WITHIN_MS);
  }

  async get<D extends Document>(spec: CollectionSpec, id: string): Promise<Stored<D> | undefined> {
    const [found] = await this.getMany<D>(spec, [id]);
    return found;
  }

  async getMany<D extends Document>(
    spec: CollectionSpec,
    ids: readonly string[],
  ): Promise<readonly Stored<D>[]> {
    const found = await this.reach(() => this.server.findByIds(this.documents(spec), ids, this.reading));
    // Markers of deletions are filtered here, because only a filter of the id alone is served by an index everywhere.
    return found.filter((stored) => !isMarker(stored)).map((stored) => storedOf<D>(stored));
  }

  async list<D extends Document>(spec: CollectionSpec, query: Query): Promise<Page<D>> {
    const plan = planOf(spec, query);
    const { filter } = plan;
    const found = await this.reach(() =>
      filter === undefined
        ? this.documents(spec)
            .find(listFilter(plan), this.reading)
            .sort(listSort(plan))
            .limit(plan.first + 1)
            .toArray()
        : this.staged<StoredDocument>(spec, [...filteredStages(plan, filter), { $limit: plan.first + 1 }]),
    );
    return pageOf(
      plan,
      found,
      (stored) => storedOf<D>(stored).document,
      (document) => plan.cursorOf(document),
    );
  }

  async search<D extends Document>(spec: CollectionSpec, query: SearchQuery): Promise<Page<D>> {
    const plan = searchPlanOf(spec, query);
    if (plan.words.length === 0) return { items: [], hasMore: false };
    const found = await this.reach(() =>
      this.documents(spec)
        .find(searchFilter(plan), this.reading)
        .sort({ _id: plan.backwards ? -1 : 1 })
        .limit(plan.first + 1)
        .toArray(),
    );
    // Sorted by the id, so the id is the place.
    return pageOf(
      plan,
      found,
      (stored) => storedOf<D>(stored).document,
      ({ id }) => plan.cursorOf(null, id),
    );
  }

  async match<D extends Document>(spec: CollectionSpec, query: MatchQuery): Promise<readonly D[]> {
    const plan = matchPlanOf(spec, query);
    if (plan.terms.length === 0) return [];
    const found = await this.reach(() =>
      this.documents(spec).find(matchFilter(plan), this.reading).limit(plan.max).toArray(),
    );
    return found.map((stored) => storedOf<D>(stored).document);
  }

  async write({
    collection,
    upserts,
    deletes,
    position,
    fence,
    replaces = false,
  }: WriteBatch): Promise<void> {
    const { physicalName, searchFields } = declarationOf(collection);
    const stored = upserts.map((upsert) => storedDocumentOf(upsert.document, upsert.position, searchFields));
    const documents = this.documents(collection);
    await this.reach(() => this.leases.check(fence));
    const deletedAt = new Date(this.clock.now());
    const marked = [documents, ...this.flat.markedBy(collection)];
    await this.flat.write({ collection, upserts, deletes, fence, replaces }, deletedAt, (items, part) =>
      this.inParts(items, part),
    );
    if (replaces) {
      await this.inParts(stored, (part) => replaceAll(documents, part));
      await this.inParts(deletes, (part) => deleteAll(documents, part));
    } else {
      await this.inParts(stored, (part) => upsertNewer(documents, part, this.server));
      await this.inParts(deletes, (part) =>
        deleteMarked(documents, part, { at: deletedAt, server: this.server }),
      );
      if (deletes.length > 0) for (const { collectionName } of marked) this.markers.marked(collectionName);
    }
    // After the documents: a process that resumes from here finds all of them written.
    if (position !== undefined)
      await this.reach(() => raiseCheckpoint(this.checkpoints, { _id: physicalName, position }, fence));
    for (const each of marked) if (this.markers.isDue(each.collectionName)) await this.sweep(each);
  }

  /** Sweeps markers. The batch is written even if this fails. */
  private async sweep(documents: Collection<StoredDocument>): Promise<void> {
    await this.reach(() => this.markers.sweep(documents, this.callMs)).catch((error: unknown) =>
      this.logger.debug({ error }, 'Markers of deletions were not removed; it is tried again'),
    );
  }

  async checkpoint(spec: CollectionSpec): Promise<Position | undefined> {
    const { physicalName } = declarationOf(spec);
    const found = await this.reach(() => this.checkpoints.findOne({ _id: physicalName }));
    return found?.position;
  }

  async count(spec: CollectionSpec): Promise<number> {
    return this.reach(() => this.documents(spec).countDocuments(isThere, { maxTimeMS: this.callMs }));
  }

  async countUpTo(spec: CollectionSpec, selection: Selection, max: number): Promise<number> {
    const plan = 'text' in selection ? undefined : planOf(spec, { ...selection, first: 1 });
    if (plan?.filter) {
      const stages = [...filteredStages(plan, plan.filter), { $limit: max }, { $count: 'found' }];
      const [counted] = await this.reach(() => this.staged<{ readonly found: number }>(spec, stages));
      return counted?.found ?? 0;
    }
    const filter = countFilter(spec, selection);
    if (filter === undefined) return 0;
    return this.reach(() =>
      this.documents(spec).countDocuments(filter, { limit: max, maxTimeMS: this.callMs }),
    );
  }

  async aggregate(spec: CollectionSpec, query: AggregateQuery): Promise<readonly AggregateRow[]> {
    const plan = aggregatePlanOf(query);
    const answers = await this.reach(async () => {
      const pipelines = pipelinesOf(plan, { oneAccumulator: await this.server.isFerretDb() });
      return Promise.all(
        pipelines.map((pipeline) =>
          this.documents(spec).aggregate<GroupDocument>(pipeline, { maxTimeMS: this.callMs }).toArray(),
        ),
      );
    });
    return rowsOf(plan, answers);
  }

  async drop(spec: CollectionSpec, fence?: Fence): Promise<void> {
    const { physicalName } = declarationOf(spec);
    await this.reach(async () => {
      await this.leases.check(fence);
      // First, so that an interrupted drop leaves no checkpoint without documents.
      await this.checkpoints.deleteOne({ _id: physicalName });
      await this.connection.database.dropCollection(physicalName);
      await this.flat.drop(spec);
      await this.registrations.deleteOne({ _id: physicalName });
    });
  }

  async promoted(name: string): Promise<number | undefined> {
    const found = await this.reach(() => this.promotions.findOne({ _id: name }));
    return found?.version;
  }

  async promote(spec: CollectionSpec, fence?: Fence): Promise<void> {
    declarationOf(spec);
    const { name: _id, version } = spec;
    await this.reach(async () => {
      await this.leases.check(fence);
      await upsertInTerm(this.promotions, _id, { $set: { version } }, fence);
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await reaching(() => this.connection.client.close(), {
      clock: this.clock,
      withinMs: this.callMs,
    }).catch(() => undefined);
  }

  /**
   * Writes as much in a call as the server can do in its time: a slow server would never finish a call that is too
   * large, however often it is repeated.
   */
  private async inParts<Item>(
    items: readonly Item[],
    write: (part: readonly Item[]) => Promise<unknown>,
  ): Promise<void> {
    for (let from = 0; from < items.length;) {
      const part = items.slice(from, from + this.writtenAtOnce);
      try {
        await this.reach(() => write(part));
      } catch (error) {
        this.writtenAtOnce = Math.max(1, part.length >> 2);
        throw error;
      }
      from += part.length;
    }
    // Only after all is written, because after a part that is too large everything is repeated.
    this.writtenAtOnce = Math.min(WRITTEN_AT_ONCE_MAX, this.writtenAtOnce * 2);
  }

  private staged<Result extends object>(
    spec: CollectionSpec,
    stages: readonly BsonDocument[],
  ): Promise<Result[]> {
    return this.documents(spec)
      .aggregate<Result>([...stages], { maxTimeMS: this.callMs })
      .toArray();
  }

  private documents(spec: CollectionSpec): Collection<StoredDocument> {
    return this.connection.database.collection(declarationOf(spec).physicalName);
  }

  private get checkpoints(): Collection<Checkpoint> {
    return this.connection.database.collection('checkpoints', SETTLED);
  }

  private get promotions(): Collection<Promoted> {
    return this.connection.database.collection('promoted', SETTLED);
  }

  private get registrations(): Collection<Registration> {
    return this.connection.database.collection('collections');
  }

  private reach<Result>(call: () => Promise<Result>, withinMs = this.callMs): Promise<Result> {
    if (this.isClosed)
      return Promise.reject(new Fault('READ_MODELS_UNAVAILABLE', 'The read models are closed'));
    const connected = async (): Promise<Result> => {
      await connecting(() => this.connection.client.connect());
      return call();
    };
    return reaching(connected, { clock: this.clock, withinMs });
  }
}

/**
 * Opens read models in MongoDB: a one-node replica set, a replica set or a sharded cluster; or on a server of its
 * protocol. It does not wait for the server: calls throw while it is away, and later ones may succeed.
 *
 * @throws Fault `CONFIG_INVALID` for an invalid URL.
 */
export const openMongoReadModels = (options: MongoReadModelsOptions): ReadModels => {
  const { url, clock, logger } = options;
  const callMs = options.timeoutMs ?? TIMEOUT_MS;
  return new MongoReadModels(connectionTo(url, { clock, timeoutMs: callMs, logger }), clock, callMs, options);
};
