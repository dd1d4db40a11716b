import { serveCalls } from '../../worker';
import type { EventFile } from './database';
import type { WriteResult } from './record';
import { closeAfterWriting, openForWriting } from './database';
import { Writer } from './writer';
import type { Batch } from './writer';

export type WriterCalls = { readonly write: (batch: Batch) => readonly WriteResult[] };

serveCalls<WriterCalls>((file: EventFile) => {
  const database = openForWriting(file);
  const writer = new Writer(database);
  return { calls: { write: (batch) => writer.write(batch) }, close: () => closeAfterWriting(database) };
});
