import type { EventStore, RecordedEvent } from '../event-store';
import { DocumentsRefused, type CollectionSpec, type ReadModels } from '../read-models';
import { batchOf } from './batch-writer';
import { targetsOf, type LoadedDocument } from './fold';
import { OperationRejected } from './operations';
import { forgetParked, type ParkedEvent } from './parked';
import type { Projection } from './projection';
import { Replay } from './replay';

export type ReplayParkedDeps = {
  readonly store: Pick<EventStore, 'read' | 'readAll'>;
  readonly readModels: ReadModels;
  readonly projection: Projection;
  readonly collection: CollectionSpec;
};

/** The correction of a copy by an event that it omitted. */
export interface Correction {
  /**
   * Writes the corrected documents. Nothing else may write the copy meanwhile.
   *
   * @returns the documents.
   * @throws OperationRejected if the event fails again.
   */
  write(): Promise<ReadonlyMap<string, LoadedDocument>>;
}

const failsAgain = ({ id: parkedEventId }: ParkedEvent, reason: string): OperationRejected =>
  new OperationRejected({ code: 'PARKED_EVENT_FAILS', parkedEventId, reason });

const eventOf = async (
  { store }: ReplayParkedDeps,
  parked: ParkedEvent,
): Promise<RecordedEvent | undefined> => {
  for await (const event of store.read(parked.stream)) if (event.id === parked.eventId) return event;
  return undefined;
};

/**
 * Prepares a correction: folds the documents of an omitted event from the first event, with that event in its place, so
 * that they become what they would be if it had never failed. Most of the history is read here, while the copy is
 * written on.
 *
 * @throws OperationRejected if the event fails again.
 */
export const prepareCorrection = async (deps: ReplayParkedDeps, parked: ParkedEvent): Promise<Correction> => {
  const { readModels, projection, collection } = deps;
  const event = await eventOf(deps, parked);
  const { targets, failed } = targetsOf(projection, event ? [event] : []);
  if (failed[0]) throw failsAgain(parked, failed[0].reason);
  const only = new Set(targets[0]?.ids ?? []);
  const replay = new Replay({ ...deps, only, again: parked.position });
  const fold = async (): Promise<void> => {
    await replay.refresh();
    if (replay.failedAgain) throw failsAgain(parked, replay.failedAgain.reason);
  };
  await fold();

  const documents = async (): Promise<ReadonlyMap<string, LoadedDocument>> => {
    const absent: LoadedDocument = { document: undefined, lastPosition: undefined };
    const found = new Map<string, LoadedDocument>([...only].map((id) => [id, absent]));
    for (const stored of await replay.getMany([...only])) found.set(stored.document.id, stored);
    return found;
  };

  return {
    write: async () => {
      await fold();
      const corrected = await documents();
      const position = replay.position ?? parked.position;
      const batch = batchOf(collection, corrected, only, position);
      try {
        await readModels.write({ ...batch, replaces: true });
      } catch (error) {
        if (!(error instanceof DocumentsRefused)) throw error;
        throw failsAgain(parked, [...error.refused.values()].join('; '));
      }
      await forgetParked(readModels, collection, ({ eventId }) => eventId === parked.eventId);
      return corrected;
    },
  };
};
