import type { Clock } from '../../platform/clock';
import type { EventStore, Position } from '../../platform/event-store';
import type { ReadModels } from '../../platform/read-models';
import { ownCopyOf, verifyProjection, type AnyProjection } from '../../platform/projections';
import type { Breach } from './breach';

export type ReadModelReport = {
  readonly name: string;
  readonly version: number;
  readonly documents: number;
  readonly differing: number;
  /** Events that its code could not process. */
  readonly poison: number;
  /** Events that it has not processed yet. */
  readonly behind: number;
  /** Whether no copy was built by this version of the code, so that nothing could be compared. */
  readonly foreign: boolean;
  /** All events up to here were compared; null where there was none. */
  readonly position: Position | null;
};

export type ReadModelsReport = {
  readonly readModels: readonly ReadModelReport[];
  readonly breaches: readonly Breach[];
};

type Deps = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly readModels: ReadModels;
  readonly clock: Clock;
};

const differencesMax = 5;

/** Counts the events after a position that a projection handles. */
const countAfter = async (
  store: Pick<EventStore, 'readAll'>,
  { handlers }: AnyProjection,
  position: Position | undefined,
): Promise<number> => {
  let count = 0;
  for await (const { type } of store.readAll(position === undefined ? {} : { after: position }))
    if (Object.hasOwn(handlers, type)) count += 1;
  return count;
};

/**
 * V6: each read model, up to its position, equals the same read model built from the first event. A copy that another version of
 * the code has built cannot be compared; where it serves, its successor is compared. Writes nothing.
 */
export const verifyReadModels = async (
  { store, readModels, clock }: Deps,
  projections: readonly AnyProjection[],
  onProgress: (done: number) => void,
): Promise<ReadModelsReport> => {
  const reports: ReadModelReport[] = [];
  const breaches: Breach[] = [];
  for (const projection of projections) {
    const { collection } = projection;
    const copy = await ownCopyOf(readModels, collection);
    if (copy === undefined) {
      const version = (await readModels.promoted(collection.name)) ?? collection.version;
      reports.push({
        name: collection.name,
        version,
        documents: 0,
        differing: 0,
        poison: 0,
        behind: 0,
        foreign: true,
        position: null,
      });
      onProgress(reports.length);
      continue;
    }
    const found = await verifyProjection({ store, readModels, clock }, projection, copy);
    const { name, version, compared: documents, differing, failed, position } = found;
    const behind = await countAfter(store, projection, position);
    reports.push({
      ...{ name, version, documents, differing, poison: failed, behind, foreign: false },
      position: position ?? null,
    });
    for (const { id, kind } of found.differences.slice(0, differencesMax)) {
      breaches.push({
        invariant: 'V6',
        subject: `${name} ${id}`,
        detail: `is ${kind} when built from the events`,
      });
    }
    onProgress(reports.length);
  }
  return { readModels: reports, breaches };
};
