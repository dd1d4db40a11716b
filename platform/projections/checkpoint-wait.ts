import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Position } from '../event-store';
import type { ReadModels } from '../read-models';
import type { AnyProjection } from './projection';
import { openReader } from './reader';

const POLL_MS_MIN = 10;
const POLL_MS_MAX = 80;

/**
 * Waits until the named read models include all events up to a position, or the time is up.
 *
 * @returns true if they do.
 */
export type ReadModelWait = (
  names: readonly string[],
  position: Position,
  withinMs: Millis,
) => Promise<boolean>;

/** Creates a wait for read models that another process maintains. It polls their checkpoints, every 10 to 80 ms. */
export const checkpointWait = (
  readModels: ReadModels,
  projections: readonly AnyProjection[],
  clock: Clock,
): ReadModelWait => {
  const readers = projections.map((projection) => openReader(readModels, projection, clock));
  return async (names, position, withinMs) => {
    const endMs = clock.monotonicMs() + withinMs;
    let behind = readers.filter(({ name }) => names.includes(name));
    for (let pauseMs = POLL_MS_MIN; ; pauseMs = Math.min(2 * pauseMs, POLL_MS_MAX)) {
      const checkpoints = await Promise.all(behind.map((reader) => reader.checkpoint()));
      behind = behind.filter((_, at) => (checkpoints[at] ?? '') < position);
      if (behind.length === 0) return true;
      if (clock.monotonicMs() >= endMs) return false;
      await clock.sleep(pauseMs as Millis);
    }
  };
};
