import { serveCalls } from '../../worker';
import type { CollectionSpec } from '../port';
import { openForWriting } from './database';
import { Writer, type RawBatch } from './writer';

export type WriterCalls = {
  readonly write: (batch: RawBatch) => void;
  readonly ensure: (spec: CollectionSpec) => void;
  readonly drop: (spec: CollectionSpec) => void;
  readonly promote: (spec: CollectionSpec) => void;
};

serveCalls<WriterCalls>(({ file }: { readonly file: string }) => {
  const database = openForWriting(file);
  const writer = new Writer(database);
  return {
    calls: {
      write: (batch) => writer.write(batch),
      ensure: (spec) => writer.ensure(spec),
      drop: (spec) => writer.drop(spec),
      promote: ({ name, version }) => writer.promote(name, version),
    },
    close: () => void database.close(),
  };
});
