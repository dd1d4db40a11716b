import type { Position, RecordedEvent } from '../event-store';
import type { Document } from '../read-models';
import type { Projection } from './projection';

/** A loaded document (`undefined`: absent), and the event that last changed it. */
export type LoadedDocument = {
  readonly document: Document | undefined;
  readonly lastPosition: Position | undefined;
};

/** An event on which a projection's code failed, or whose document the engine does not store. */
export type FailedEvent = {
  readonly event: RecordedEvent;
  readonly reason: string;
  /** The only document without it, because the engine does not store it. Absent: no document has it. */
  readonly document?: string;
};

/** An event with the ids of the documents that it changes. */
export type EventTargets = { readonly event: RecordedEvent; readonly ids: readonly string[] };

export type FoldResult = {
  /** Ids of the documents that were added, removed or changed. */
  readonly changed: ReadonlySet<string>;
  readonly poison: readonly FailedEvent[];
};

const nothing: LoadedDocument = { document: undefined, lastPosition: undefined };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const handles = (projection: Projection, { type }: RecordedEvent): boolean =>
  Object.hasOwn(projection.handlers, type);

/** Returns the documents of each event; an event for which that fails is poison. */
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
 * Applies events, in order, to the documents in `held`, which then contains the results. A document ignores an event
 * that it has seen; an event that fails on one of its documents changes none of them.
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
 * Folds one document from events: for time travel (`events` up to a moment) and for reading one's own write (`from`:
 * the document as read, `events`: one's own). Like the runtime, except for an event that fails on another document,
 * which is not detected.
 *
 * @param events - in order; those of other documents may be among them.
 * @returns undefined if there is no such document.
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
