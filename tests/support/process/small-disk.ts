import { spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** True if a process may have its own file system on this machine. */
export const hasSmallDisks = (): boolean => spawnSync('unshare', ['-Urm', 'true']).status === 0;

/** For `WaybillProcess.spawn`: its directory is on a file system of its own, of so many MiB, that goes with it. */
export const onSmallDisk = (directory: string, mib: number): readonly string[] => [
  ...['unshare', '-Urm', 'bash', '-c'],
  `mount -t tmpfs -o size=${mib}m tmpfs '${directory}' && exec "$@"`,
  'bash',
];

const BALLAST_BYTES = Buffer.alloc(64 * 1024);

/** The file system of a process on a small disk, which other files can fill. */
export class SmallDisk {
  private readonly ballast: string;

  constructor(pid: number, directory: string) {
    this.ballast = join(`/proc/${pid}/root`, directory, 'ballast');
  }

  /** To the last byte. @param spareBytes - how much is left. */
  async fill(spareBytes = 0): Promise<void> {
    const file = await open(this.ballast, 'a');
    try {
      for (;;) await file.write(BALLAST_BYTES);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      await file.truncate(Math.max(0, (await file.stat()).size - spareBytes));
    } finally {
      await file.close();
    }
  }

  async clear(): Promise<void> {
    await rm(this.ballast);
  }
}
