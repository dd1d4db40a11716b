import { openForWriting } from '../../../platform/event-store/embedded/database';
import type { EventFile } from '../../../platform/event-store/embedded/database';
import { packResults, unpackBatch } from '../../../platform/event-store/embedded/packing';
import { Writer } from '../../../platform/event-store/embedded/writer';
import type { Batch } from '../../../platform/event-store/embedded/writer';
import type { WriterCalls } from '../../../platform/event-store/embedded/writer-thread';
import { serveCalls } from '../../../platform/worker';

const has = ({ writes }: Batch, type: string): boolean =>
  writes.some((write) => write.kind === 'append' && write.events.some((event) => event.type === type));

/** The writer's thread, but it dies at its first event `DiesBefore` (the commit) and its first `DiesAfter`. */
serveCalls<WriterCalls>((file: EventFile) => {
  const database = openForWriting(file);
  database.exec('CREATE TABLE IF NOT EXISTS deaths (type TEXT PRIMARY KEY)');
  const dieOnce = (batch: Batch, type: string): void => {
    if (!has(batch, type)) return;
    const { changes } = database.prepare('INSERT OR IGNORE INTO deaths VALUES (?)').run([type]);
    if (changes === 1) process.exit(1);
  };
  const writer = new Writer(database);
  return {
    calls: {
      write: (packed) => {
        const batch = unpackBatch(packed);
        dieOnce(batch, 'DiesBefore');
        const results = writer.write(batch);
        dieOnce(batch, 'DiesAfter');
        return packResults(results);
      },
      writeSnapshot: (snapshot) => writer.writeSnapshot(snapshot),
    },
    close: () => void database.close(),
  };
});
