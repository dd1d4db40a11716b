import { epochMsOf } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { EventStore, Position } from './event-store';

/** Returns the age of the oldest event after a position, in seconds; 0 if there is none. */
export const waitingSeconds = async (
  position: Position | undefined,
  store: Pick<EventStore, 'readAll'>,
  clock: Clock,
): Promise<number> => {
  for await (const { recordedAt } of store.readAll({ after: position, limit: 1 }))
    return Math.max(0, epochMsOf(clock.now()) - epochMsOf(recordedAt)) / 1_000;
  return 0;
};
