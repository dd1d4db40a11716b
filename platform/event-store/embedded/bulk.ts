import { join } from 'node:path';
import { epochMsOf } from '../../../domain/kernel';
import { Fault } from '../../faults';
import type { RecordedEvent } from '../event-store';
import { closeAfterWriting, openForWriting } from './database';
import { NO_STREAM, uuidBytes, type RawWrite } from './record';
import { Writer } from './writer';

/** An event as another store recorded it. Its position is that store's own. */
export type ForeignRecord = Omit<RecordedEvent, 'position'>;

/** Writes recorded events of another store, with the times at which they were recorded. */
export type BulkWriter = {
  /**
   * Appends events in their order, all or none, durably.
   *
   * @throws Fault `REVISION_CONFLICT` where a revision does not follow the last one of its stream, `STORE_FULL`.
   */
  append(events: readonly ForeignRecord[]): void;
  close(): void;
};

const writeOf = ({ stream, revision, id, type, data, metadata, recordedAt }: ForeignRecord): RawWrite => ({
  kind: 'append',
  stream,
  expected: revision === 0n ? NO_STREAM : Number(revision) - 1,
  events: [{ id: uuidBytes(id), type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) }],
  recordedAtMs: epochMsOf(recordedAt),
});

/** Opens `<directory>/events.db` for one long write in this thread; made if it is missing. The caller owns the directory. */
export const openBulkWriter = (directory: string): BulkWriter => {
  const database = openForWriting({ file: join(directory, 'events.db') });
  const writer = new Writer(database);
  return {
    append: (events) => {
      const writes = events.map(writeOf);
      const results = writer.write({ writes, recordedAtMs: 0 });
      const refused = results.findIndex(({ kind }) => kind === 'conflict');
      const event = events[refused];
      if (event !== undefined)
        throw new Fault('REVISION_CONFLICT', `${event.stream} has no place for revision ${event.revision}`);
    },
    close: () => closeAfterWriting(database),
  };
};
