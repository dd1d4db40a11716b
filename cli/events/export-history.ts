import { open, stat, type FileHandle } from 'node:fs/promises';
import type { EventHistory, Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { endLineOf, lineOf, resumePointOf, type ResumePoint } from './history-file';
import { isSameEvent, placeOf } from './same-event';

export type Exported = {
  readonly file: string;
  /** The events in the file. */
  readonly events: number;
  /** Those that this run has added. */
  readonly added: number;
  readonly position: Position | null;
};

const WRITE_BYTES = 256 * 1024;

const EMPTY: ResumePoint = { bytes: 0, events: 0, last: undefined };

/** @throws Fault `REVISION_CONFLICT` where the history does not have the last event of the file at its place. */
const checkOfHistory = async (history: EventHistory, file: string, { last }: ResumePoint): Promise<void> => {
  if (last === undefined) return;
  for await (const event of history.read(last.stream, { from: last.revision })) {
    if (event.position === last.position && isSameEvent(event, last)) return;
    break;
  }
  throw new Fault(
    'REVISION_CONFLICT',
    `${file} is of another history: its last event, ${placeOf(last)}, is not in this one. Choose another file.`,
  );
};

const writeEvents = async (
  handle: FileHandle,
  history: EventHistory,
  { last, events }: ResumePoint,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (events: number) => void },
): Promise<Pick<Exported, 'added' | 'position'>> => {
  let [text, added] = ['', 0];
  let previous = last?.position;
  const flush = async (): Promise<void> => {
    await handle.appendFile(text);
    text = '';
    onProgress(events + added);
  };
  for await (const event of history.readAll({ after: previous })) {
    signal.throwIfAborted();
    text += lineOf(event, previous);
    previous = event.position;
    added += 1;
    if (text.length > WRITE_BYTES) await flush();
  }
  text += endLineOf(events + added, previous);
  await flush();
  return { added, position: previous ?? null };
};

/**
 * Writes a whole history to a file that only its owner may read: it holds hashes of passwords. An interrupted export, or an older
 * one, goes on after its last whole line.
 *
 * @throws Fault `INPUT_INVALID` where the file exists and is no history, `REVISION_CONFLICT` where it is of another one, and the
 * signal's reason.
 */
export const exportHistory = async (
  history: EventHistory,
  file: string,
  watched: { readonly signal: AbortSignal; readonly onProgress: (events: number) => void },
): Promise<Exported> => {
  const exists = (await stat(file).catch(() => undefined)) !== undefined;
  const point = exists ? await resumePointOf(file) : EMPTY;
  await checkOfHistory(history, file, point);
  const handle = await open(file, exists ? 'r+' : 'wx', 0o600);
  try {
    await handle.truncate(point.bytes);
    const appending = await open(file, 'a', 0o600);
    try {
      const written = await writeEvents(appending, history, point, watched);
      await appending.sync();
      return { file, events: point.events + written.added, ...written };
    } finally {
      await appending.close();
    }
  } finally {
    await handle.close();
  }
};
