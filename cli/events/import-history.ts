import type { EventHistory, RecordedEvent } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { readHistoryFile, type FileEvent } from './history-file';
import { isSameEvent, placeOf } from './same-event';

/** The store that a history is moved into. */
export type HistorySink = {
  readonly history: EventHistory;
  /** The largest number of events of one `append`. */
  readonly appendMax: number;
  /** Appends events in their order, durably. @throws Fault `REVISION_CONFLICT`, `OUTCOME_UNKNOWN`, `STORE_FULL`. */
  readonly append: (events: readonly RecordedEvent[]) => Promise<void>;
};

export type Imported = {
  readonly file: string;
  /** The events of the file. */
  readonly events: number;
  /** Those that the store had before. */
  readonly there: number;
  readonly added: number;
  /** The events that the store has besides: it went on after an earlier import. */
  readonly further: number;
  /** The places at which file and store differ after the import; the first hundred. */
  readonly differences: readonly string[];
};

type Watched = {
  readonly signal: AbortSignal;
  readonly onProgress: (what: string, events: number) => void;
};

const PROGRESS_EVERY = 2_000;
const DIFFERENCES_MAX = 100;

/**
 * Reads a whole history file, before anything is written.
 *
 * @returns the number of its events.
 * @throws Fault `INPUT_INVALID` for a file with a gap, a repeated position or a torn end, and the signal's reason.
 */
export const checkHistoryFile = async (file: string, { signal, onProgress }: Watched): Promise<number> => {
  let events = 0;
  for await (const { line } of readHistoryFile(file)) {
    signal.throwIfAborted();
    events = line;
    if (events % PROGRESS_EVERY === 0) onProgress('checked', events);
  }
  return events;
};

const otherHistory = (file: string, { event, line }: FileEvent, there: RecordedEvent): Fault =>
  new Fault(
    'REVISION_CONFLICT',
    `The store has ${placeOf(there)} where ${file}, line ${line}, has ${placeOf(event)}. Nothing was written. Import into an empty store.`,
  );

/** Appends what the store does not have. The events that it has must be those at the beginning of the file. */
const appendMissing = async (
  file: string,
  { history, append, appendMax }: HistorySink,
  { signal, onProgress }: Watched,
): Promise<Pick<Imported, 'there' | 'added'>> => {
  const stored = history.readAll()[Symbol.asyncIterator]();
  let [there, added] = [0, 0];
  let isAtEnd = false;
  let batch: RecordedEvent[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await append(batch);
    added += batch.length;
    batch = [];
    onProgress('imported', there + added);
  };
  for await (const found of readHistoryFile(file)) {
    signal.throwIfAborted();
    const next = isAtEnd ? undefined : await stored.next();
    if (next !== undefined && next.done !== true) {
      if (!isSameEvent(next.value, found.event)) throw otherHistory(file, found, next.value);
      there += 1;
      continue;
    }
    isAtEnd = true;
    batch.push(found.event);
    if (batch.length === appendMax) await flush();
  }
  await flush();
  await stored.return?.();
  return { there, added };
};

/** Compares every event of the file with the one at its place in the store. */
const compared = async (
  file: string,
  history: EventHistory,
  { signal, onProgress }: Watched,
): Promise<Pick<Imported, 'further' | 'differences'>> => {
  const stored = history.readAll()[Symbol.asyncIterator]();
  const differences: string[] = [];
  let events = 0;
  for await (const { event, line } of readHistoryFile(file)) {
    signal.throwIfAborted();
    const next = await stored.next();
    const isSame = next.done !== true && isSameEvent(next.value, event);
    if (!isSame && differences.length < DIFFERENCES_MAX)
      differences.push(
        `line ${line}: ${placeOf(event)}; the store has ${next.done === true ? 'none' : placeOf(next.value)}`,
      );
    events += 1;
    if (events % PROGRESS_EVERY === 0) onProgress('compared', events);
  }
  let further = 0;
  while ((await stored.next()).done !== true) further += 1;
  return { further, differences };
};

/**
 * Moves the history of a checked file into a store, and compares both at the end. Running it again writes nothing twice, and goes
 * on where it was stopped.
 *
 * @throws Fault `REVISION_CONFLICT` where the store has another history; the signal's reason.
 */
export const importHistory = async (file: string, sink: HistorySink, watched: Watched): Promise<Imported> => {
  const written = await appendMissing(file, sink, watched);
  return {
    file,
    events: written.there + written.added,
    ...written,
    ...(await compared(file, sink.history, watched)),
  };
};
