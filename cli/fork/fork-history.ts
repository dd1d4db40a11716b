import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../domain/kernel';
import { openBulkWriter, type EventHistory, type RecordedEvent } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { streamsAsOf } from '../../platform/projections';
import { openPersonalData } from '../composition/personal-data';
import type { Runtime } from '../program/runtime';
import { FORK_MARK, type ForkMark } from './fork-mark';

type Watched = {
  readonly signal: AbortSignal;
  readonly onProgress: (events: number) => void;
  readonly runtime: Runtime;
};

const BATCH_MAX = 2_000;

/**
 * Writes the history up to a moment into an empty folder, with the mark that it is a fork. Secrets are not copied: the fork makes
 * its own, so no token of the one works in the other. Personal data is sealed with keys of the fork's own.
 *
 * @param history - with its personal data open.
 * @throws Fault `MOMENT_BEFORE_HISTORY` where nothing had happened by the moment, and the signal's reason.
 */
export const forkHistory = async (
  history: EventHistory,
  { from, at, into }: { readonly from: string; readonly at: Instant; readonly into: string },
  { signal, onProgress, runtime }: Watched,
): Promise<ForkMark> => {
  const { personal, personKeys } = await openPersonalData({ readModels: 'embedded' }, into, runtime);
  const writer = openBulkWriter(into);
  let events = 0;
  try {
    let batch: RecordedEvent[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length > 0) writer.append(await personal.seal(batch));
      events += batch.length;
      batch = [];
      onProgress(events);
    };
    for await (const event of streamsAsOf(history.readAll(), at)) {
      signal.throwIfAborted();
      batch.push(event);
      if (batch.length === BATCH_MAX) await flush();
    }
    await flush();
  } finally {
    writer.close();
    await personKeys.close();
  }
  if (events === 0)
    throw new Fault('MOMENT_BEFORE_HISTORY', `--at: nothing had happened by ${at} in ${from}.`);
  const mark: ForkMark = { from, at, events };
  await writeFile(join(into, FORK_MARK), `${JSON.stringify(mark, undefined, 2)}\n`, { mode: 0o600 });
  return mark;
};
