import type { Position } from '../event-store';
import type { Fence, LeaseRecords } from '../lease';

export type Scalar = string | number | boolean | null;

/** A document: plain JSON with a text `id`. Engines store `lastPosition` beside it, not in it. */
export type Document = { readonly id: string };

/**
 * An index that a query may use: fields in order, dot paths allowed (`price.amountMinor`). A query's `where` fields
 * come first, then at most one range. A field has one type in all documents, or null, or is absent (the same); null
 * sorts first.
 */
export type Index = { readonly name: string; readonly fields: readonly string[] };

/** The declaration of a collection. Its physical name has the version: `order_details_v2`. */
export type CollectionSpec = {
  /** snake_case, e.g. `order_details`. */
  readonly name: string;
  /**
   * The version of the documents' shape, from 1; a new one is a new collection, built beside the old one, then
   * promoted.
   */
  readonly version: number;
  readonly indexes: readonly Index[];
  /** The fields whose words `search` finds. */
  readonly searchFields?: readonly string[];
  /** JSON Schema of a document, for engines that validate and for analysts. */
  readonly schema: object;
};

/** Bounds on one field of an index. */
export type Range = {
  readonly gte?: Scalar | undefined;
  readonly gt?: Scalar | undefined;
  readonly lte?: Scalar | undefined;
  readonly lt?: Scalar | undefined;
};

/** Conditions that no index serves. */
export type Filter = {
  /** Bounds by field. Null and absent are within none. */
  readonly within: Readonly<Record<string, Range>>;
  /** The engine looks at about so many documents of the list, from the cursor on, and no further. 1 to 100,000. */
  readonly lookedAtMax: number;
};

export type Query = {
  /** The name of a declared index, or `id`, which every collection has. */
  readonly index: string;
  /** Equalities on the index's first fields; null also means absent. The other fields, then the id, sort the result. */
  readonly where?: Readonly<Record<string, Scalar>> | undefined;
  /** Bounds on the index's field after those of `where`. */
  readonly range?: Range | undefined;
  /** Leaves out the documents that are not within all of its bounds. */
  readonly filter?: Filter | undefined;
  readonly order?: 'ascending' | 'descending' | undefined;
  /** The number of documents: 1 to 1000. */
  readonly first: number;
  /** A cursor of another page of the same query, whichever way that one was read. */
  readonly after?: string | undefined;
  /** Reads from the end of the list, or from the cursor, towards its start. The page is in the list's order. Default no. */
  readonly backwards?: boolean | undefined;
};

/** A list or a search, without its page. */
export type Selection =
  Pick<Query, 'index' | 'where' | 'range' | 'filter'> | Pick<SearchQuery, 'text' | 'where'>;

export type SearchQuery = {
  /**
   * The words to find, without case and accents; a document matches if it has each of them, the last one as a prefix.
   * At most 500 characters. The order is the engine's own, and stays the same under writes.
   */
  readonly text: string;
  /** Equalities on fields of any declared index. */
  readonly where?: Readonly<Record<string, Scalar>>;
  readonly first: number;
  readonly after?: string | undefined;
  /** As in `Query`. */
  readonly backwards?: boolean | undefined;
};

/** A word, or the beginning of one. */
export type WordPattern = {
  /** Without case and accents. */
  readonly word: string;
  /** The word with its accents, for an engine that removes fewer accents than `word` lacks. */
  readonly written?: string | undefined;
  readonly isPrefix?: boolean | undefined;
};

export type MatchQuery = {
  /** A document matches if it has a word of each of these sets of alternatives. None match nothing. */
  readonly terms: readonly (readonly WordPattern[])[];
  /** Equalities on fields of any declared index. */
  readonly where?: Readonly<Record<string, Scalar>> | undefined;
  /** 1 to 10,000. If more match, the engine chooses which of them it returns. */
  readonly max: number;
};

