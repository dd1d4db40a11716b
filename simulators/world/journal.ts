import { createReadStream } from 'node:fs';
import { open, rename, rm, truncate, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeDirectory } from '../../platform/data-directory';
import { Fault } from '../../platform/faults';
import type { RowChange } from './core';

/** The new value of a row of a world; null if it was deleted. */
export type Entry = readonly [world: bigint, ...RowChange];

/** The content of one commit, which is stored whole or not at all. `now` is on the World's own clock. */
export type Batch = { readonly now: number; readonly entries: readonly Entry[] };

/** The storage of worlds. A commit that resolved survives a power failure. */
export type Journal = {
  /** @throws Fault STORE_UNAVAILABLE: nothing of the batch is stored; it may be tried again. */
  commit(batch: Batch): Promise<void>;
  /** True if most of the stored data is obsolete. */
  readonly wantsRewrite: boolean;
  /**
   * Rewrites the file without obsolete data. `parts` may be of different moments; `last` is called at the end and
   * returns every row that changed meanwhile.
   */
  rewrite(parts: Iterable<Batch>, last: () => Batch): Promise<void>;
  close(): Promise<void>;
};

const REWRITE_BYTES_MIN = 8 * 1024 * 1024;
const REWRITE_FACTOR = 4;
const NEWLINE = 0x0a;
const SUM_LENGTH = 9;

// JSON has no bigint: {"$n":"5"} is 5n. No row has a field of that name.
const toText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? { $n: String(part) } : part));

const fromText = (text: string): unknown =>
  JSON.parse(text, (_, part: unknown) =>
    typeof part === 'object' && part !== null && '$n' in part ? BigInt(String(part.$n)) : part,
  );

const sumOf = (text: string | Buffer): string => `${crc32(text).toString(16).padStart(8, '0')} `;

const lineOf = (batch: Batch): Buffer => {
  const text = toText(batch);
  return Buffer.from(`${sumOf(text)}${text}\n`);
};

const batchOf = (line: Buffer): Batch | undefined => {
  const text = line.subarray(SUM_LENGTH);
  if (sumOf(text) !== line.toString('latin1', 0, SUM_LENGTH)) return undefined;
  return fromText(text.toString()) as Batch;
};

type SyncFolder = (path: string) => Promise<void>;

const syncFolder: SyncFolder = async (path) => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** Yields the lines of a file, without their ends; text after the last end is no line. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
  }
}

/** Reads the whole commits; a partial one at the end, after a crash, was never acknowledged and is cut off. */
const replay = async (path: string, take: (batch: Batch) => void): Promise<number> => {
  let bytes = 0;
  let isTorn = false;
  for await (const line of linesOf(path)) {
    if (isTorn) throw new Fault('STORE_CORRUPT', `${path} is damaged ${bytes} bytes from its start`);
    const batch = batchOf(line);
    if (batch === undefined) isTorn = true;
    else {
      take(batch);
      bytes += line.length + 1;
    }
  }
  return bytes;
};

/**
 * A file of lines, one a commit, each with its checksum: appended and synced, and rewritten when most of it is
 * obsolete.
 */
class FileJournal implements Journal {
  private rewrittenBytes: number;
  /** True if a power failure would leave this file at its path, and not the previous one. */
  private isInPlace = true;

  constructor(
    private readonly path: string,
    private file: FileHandle,
    private bytes: number,
    private readonly sync: SyncFolder,
  ) {
    this.rewrittenBytes = bytes;
  }

  get wantsRewrite(): boolean {
    return this.bytes > Math.max(REWRITE_BYTES_MIN, this.rewrittenBytes * REWRITE_FACTOR);
  }

  async commit(batch: Batch): Promise<void> {
    const line = lineOf(batch);
    try {
      await this.putInPlace();
      // At a fixed offset, so that a failed commit is overwritten by the next.
      await this.file.write(line, 0, line.length, this.bytes);
      await this.file.datasync();
    } catch (cause) {
      throw new Fault('STORE_UNAVAILABLE', `${this.path} cannot be written`, { cause });
    }
    this.bytes += line.length;
  }

  async rewrite(parts: Iterable<Batch>, last: () => Batch): Promise<void> {
    const path = `${this.path}.new`;
    const file = await open(path, 'w');
    let bytes = 0;
    const write = async (batch: Batch): Promise<void> => {
      const line = lineOf(batch);
      await file.write(line, 0, line.length, bytes);
      bytes += line.length;
    };
    try {
      for (const part of parts) await write(part);
      await write(last());
      await file.sync();
      await rename(path, this.path);
    } catch (cause) {
      await file.close();
      throw new Fault('STORE_UNAVAILABLE', `${path} cannot be written`, { cause });
    }
    // From here on the old file has no name any more, even if a later step fails.
    const old = this.file;
    this.file = file;
    this.bytes = bytes;
    this.rewrittenBytes = bytes;
    this.isInPlace = false;
    await old.close();
    await this.putInPlace().catch((cause: unknown) => {
      throw new Fault('STORE_UNAVAILABLE', `${dirname(this.path)} cannot be synced`, { cause });
    });
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async putInPlace(): Promise<void> {
    if (this.isInPlace) return;
    await this.sync(dirname(this.path));
    this.isInPlace = true;
  }
}

/**
 * Opens the journal in a folder, which is made if it is missing, and passes every batch to `take`, in order.
 *
 * @throws Fault STORE_CORRUPT if the file is damaged before its end.
 */
export const openJournal = async (
  directory: string,
  take: (batch: Batch) => void,
  sync: SyncFolder = syncFolder,
): Promise<Journal> => {
  await makeDirectory(directory);
  const path = join(directory, 'world.jsonl');
  await rm(`${path}.new`, { force: true });
  await (await open(path, 'a')).close();
  const bytes = await replay(path, take);
  await truncate(path, bytes);
  await sync(directory);
  return new FileJournal(path, await open(path, 'r+'), bytes, sync);
};
