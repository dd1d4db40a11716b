import type { RecordedEvent } from '../event-store';
import type { CollectionSpec, Document } from '../read-models';

/** An event of a type that a projection knows, with its data typed. */
export type EventOf<Fact extends { readonly type: string; readonly data: object }> = Omit<
  RecordedEvent,
  'type' | 'data'
> &
  Fact;

/**
 * How one kind of event changes documents: which ones it touches, and what becomes of each (`undefined`: it goes, or stays
 * away). Pure; the runtime loads, orders, batches and writes. It never refuses: a recorded fact is interpreted, not judged.
 */
export type Handler<D extends Document, Fact extends { readonly type: string; readonly data: object }> = {
  readonly ids: (event: EventOf<Fact>) => readonly string[];
  readonly evolve: (document: D | undefined, event: EventOf<Fact>, id: string) => D | undefined;
};

/** A read model as the machinery sees it. `readModel` makes one from its declaration. */
export type Projection<
  D extends Document = Document,
  Fact extends { readonly type: string; readonly data: object } = {
    readonly type: string;
    readonly data: object;
  },
> = {
  /** The question that its documents answer, for people. */
  readonly question: string;
  readonly collection: CollectionSpec;
  readonly handlers: { readonly [Type in Fact['type']]: Handler<D, Extract<Fact, { type: Type }>> };
  /**
   * The version before this one, as its code was. Needed where these handlers cannot take a document of that version: the copy
   * that serves while this version is built is then kept by those.
   */
  readonly predecessor?: AnyProjection;
};

/** Any projection at all, for lists of them. */
export type AnyProjection = Projection<never, never>;
