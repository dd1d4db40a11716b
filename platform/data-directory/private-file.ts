import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { threadId } from 'node:worker_threads';

let drafts = 0;

/** Returns a temporary name beside the file that no other writer uses, in this process or in another. */
const draftOf = (file: string): string => {
  drafts += 1;
  return `${file}.${process.pid}-${threadId}-${drafts}.new`;
};

const writeDraft = async (draft: string, text: string): Promise<void> => {
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Writes a file that only its owner may read, whole or not at all: after a crash it has the old content or the new one.
 */
export const writePrivately = async (file: string, text: string): Promise<void> => {
  const draft = draftOf(file);
  try {
    await writeDraft(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** Writes the file unless it exists; the first writer wins, in another process or in another part of this one. */
export const makePrivately = async (file: string, text: string): Promise<void> => {
  const draft = draftOf(file);
  try {
    await writeDraft(draft, text);
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/** The endings of the files that SQLite keeps beside a database; it makes them with the permission of the database. */
const besides = ['', '-wal', '-shm', '-journal'];

/**
 * Makes the file of a database if it is missing, and restricts it and SQLite's files beside it to the owner. An
 * existing file is not opened: closing a handle on it would end this process' locks on it.
 */
export const keepPrivate = (file: string): void => {
  for (const name of besides.map((ending) => `${file}${ending}`)) {
    try {
      if (name === file && !existsSync(name)) closeSync(openSync(name, 'ax', 0o600));
      else if (existsSync(name)) chmodSync(name, 0o600);
    } catch {
      // The file belongs to another user, or was just made or removed. If it cannot be used, opening it gives the
      // reason.
    }
  }
};
