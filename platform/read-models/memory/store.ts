import { LRUCache } from 'lru-cache';
import type { Position } from '../../event-store';
import { Fault } from '../../faults';
import { MemoryLeaseRecords, type Fence } from '../../lease';
import type {
  AggregateQuery,
  AggregateRow,
  CollectionSpec,
  Document,
  MatchQuery,
  Page,
  Query,
  ReadModels,
  Scalar,
  SearchQuery,
  Selection,
  Stored,
  WriteBatch,
} from '../read-models';
import {
  aggregatePlanOf,
  declarationOf,
  equalityHolds,
  listAmong,
  listedAmong,
  matchPlanOf,
  pageOf,
  planOf,
  scalarAt,
  searchPlanOf,
  type SearchPlan,
} from '../query';
import { matchesTerms, matchesWords } from './matching';
import { atMostEntries } from '../../lru';

type Row = Stored<Document> & { readonly number: number };
type Collection = {
  readonly rows: Map<string, Row>;
  /** Positions of the latest deletions, by id. */
  readonly deleted: LRUCache<string, Position>;
  checkpoint: Position | undefined;
};

const DELETIONS_KEPT_MAX = 10_000;

/** Read models in a plain map that is scanned for every query: for specs, for simulation, and for moments of the past. */
class MemoryReadModels implements ReadModels {
  readonly leases = new MemoryLeaseRecords();
  private readonly collections = new Map<string, Collection>();
  private readonly promotedVersions = new Map<string, number>();
  private nextNumber = 1;
  private isClosed = false;

  async ensure(spec: CollectionSpec): Promise<void> {
    await this.checkOpen();
    const { physicalName } = declarationOf(spec);
    if (!this.collections.has(physicalName))
      this.collections.set(physicalName, {
        rows: new Map(),
        deleted: new LRUCache(atMostEntries(DELETIONS_KEPT_MAX)),
        checkpoint: undefined,
      });
  }

  async get<D extends Document>(spec: CollectionSpec, id: string): Promise<Stored<D> | undefined> {
    const [found] = await this.getMany<D>(spec, [id]);
    return found;
  }

  async getMany<D extends Document>(
    spec: CollectionSpec,
    ids: readonly string[],
  ): Promise<readonly Stored<D>[]> {
    await this.checkOpen();
    const rows = this.rowsOf(spec);
    return [...new Set(ids)].flatMap((id) => {
      const row = rows.get(id);
      return row ? [{ document: row.document as D, lastPosition: row.lastPosition }] : [];
    });
  }

  async list<D extends Document>(spec: CollectionSpec, query: Query): Promise<Page<D>> {
    await this.checkOpen();
    return listAmong(spec, this.documents<D>(spec), query);
  }

  async search<D extends Document>(spec: CollectionSpec, query: SearchQuery): Promise<Page<D>> {
    await this.checkOpen();
    const plan = searchPlanOf(spec, query);
    return pageOf(
      plan,
      this.found(spec, plan),
      ({ document }) => document as D,
      ({ id }, { number }) => plan.cursorOf(number, id),
    );
  }

  async countUpTo(spec: CollectionSpec, selection: Selection, max: number): Promise<number> {
    await this.checkOpen();
    const found =
      'text' in selection
        ? this.found(spec, searchPlanOf(spec, { ...selection, first: 1 }))
        : listedAmong(this.documents(spec), planOf(spec, { ...selection, first: 1 }));
    return Math.min(found.length, max);
  }

  async match<D extends Document>(spec: CollectionSpec, query: MatchQuery): Promise<readonly D[]> {
    await this.checkOpen();
    const { terms, equalities, max } = matchPlanOf(spec, query);
    const { searchFields } = declarationOf(spec);
    return this.documents<D>(spec)
      .filter((document) => equalities.every(equalityHolds(document)))
      .filter((document) => matchesTerms(document, searchFields, terms))
      .slice(0, max);
  }

