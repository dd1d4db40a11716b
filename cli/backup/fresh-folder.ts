import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeDirectory } from '../../platform/data-directory';
import { Fault } from '../../platform/faults';

/** @throws Fault `DATA_DIRECTORY_IN_USE` for a folder that has something in it. */
const demandEmpty = async (folder: string): Promise<void> => {
  const found = await readdir(folder).catch(() => []);
  if (found.length > 0)
    throw new Fault(
      'DATA_DIRECTORY_IN_USE',
      `${folder} is not empty. Choose a folder that is, or a new one.`,
    );
};

/**
 * Fills a new folder, or an empty one: whole, or not at all. The work is done in a folder beside it, which takes its place at the
 * end.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE`, and what `fill` throws.
 */
export const fillFolder = async <Result>(
  folder: string,
  fill: (draft: string) => Promise<Result>,
): Promise<Result> => {
  const path = resolve(folder);
  await demandEmpty(path);
  const draft = `${path}.incomplete`;
  await makeDirectory(dirname(path));
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  try {
    const result = await fill(draft);
    await demandEmpty(path);
    await rmdir(path).catch(() => undefined);
    await rename(draft, path);
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
};
