import type { RecordedEvent } from '../event-store';
import type { CollectionSpec, Document } from '../read-models';

/** An event of a handled type, with typed data. */
export type EventOf<Fact extends { readonly type: string; readonly data: object }> = Omit<
  RecordedEvent,
  'type' | 'data'
> &
  Fact;

/**
 * The handler of one event type: `ids` returns the documents that it changes, `evolve` the new value of each
 * (`undefined`: removed, or still absent). Pure; the runtime loads, orders, batches and writes. It never rejects: a
 * recorded event is interpreted, not judged.
 */
export type Handler<D extends Document, Fact extends { readonly type: string; readonly data: object }> = {
  readonly ids: (event: EventOf<Fact>) => readonly string[];
  readonly evolve: (document: D | undefined, event: EventOf<Fact>, id: string) => D | undefined;
};

/** A read model for the runtime. `readModel` makes one from its declaration. */
export type Projection<
  D extends Document = Document,
  Fact extends { readonly type: string; readonly data: object } = {
    readonly type: string;
    readonly data: object;
  },
> = {
  /** The question that its documents answer, for the documentation. */
  readonly question: string;
  readonly collection: CollectionSpec;
  readonly handlers: { readonly [Type in Fact['type']]: Handler<D, Extract<Fact, { type: Type }>> };
  /**
   * The code of the previous version. Needed if these handlers cannot read a document of that version: the serving copy
   * is then updated by that code while this version is built.
   */
  readonly predecessor?: AnyProjection;
};

/** The fingerprints of the code that decides the documents of read models, by their names. */
export type Fingerprints = ReadonlyMap<string, string>;

/** A projection of any type, for lists. */
export type AnyProjection = Projection<never, never>;
