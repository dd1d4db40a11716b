import { constants, existsSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../../data-directory';
import { isFileName } from '../file-store';
import { FILES_FOLDER } from './store';

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/** Copies one file. One that is there already is the same, and one that was removed meanwhile nothing names. */
const copyOne = async (from: string, to: string): Promise<void> => {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' && codeOf(error) !== 'ENOENT') throw error;
  }
};

/**
 * Copies the stored files of a data directory to another one that lacks some of them, while a platform may run on it.
 *
 * @throws the errors of the file system.
 */
export const copyEmbeddedFiles = async (fromDirectory: string, toDirectory: string): Promise<void> => {
  const from = join(fromDirectory, FILES_FOLDER);
  const to = join(toDirectory, FILES_FOLDER);
  if (!existsSync(from)) return;
  for (const folder of await readdir(from, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    await makeDirectory(join(to, folder.name));
    for (const name of await readdir(join(from, folder.name)))
      if (isFileName(name)) await copyOne(join(from, folder.name, name), join(to, folder.name, name));
  }
};
