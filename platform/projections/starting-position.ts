import { isBefore, type EventStore, type Position } from '../event-store';
import type { CollectionSpec, ReadModels } from '../read-models';
import type { Logger } from '../telemetry';

type Deps = {
  readonly store: Pick<EventStore, 'head'>;
  readonly readModels: ReadModels;
  readonly logger: Logger;
};

/**
 * Returns the checkpoint of a collection, which is made if it is missing. A collection with events that the store has lost, e.g.
 * after a restore from an older copy, is made again.
 */
export const startingPosition = async (
  { store, readModels, logger }: Deps,
  collection: CollectionSpec,
): Promise<Position | undefined> => {
  await readModels.ensure(collection);
  const checkpoint = await readModels.checkpoint(collection);
  const head = await store.head();
  if (!isBefore(head, checkpoint)) return checkpoint;
  logger.error({ projection: collection.name, checkpoint, head }, 'A read model is ahead of the store');
  await readModels.drop(collection);
  await readModels.ensure(collection);
  return undefined;
};
