import { serveCalls } from '../../worker';
import type { EventFile } from './database';
import { closeAfterWriting, openForWriting } from './database';
import { packResults, unpackBatch } from './packing';
import type { PackedBatch, PackedResults } from './packing';
import { Writer, type SnapshotWrite } from './writer';

export type WriterCalls = {
  readonly write: (batch: PackedBatch) => PackedResults;
  readonly writeSnapshot: (snapshot: SnapshotWrite) => void;
};

serveCalls<WriterCalls>((file: EventFile) => {
  const database = openForWriting(file);
  const writer = new Writer(database);
  return {
    calls: {
      write: (batch) => packResults(writer.write(unpackBatch(batch))),
      writeSnapshot: (snapshot) => writer.writeSnapshot(snapshot),
    },
    close: () => closeAfterWriting(database),
  };
});