  async write({
    collection,
    upserts,
    deletes,
    position,
    fence,
    replaces = false,
  }: WriteBatch): Promise<void> {
    await this.checkOpen();
    this.leases.check(fence);
    const there = this.collections.get(declarationOf(collection).physicalName);
    if (!there) throw new Error(`${collection.name} was not ensured`);
    const isNewer = (id: string, than: Position): boolean =>
      replaces || (there.rows.get(id)?.lastPosition ?? there.deleted.get(id) ?? '') < than;
    for (const upsert of upserts) {
      const { id } = upsert.document;
      if (!isNewer(id, upsert.position)) continue;
      const document = JSON.parse(JSON.stringify(upsert.document)) as Document;
      const number = there.rows.get(id)?.number ?? this.nextNumber++;
      there.rows.set(id, { document, lastPosition: upsert.position, number });
      there.deleted.delete(id);
    }
    for (const { id, position: at } of deletes)
      if (isNewer(id, at)) {
        there.rows.delete(id);
        there.deleted.set(id, at);
      }
    if (position !== undefined && (there.checkpoint ?? '') < position) there.checkpoint = position;
  }

  async checkpoint(spec: CollectionSpec): Promise<Position | undefined> {
    await this.checkOpen();
    return this.collections.get(declarationOf(spec).physicalName)?.checkpoint;
  }

  async count(spec: CollectionSpec): Promise<number> {
    await this.checkOpen();
    return this.rowsOf(spec).size;
  }

  async aggregate(spec: CollectionSpec, query: AggregateQuery): Promise<readonly AggregateRow[]> {
    await this.checkOpen();
    const plan = aggregatePlanOf(query);
    const groups = new Map<string, { group: Record<string, Scalar>; documents: Document[] }>();
    for (const { document } of this.rowsOf(spec).values()) {
      if (!plan.equalities.every(equalityHolds(document))) continue;
      const group = Object.fromEntries(plan.groupBy.map((field) => [field, scalarAt(document, field)]));
      const key = JSON.stringify(group);
      const rest = groups.get(key) ?? { group, documents: [] };
      rest.documents.push(document);
      groups.set(key, rest);
    }
    // Without groups there is one row, even for no documents.
    if (plan.groupBy.length === 0 && groups.size === 0) groups.set('{}', { group: {}, documents: [] });
    const sumOf = (documents: readonly Document[], field: string): number =>
      documents.reduce((sum, document) => {
        const value = scalarAt(document, field);
        return sum + (typeof value === 'number' ? value : 0);
      }, 0);
    return [...groups.values()].map(({ group, documents }) => ({
      group,
      count: documents.length,
      sums: Object.fromEntries(plan.sum.map((field) => [field, sumOf(documents, field)])),
    }));
  }

  async drop(spec: CollectionSpec, fence?: Fence): Promise<void> {
    await this.checkOpen();
    this.leases.check(fence);
    this.collections.delete(declarationOf(spec).physicalName);
  }

  async promoted(name: string): Promise<number | undefined> {
    await this.checkOpen();
    return this.promotedVersions.get(name);
  }

  async promote({ name, version }: CollectionSpec, fence?: Fence): Promise<void> {
    await this.checkOpen();
    this.leases.check(fence);
    this.promotedVersions.set(name, version);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  private documents<D extends Document>(spec: CollectionSpec): D[] {
    return [...this.rowsOf(spec).values()].map(({ document }) => document as D);
  }

  private found(spec: CollectionSpec, plan: SearchPlan): readonly Row[] {
    const { searchFields } = declarationOf(spec);
    const sign = plan.backwards ? -1 : 1;
    const after = plan.after?.values[0];
    const isAfter = (number: number): boolean => after === undefined || sign * (number - Number(after)) > 0;
    return [...this.rowsOf(spec).values()]
      .filter(({ document, number }) => isAfter(number) && plan.equalities.every(equalityHolds(document)))
      .filter(({ document }) => matchesWords(document, searchFields, plan.words))
      .sort((left, right) => sign * (left.number - right.number));
  }

  private rowsOf(spec: CollectionSpec): ReadonlyMap<string, Row> {
    return this.collections.get(declarationOf(spec).physicalName)?.rows ?? new Map<string, Row>();
  }

  /** Makes every answer asynchronous, so that callers cannot depend on the opposite. */
  private async checkOpen(): Promise<void> {
    if (this.isClosed) throw new Fault('READ_MODELS_UNAVAILABLE', 'The read models are closed');
    await Promise.resolve();
  }
}

/** Opens read models in memory: for specs and simulation, and for moments of the past, which are small. */
export const memoryReadModels = (): ReadModels => new MemoryReadModels();
