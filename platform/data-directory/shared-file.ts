import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../faults';
import { tryLock } from './lock';

const LOCK_MS_MAX = 5_000;

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Changes `<name>.json` of a folder, which several programs share and only their owner may read. After a crash it has
 * the old text or the new one.
 *
 * @param change - gets the text, undefined for a missing file, and returns the new one, undefined to remove the file.
 * If it throws, nothing is written.
 * @throws Fault `DATA_DIRECTORY_IN_USE` if others lock the file for 5 s.
 */
export const changeSharedFile = (
  folder: string,
  name: string,
  change: (text: string | undefined) => string | undefined,
): void => {
  const file = join(folder, `${name}.json`);
  const lock = tryLock(join(folder, `${name}.lock`), LOCK_MS_MAX);
  if (lock === undefined) throw new Fault('DATA_DIRECTORY_IN_USE', `${file} is kept by another process.`);
  // No `await` while the lock is held: another caller in this process would wait for ever.
  try {
    const before = readIfThere(file);
    const after = change(before);
    if (after === undefined) rmSync(file, { force: true });
    else if (after !== before) {
      writeFileSync(`${file}.new`, after, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    }
  } finally {
    lock.release();
  }
};
