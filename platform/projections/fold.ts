import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position, RecordedEvent } from '../event-store';
import type { Document } from '../read-models';
import type { AnyProjection, Projection } from './projection';

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
  readonly failed: readonly FailedEvent[];
};

const ABSENT: LoadedDocument = { document: undefined, lastPosition: undefined };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const handles = (projection: Projection, { type }: RecordedEvent): boolean =>
  Object.hasOwn(projection.handlers, type);

/** Returns the documents of each event; `failed`: the events for which that throws. */
export const targetsOf = (
  projection: Projection,
  events: readonly RecordedEvent[],
): { readonly targets: readonly EventTargets[]; readonly failed: readonly FailedEvent[] } => {
  const targets: EventTargets[] = [];
  const failed: FailedEvent[] = [];
  for (const event of events) {
    if (!handles(projection, event)) continue;
    try {
      const ids = projection.handlers[event.type]?.ids(event) ?? [];
      targets.push({ event, ids: [...new Set(ids)] });
    } catch (error) {
      failed.push({ event, reason: reasonOf(error) });
    }
  }
  return { targets, failed };
};

/**
 * Applies events, in order, to `documents`, which then contains the results. A document ignores an event that it already
 * includes; an event that fails on one of its documents changes none of them.
 */
export const foldInto = (
  documents: Map<string, LoadedDocument>,
  projection: Projection,
  targets: readonly EventTargets[],
): FoldResult => {
  const changed = new Set<string>();
  const failed: FailedEvent[] = [];
  for (const { event, ids } of targets) {
    try {
      const next = evolvedDocuments(documents, projection, { event, ids });
      for (const [id, document] of next) {
        documents.set(id, { document, lastPosition: event.position });
        changed.add(id);
      }
    } catch (error) {
      failed.push({ event, reason: reasonOf(error) });
    }
  }
  return { changed, failed };
};

/** The most events that are folded while nothing else in this process runs. */
const TURN = 512;

/** Applies events like `foldInto`, and lets other work of this process run from time to time. */
export const foldInTurns = async (
  documents: Map<string, LoadedDocument>,
  projection: Projection,
  targets: readonly EventTargets[],
): Promise<FoldResult> => {
  const changed = new Set<string>();
  const failed: FailedEvent[] = [];
  for (let at = 0; at < targets.length; at += TURN) {
    if (at > 0) await nextTurn();
    const result = foldInto(documents, projection, targets.slice(at, at + TURN));
    for (const id of result.changed) changed.add(id);
    failed.push(...result.failed);
  }
  return { changed, failed };
};

const evolvedDocuments = (
  documents: ReadonlyMap<string, LoadedDocument>,
  { handlers }: Projection,
  { event, ids }: EventTargets,
): readonly (readonly [string, Document | undefined])[] =>
  ids.flatMap((id) => {
    const { document, lastPosition } = documents.get(id) ?? ABSENT;
    if (lastPosition !== undefined && lastPosition >= event.position) return [];
    const next = handlers[event.type]?.evolve(document, event, id);
    return next === document ? [] : [[id, next] as const];
  });

/**
 * Returns a document after an event, at any position; unchanged by an event that is not its own, or on which the code
 * fails.
 */
export const appliedTo = (
  document: Document | undefined,
  projection: AnyProjection,
  id: string,
  event: RecordedEvent,
): Document | undefined => {
  const documents = new Map<string, LoadedDocument>([[id, { document, lastPosition: undefined }]]);
  const { targets } = targetsOf(projection, [event]);
  foldInto(
    documents,
    projection,
    targets.filter(({ ids }) => ids.includes(id)).map(() => ({ event, ids: [id] })),
  );
  return documents.get(id)?.document;
};

/**
 * Folds one document from events: to show a caller its own write (`from`: the document as read, `events`: the caller's). An event that fails on another document is not detected, unlike in the
 * runtime.
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
  const untyped = projection as unknown as Projection;
  const documents = new Map<string, LoadedDocument>(from ? [[id, from]] : []);
  const { targets } = targetsOf(untyped, events);
  foldInto(
    documents,
    untyped,
    targets.filter(({ ids }) => ids.includes(id)).map(({ event }) => ({ event, ids: [id] })),
  );
  return documents.get(id)?.document as D | undefined;
};
