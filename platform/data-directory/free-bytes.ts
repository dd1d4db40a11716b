import { statfs } from 'node:fs/promises';

/** How much may still be written to the file system that a directory is on, in bytes, by a process without privileges. */
export const freeBytes = async (directory: string): Promise<number> => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};
