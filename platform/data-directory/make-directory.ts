import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

const makeOne = async (directory: string): Promise<void> => {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST' && (await stat(directory)).isDirectory();
    if (!isThere) throw error;
  }
};

/**
 * Makes a directory, and its missing parents, all with mode 0700.
 *
 * Node's own `recursive` loops for ever if a parent exists and accepts no children, as `/proc` does.
 */
export const makeDirectory = async (directory: string): Promise<void> => {
  try {
    await makeOne(directory);
  } catch (error) {
    const parent = dirname(directory);
    if (codeOf(error) !== 'ENOENT' || parent === directory) throw error;
    await makeDirectory(parent);
    await makeOne(directory);
  }
};
