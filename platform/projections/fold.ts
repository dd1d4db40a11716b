import type { Position, RecordedEvent } from '../event-store';
import type { Document } from '../read-models';
import type { Projection } from './projection';

/** A document in the hand: what it is now (`undefined`: not there), and by which event it came to be so. */
export type LoadedDocument = {
  readonly document: Document | undefined;
  readonly lastPosition: Position | undefined;
};

/** An event that a projection's code could not take, or whose document the engine does not store. */
export type FailedEvent = {
  readonly event: RecordedEvent;
  readonly reason: string;
  /** The one document that goes without it, because the engine does not store it. Absent: none has it. */
  readonly document?: string;
};

/** An event with the documents that it touches. */
export type EventTargets = { readonly event: RecordedEvent; readonly ids: readonly string[] };

export type FoldResult = {
  /** Ids of the documents that came, went or changed. */
  readonly changed: ReadonlySet<string>;
  readonly poison: readonly FailedEvent[];
};

const nothing: LoadedDocument = { document: undefined, lastPosition: undefined };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const handles = (projection: Projection, { type }: RecordedEvent): boolean =>
  Object.hasOwn(projection.handlers, type);

/** Which documents each event touches; an event that can't even say that is poison. */
export const touchedBy = (
  projection: Projection,
  events: readonly RecordedEvent[],
): { readonly touching: readonly EventTargets[]; readonly poison: readonly FailedEvent[] } => {
  const touching: EventTargets[] = [];
  const poison: FailedEvent[] = [];
  for (const event of events) {
    if (!handles(projection, event)) continue;
    try {
      const ids = projection.handlers[event.type]?.ids(event) ?? [];
      touching.push({ event, ids: [...new Set(ids)] });
    } catch (error) {
      poison.push({ event, reason: reasonOf(error) });
    }
  }
  return { touching, poison };
};

/**
 * Applies events, in order, to the documents in `held`, which then holds what became of them. A document that has seen an
 * event does not see it again; an event that fails on one of its documents changes none of them.
 */
export const foldInto = (
  held: Map<string, LoadedDocument>,
  projection: Projection,
  touching: readonly EventTargets[],
): FoldResult => {
  const changed = new Set<string>();
  const poison: FailedEvent[] = [];
  for (const { event, ids } of touching) {
    try {
      const next = evolved(held, projection, { event, ids });
      for (const [id, document] of next) {
        held.set(id, { document, lastPosition: event.position });
        changed.add(id);
      }
    } catch (error) {
      poison.push({ event, reason: reasonOf(error) });
    }
  }
  return { changed, poison };
};

const evolved = (
  held: ReadonlyMap<string, LoadedDocument>,
  { handlers }: Projection,
  { event, ids }: EventTargets,
): readonly (readonly [string, Document | undefined])[] =>
  ids.flatMap((id) => {
    const { document, lastPosition } = held.get(id) ?? nothing;
    if (lastPosition !== undefined && lastPosition >= event.position) return [];
    const next = handlers[event.type]?.evolve(document, event, id);
    return next === document ? [] : [[id, next] as const];
  });

/**
 * Folds one document from events: for time travel (`events` up to a moment) and for reading what one has just written
 * (`from`: the document as it was read, `events`: one's own). As the runtime would, but for an event that fails on another
 * document: of that it cannot know.
 *
 * @param events - in order; those that do not touch the document may be among them.
 * @returns undefined where there is no such document.
 */
export const foldDocument = <D extends Document, F extends { readonly type: string; readonly data: object }>(
  projection: Projection<D, F>,
  id: string,
  events: readonly RecordedEvent[],
  from?: { readonly document: D; readonly lastPosition: Position },
): D | undefined => {
  const wide = projection as unknown as Projection;
  const held = new Map<string, LoadedDocument>(from ? [[id, from]] : []);
  const { touching } = touchedBy(wide, events);
  foldInto(
    held,
    wide,
    touching.filter(({ ids }) => ids.includes(id)).map(({ event }) => ({ event, ids: [id] })),
  );
  return held.get(id)?.document as D | undefined;
};
