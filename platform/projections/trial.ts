import type { RecordedEvent } from '../event-store';
import { foldInto, handles, targetsOf, type LoadedDocument } from './fold';
import type { AnyProjection, Projection } from './projection';

/** Folds events into some documents of a projection, in memory, beside its read model. Writes nothing. */
export class ProjectionTrial {
  readonly name: string;
  private readonly projection: Projection;
  private readonly documents = new Map<string, LoadedDocument>();

  /** @param isMine - whether a document of that id, or a stream of that name, is looked at here. */
  constructor(
    projection: AnyProjection,
    private readonly isMine: (id: string) => boolean,
  ) {
    this.name = projection.collection.name;
    this.projection = projection;
  }

  /** Returns the documents, by their ids. */
  found(): ReadonlyMap<string, object> {
    const entries = [...this.documents].flatMap(([id, { document }]): [string, object][] =>
      document === undefined ? [] : [[id, document]],
    );
    return new Map(entries);
  }

  /** @returns the reason why the code fails on the event; undefined where it does not. */
  see(event: RecordedEvent): string | undefined {
    if (!handles(this.projection, event)) return undefined;
    const { targets, failed } = targetsOf(this.projection, [event]);
    const mine = targets.map(({ ids }) => ({ event, ids: ids.filter((id) => this.isMine(id)) }));
    const folded = foldInto(this.documents, this.projection, mine);
    // An event whose documents cannot be named is reported where its stream is folded.
    const unnamed = this.isMine(event.stream) ? failed : [];
    return [...unnamed, ...folded.failed][0]?.reason;
  }
}