export type Page<D> = {
  readonly items: readonly { readonly document: D; readonly cursor: string }[];
  /** Whether there is more in the direction of reading. */
  readonly hasMore: boolean;
};

/** A batch of a projection. A document occurs at most once. */
export type WriteBatch = {
  readonly collection: CollectionSpec;
  readonly upserts: readonly { readonly document: Document; readonly position: Position }[];
  readonly deletes: readonly { readonly id: string; readonly position: Position }[];
  /**
   * The position up to which the projection has processed all events; stored in the same write, or after it if the
   * engine has no such write. Undefined for a piece of a batch that is not the last: the checkpoint stays.
   */
  readonly position: Position | undefined;
  /** Set for a projection under a lease: the write is rejected once another process has the lease. */
  readonly fence?: Fence | undefined;
  /**
   * True to write and delete documents that are as new as the stored ones too, to correct them. Only for a collection
   * that nothing else writes meanwhile. Default false.
   */
  readonly replaces?: boolean | undefined;
};

/** A stored document. `lastPosition`: of the event that last changed it. */
export type Stored<D> = { readonly document: D; readonly lastPosition: Position };

/** A query for the number of documents by the values of some fields, and sums of numeric fields. */
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
 * Storage of documents that can be rebuilt. Every engine passes tests/contract/read-models.contract.ts. A collection
 * that does not exist, or was dropped, reads as empty. Returned documents must not be changed. All calls throw Fault
 * `READ_MODELS_UNAVAILABLE` (retryable) if the engine cannot be reached in time.
 */
export interface ReadModels {
  /** The leases of the projections, and of other work that one process at a time may do. */
  readonly leases: LeaseRecords;
  /** Makes the collection and its missing indexes; keeps the stored documents. */
  ensure(spec: CollectionSpec): Promise<void>;
  get<D extends Document>(spec: CollectionSpec, id: string): Promise<Stored<D> | undefined>;
  /** Returns documents in no particular order, without missing ids. */
  getMany<D extends Document>(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Stored<D>[]>;
  /** @throws Fault `QUERY_INVALID` for an undeclared index, a cursor of another query, or `first` out of range. */
  list<D extends Document>(spec: CollectionSpec, query: Query): Promise<Page<D>>;
  search<D extends Document>(spec: CollectionSpec, query: SearchQuery): Promise<Page<D>>;
  /**
   * Returns the documents that match, in no particular order, for a caller that ranks them.
   *
   * @throws Fault `QUERY_INVALID`
   */
  match<D extends Document>(spec: CollectionSpec, query: MatchQuery): Promise<readonly D[]>;
  /**
   * Writes documents that are newer than the stored ones (`lastPosition < position`), so a batch may be repeated. A
   * deletion is remembered with its position while an older write may still arrive, which then does not bring the
   * document back.
   *
   * @throws DocumentsRefused if the engine will never store some of the documents.
   * @throws Fault `LEASE_LOST` if the fence's term has ended. So do `drop` and `promote`.
   */
  write(batch: WriteBatch): Promise<void>;
  /** Returns the last written position of the collection. */
  checkpoint(spec: CollectionSpec): Promise<Position | undefined>;
  count(spec: CollectionSpec): Promise<number>;
  /**
   * Returns how many documents a list or a search finds, but at most `max`. It looks at no more than that many.
   *
   * @throws Fault `QUERY_INVALID`
   */
  countUpTo(spec: CollectionSpec, selection: Selection, max: number): Promise<number>;
  aggregate(spec: CollectionSpec, query: AggregateQuery): Promise<readonly AggregateRow[]>;
  /** Removes the collection of that version, its indexes and its checkpoint. */
  drop(spec: CollectionSpec, fence?: Fence): Promise<void>;
  /** Returns the version that readers must use; undefined before the first `promote`. */
  promoted(name: string): Promise<number | undefined>;
  promote(spec: CollectionSpec, fence?: Fence): Promise<void>;
  close(): Promise<void>;
}
