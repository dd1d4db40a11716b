import { copyFile, chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFile } from '../../platform/data-directory';
import { checkCopy } from './back-up';
import { readManifest, type Manifest } from './manifest';

/**
 * Copies a backup into an empty folder, and checks it there.
 *
 * @throws Fault `INPUT_INVALID` for a backup that is torn or damaged, `STORE_CORRUPT`.
 */
export const restore = async (
  backup: string,
  to: string,
  onProgress: (what: string) => void,
): Promise<Manifest> => {
  const manifest = await readManifest(backup);
  for (const { name } of manifest.files) {
    onProgress(name);
    const file = join(to, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await copyFile(join(backup, name), file);
    await chmod(file, 0o600);
    await syncFile(file);
  }
  await checkCopy(to);
  return manifest;
};
