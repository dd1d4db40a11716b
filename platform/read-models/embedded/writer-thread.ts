import type { Fence, TermRecord } from '../../lease';
import { serveCalls } from '../../worker';
import type { FlatViews } from '../flat';
import type { CollectionSpec } from '../read-models';
import { openForWriting } from './database';
import { Writer, type RawBatch } from './writer';

type FencedChange = { readonly spec: CollectionSpec; readonly fence: Fence | undefined };

export type WriterCalls = {
  readonly write: (batch: RawBatch) => void;
  readonly ensure: (spec: CollectionSpec) => void;
  readonly drop: (change: FencedChange) => void;
  readonly promote: (change: FencedChange) => void;
  readonly beginTerm: (term: TermRecord) => boolean;
  readonly updateTerm: (term: TermRecord) => void;
  readonly releaseAll: (nothing: undefined) => void;
};

type Opening = { readonly file: string; readonly flat: FlatViews | undefined };

serveCalls<WriterCalls>(({ file, flat }: Opening) => {
  const database = openForWriting(file);
  const writer = new Writer(database, flat);
  return {
    calls: {
      write: (batch) => writer.write(batch),
      ensure: (spec) => writer.ensure(spec),
      drop: ({ spec, fence }) => writer.drop(spec, fence),
      promote: ({ spec, fence }) => writer.promote(spec, fence),
      beginTerm: (term) => writer.beginTerm(term),
      updateTerm: (term) => writer.updateTerm(term),
      releaseAll: () => writer.releaseAll(),
    },
    close: () => void database.close(),
  };
});
