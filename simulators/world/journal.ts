import { createReadStream } from 'node:fs';
import { open, rename, rm, truncate, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeDirectory } from '../../platform/data-directory';
import { Fault } from '../../platform/faults';
import type { RowChange } from './core';

/** A row of a world as it is from now on; null: it is gone. */
export type Entry = readonly [world: bigint, ...RowChange];

/** What one commit stores: all of it is kept, or none. `now` is the World's own time. */
export type Batch = { readonly now: number; readonly entries: readonly Entry[] };

/** Where worlds are kept. A commit that resolved is still there after a power cut. */
export type Journal = {
  /** @throws Fault STORE_UNAVAILABLE: nothing is kept of the batch; it may be tried again. */
  commit(batch: Batch): Promise<void>;
  /** True when most of what is stored has been overtaken. */
  readonly wantsRewrite: boolean;
  /**
   * Writes everything anew and forgets what was overtaken. `parts` may be out of step with each other; `last`, asked for at
   * the end, holds every row that changed in the meantime.
   */
  rewrite(parts: Iterable<Batch>, last: () => Batch): Promise<void>;
  close(): Promise<void>;
};

const REWRITE_BYTES_MIN = 8 * 1024 * 1024;
const REWRITE_FACTOR = 4;
const NEWLINE = 0x0a;
const SUM_LENGTH = 9;

// JSON knows no bigint: {"$n":"5"} is 5n. No row has a field of that name.
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

/** The lines of a file, without their ends; what stands behind the last end is no line. */
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

/** Reads what is whole; what a crash left behind of the last commit was never acked and is cut off. */
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

/** A file of lines, one a commit, each with its checksum: appended to and synced, and written anew when it has grown fat. */
class FileJournal implements Journal {
  private rewrittenBytes: number;
  /** Whether a power cut would leave this file where it is, and not the one before it. */
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
      // At a place of its own, so that a commit that failed half-way is written over by the next.
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
    // From here on the old file has no name any more, whatever else fails.
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
 * Opens the journal in a folder, which is made if it is not there, and gives every batch in it to `take`, in order.
 *
 * @throws Fault STORE_CORRUPT when anything but the very end is damaged.
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
