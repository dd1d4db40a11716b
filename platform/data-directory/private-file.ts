import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { threadId } from 'node:worker_threads';

let drafts = 0;

/** Returns a name beside the file that no other writer has, of this process or of another one. */
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

/** Writes a file that its owner alone may read, whole or not at all: a crash leaves the old one or the new one. */
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

/** Does the same where there is no such file yet; whoever comes first has made it, another process or another part of this one. */
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

/** What SQLite keeps beside a database; it makes them with the permission of the database. */
const besides = ['', '-wal', '-shm', '-journal'];

/**
 * Makes the file of a database where it is absent, and lets its owner alone read and write it and what SQLite keeps beside it.
 * A file that is there is not opened: closing a handle on it would end the locks that this process has on it.
 */
export const keepPrivate = (file: string): void => {
  for (const name of besides.map((ending) => `${file}${ending}`)) {
    try {
      if (name === file && !existsSync(name)) closeSync(openSync(name, 'ax', 0o600));
      else if (existsSync(name)) chmodSync(name, 0o600);
    } catch {
      // It is another user's to decide on, or has just been made or removed; where it can't be used, opening it tells why.
    }
  }
};
