import type { Millis } from '../../../domain/kernel';
import type { Position } from '../../../platform/event-store';
import type { EdgeServices } from '../context';

/** The form of the positions of every engine: one number, or two. */
const TOKEN = /^\d{20}(?:\/\d{20})?$/;

/** Whether it has the form of a token that a mutation answers with, or of the cursor of a live update. */
export const isConsistencyToken = (value: unknown): value is Position =>
  typeof value === 'string' && TOKEN.test(value);

/**
 * Waits until the read models show a position. Where none is to show it, only the position is checked.
 *
 * @returns `unknown`, at once, where nothing has been stored there yet; `late` where it takes too long.
 */
export const waitUntilShown = async (
  position: Position,
  readModels: readonly string[],
  { waitFor, events, limits }: Pick<EdgeServices, 'waitFor' | 'events' | 'limits'>,
): Promise<'shown' | 'unknown' | 'late'> => {
  if (readModels.length > 0 && (await waitFor(readModels, position, 0 as Millis))) return 'shown';
  const head = await events.head();
  if (head === undefined || position > head) return 'unknown';
  const isShown = readModels.length === 0 || (await waitFor(readModels, position, limits.readAfterMs));
  return isShown ? 'shown' : 'late';
};
