import { statfs } from 'node:fs/promises';

/** Returns the free space of a directory's file system for a process without privileges, in bytes. */
export const freeBytes = async (directory: string): Promise<number> => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};
