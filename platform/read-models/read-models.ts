import type { Position } from '../event-store';
import type { Fence, LeaseRecords } from '../lease';

export type Scalar = string | number | boolean | null;

/** A document: plain JSON with a text `id`. Engines keep `lastPosition` beside it, not in it. */
export type Document = { readonly id: string };

/**
 * An index that a query may use: fields in order, dot paths allowed (`price.amountMinor`). A query's `where` fields come
 * first, then at most one range. A field is of one type in all documents, or null, or absent (which is the same); null
 * comes before everything else.
 */
export type Index = { readonly name: string; readonly fields: readonly string[] };

/** Declares a collection. Its physical name carries the version: `order_details_v2`. */
export type CollectionSpec = {
  /** snake_case, e.g. `order_details`. */
  readonly name: string;
  /** Counts the shapes from 1; a new one is a new collection, built beside the old one, then swapped. */
  readonly version: number;
  readonly indexes: readonly Index[];
  /** Fields whose words `search` finds. */
  readonly searchFields?: readonly string[];
  /** JSON Schema of a document, for engines that validate and for analysts who read. */
  readonly schema: object;
};

export type Query = {
  /** Name of the declared index that serves it, or `id`, which every collection has. */
  readonly index: string;
  /** Equalities on the index's first fields; null also means absent. The rest of its fields, then the id, sort the answer. */
  readonly where?: Readonly<Record<string, Scalar>>;
  /** Bounds on the index's field after those of `where`. */
  readonly range?: {
    readonly gte?: Scalar;
    readonly gt?: Scalar;
    readonly lte?: Scalar;
    readonly lt?: Scalar;
  };
  readonly order?: 'ascending' | 'descending';
  /** 1 to 1000. */
  readonly first: number;
  /** A cursor of an earlier page of the same query. */
  readonly after?: string;
};

export type SearchQuery = {
  /**
   * Words, case and accents aside; a document matches when it has each of them, the last one as a prefix. At most 500
   * characters. The order is the engine's own, and stays as it is under writes.
   */
  readonly text: string;
  /** Equalities on fields that some index declares. */
  readonly where?: Readonly<Record<string, Scalar>>;
  readonly first: number;
  readonly after?: string;
};

export type Page<D> = {
  readonly items: readonly { readonly document: D; readonly cursor: string }[];
  readonly hasMore: boolean;
};

/** What a projection writes at once. A document at most once a batch. */
export type WriteBatch = {
  readonly collection: CollectionSpec;
  readonly upserts: readonly { readonly document: Document; readonly position: Position }[];
  readonly deletes: readonly { readonly id: string; readonly position: Position }[];
  /** The projection has seen everything up to here; stored in the same write, or after it where the engine has no such write. */
  readonly position: Position;
  /** Where the projection is kept under a lease: the write is refused once that is another's. */
  readonly fence?: Fence;
};

/** `lastPosition`: of the event that last changed the document. */
export type Stored<D> = { readonly document: D; readonly lastPosition: Position };

/** A count of documents by the values of some fields, and sums of numeric ones. */
export type AggregateQuery = {
  readonly where?: Readonly<Record<string, Scalar>>;
  readonly groupBy: readonly string[];
  readonly sum?: readonly string[];
};
export type AggregateRow = {
  readonly group: Readonly<Record<string, Scalar>>;
  readonly count: number;
  readonly sums: Readonly<Record<string, number>>;
};

/**
 * Documents that can be thrown away and built again. Every engine passes tests/contract/read-models.contract.ts. A
 * collection that was never made, or was dropped, reads as empty. Documents that are handed out are not to be changed.
 * All calls throw Fault `READ_MODELS_UNAVAILABLE` (retryable) when the engine can't be reached in time.
 */
export interface ReadModels {
  /** Who keeps the read models, and does other work that one process at a time may do. */
  readonly leases: LeaseRecords;
  /** Makes the collection and its indexes where absent; keeps what is there. */
  ensure(spec: CollectionSpec): Promise<void>;
  get<D extends Document>(spec: CollectionSpec, id: string): Promise<Stored<D> | undefined>;
  /** In no particular order; ids that are missing are left out. */
  getMany<D extends Document>(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Stored<D>[]>;
  /** @throws Fault `QUERY_INVALID` for an undeclared index, a cursor of another query, or `first` out of range. */
  list<D extends Document>(spec: CollectionSpec, query: Query): Promise<Page<D>>;
  search<D extends Document>(spec: CollectionSpec, query: SearchQuery): Promise<Page<D>>;
  /**
   * Writes what is newer than what is there (`lastPosition < position`), so a batch may be sent again. A deletion is
   * remembered with its position for as long as an older write may still arrive: that one does not bring the document back.
   *
   * @throws DocumentsRefused when the engine will never store some of the documents.
   * @throws Fault `LEASE_LOST` when the fence's term is over. So do `drop` and `promote`.
   */
  write(batch: WriteBatch): Promise<void>;
  /** The position last written for the collection. */
  checkpoint(spec: CollectionSpec): Promise<Position | undefined>;
  count(spec: CollectionSpec): Promise<number>;
  aggregate(spec: CollectionSpec, query: AggregateQuery): Promise<readonly AggregateRow[]>;
  /** Removes the collection of that version, its indexes and its checkpoint. */
  drop(spec: CollectionSpec, fence?: Fence): Promise<void>;
  /** Which version readers are to use (blue/green); undefined before the first `promote`. */
  promoted(name: string): Promise<number | undefined>;
  promote(spec: CollectionSpec, fence?: Fence): Promise<void>;
  close(): Promise<void>;
}
