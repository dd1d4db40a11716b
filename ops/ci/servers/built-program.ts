import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Finds a built program.
 *
 * @param folder - its sources, in `ops/ci`.
 * @returns the path where `ops/ci/install` has built it.
 * @throws Error that says how to build it, if it is missing.
 */
export const builtProgram = async (folder: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(join(__dirname, '..', folder, 'path'));
  const path = stdout.trim();
  await access(path).catch(() => {
    throw new Error(`${folder} is not built: run ops/ci/install`);
  });
  return path;
};
