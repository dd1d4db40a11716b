import type { Clock } from '../clock';
import type { EventStore, Position } from '../event-store';
import type { CollectionSpec, ReadModels } from '../read-models';
import { collectionSource, compare, type Comparison } from './compare';
import type { AnyProjection } from './projection';
import { Replay } from './replay';

export type Verification = Comparison & {
  readonly name: string;
  readonly version: number;
  readonly events: number;
  /** The number of events on which the projection's code fails. */
  readonly failed: number;
  /** All events up to here were compared. */
  readonly position: Position | undefined;
};

export type VerifyDeps = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly readModels: ReadModels;
  readonly clock: Clock;
};

/**
 * Compares a read model, up to its checkpoint, with the same read model folded from the first event; it may run
 * meanwhile. Documents that an interrupted write has put ahead of the checkpoint are ignored, because they are written
 * again. It needs memory for all documents.
 *
 * @param collection - the copy to compare: one that this code has made. Default: the declared version.
 */
export const verifyProjection = async (
  { store, readModels, clock }: VerifyDeps,
  projection: AnyProjection,
  collection: CollectionSpec = projection.collection,
): Promise<Verification> => {
  const { name, version } = collection;
  const replay = new Replay({ store, readModels, projection, collection });
  await replay.refresh();
  const comparison = await compare(collectionSource(readModels, collection), replay, clock);
  const { events, failed, position } = replay;
  return { name, version, events, failed, position, ...comparison };
};
