import { leaseLost, type Term } from '../lease';
import { isFault } from '../faults';
import type {
  AggregateQuery,
  CollectionSpec,
  Document,
  MatchQuery,
  Query,
  ReadModels,
  SearchQuery,
  Selection,
  WriteBatch,
} from './read-models';

/** The same read models for the holder of a lease: changes are made only in its term, and a rejected change ends it. */
class FencedReadModels implements ReadModels {
  readonly leases: ReadModels['leases'];

  constructor(
    private readonly inner: ReadModels,
    private readonly term: Pick<Term, 'fence' | 'holds' | 'end'>,
  ) {
    this.leases = inner.leases;
  }

  ensure(spec: CollectionSpec) {
    return this.inner.ensure(spec);
  }
  get<D extends Document>(spec: CollectionSpec, id: string) {
    return this.inner.get<D>(spec, id);
  }
  getMany<D extends Document>(spec: CollectionSpec, ids: readonly string[]) {
    return this.inner.getMany<D>(spec, ids);
  }
  list<D extends Document>(spec: CollectionSpec, query: Query) {
    return this.inner.list<D>(spec, query);
  }
  search<D extends Document>(spec: CollectionSpec, query: SearchQuery) {
    return this.inner.search<D>(spec, query);
  }
  match<D extends Document>(spec: CollectionSpec, query: MatchQuery) {
    return this.inner.match<D>(spec, query);
  }
  write(batch: WriteBatch) {
    const { fence } = this.term;
    return this.inTerm(() => this.inner.write({ ...batch, fence }));
  }
  checkpoint(spec: CollectionSpec) {
    return this.inner.checkpoint(spec);
  }
  count(spec: CollectionSpec) {
    return this.inner.count(spec);
  }
  countUpTo(spec: CollectionSpec, selection: Selection, max: number) {
    return this.inner.countUpTo(spec, selection, max);
  }
  aggregate(spec: CollectionSpec, query: AggregateQuery) {
    return this.inner.aggregate(spec, query);
  }
  drop(spec: CollectionSpec) {
    return this.inTerm(() => this.inner.drop(spec, this.term.fence));
  }
  promoted(name: string) {
    return this.inner.promoted(name);
  }
  promote(spec: CollectionSpec) {
    return this.inTerm(() => this.inner.promote(spec, this.term.fence));
  }
  close() {
    return this.inner.close();
  }

  private async inTerm(change: () => Promise<void>): Promise<void> {
    // Not sent at all once the lease may be another's: the engine's own check is for changes in flight.
    if (!this.term.holds()) throw leaseLost(this.term.fence);
    try {
      await change();
    } catch (error) {
      if (isFault(error, 'LEASE_LOST')) this.term.end('A write was refused: another has begun a term');
      throw error;
    }
  }
}

/** Wraps read models. @param term - the term in which they may be changed. */
export const fenced = (readModels: ReadModels, term: Pick<Term, 'fence' | 'holds' | 'end'>): ReadModels =>
  new FencedReadModels(readModels, term);
