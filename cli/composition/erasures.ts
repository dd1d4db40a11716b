import type { Config } from '../../platform/config';
import { erasures, erasuresId, type ErasuresEvent } from '../../domain/erasures';
import { streamName, type EventStore } from '../../platform/event-store';
import { destroyErasedKeys, type ErasedPerson } from '../../platform/personal-data';
import type { Logger } from '../../platform/telemetry';
import type { Engines } from './engines';
import { forkMarkIn } from '../fork/fork-mark';

async function* erasedIn(store: Pick<EventStore, 'read'>): AsyncIterable<ErasedPerson> {
  for await (const event of store.read(streamName(erasures.category, erasuresId))) {
    const { data } = event as unknown as ErasuresEvent;
    yield { person: data.accountId, at: data.listedAt };
  }
}

/**
 * Destroys the keys of all persons who were erased, before anything uses a key: the keys may have been restored from a copy that
 * is older than an erasure.
 *
 * @throws the faults of both stores.
 */
export const applyErasuresAgain = async (
  { store, personKeys }: Pick<Engines, 'store' | 'personKeys'>,
  { dataDir }: Pick<Config, 'dataDir'>,
  logger: Logger,
): Promise<void> => {
  // A fork has keys of its own, which sealed what its history shows as erased.
  if (forkMarkIn(dataDir) !== undefined) return;
  const destroyed = await destroyErasedKeys(personKeys, erasedIn(store));
  if (destroyed > 0)
    logger.warn({ destroyed }, 'Restored keys of persons who were erased are destroyed again');
};
