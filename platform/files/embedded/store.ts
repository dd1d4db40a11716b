import { access, constants, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { epochMsOf } from '../../../domain/kernel';
import type { Clock, Random } from '../../clock';
import { makeDirectory } from '../../data-directory';
import { Fault, isDiskFull } from '../../faults';
import { uuidV7 } from '../../ids';
import { demandIntact, isIntact, type FileName, type FileStore } from '../file-store';

/** The folder of the files in the data directory. */
export const FILES_FOLDER = 'files';

/** A file that is being written; a process that was killed leaves one behind. */
const PART = '.part';
/** No write takes so long. */
const ABANDONED_MS = 60 * 60_000;

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

const ifAbsent =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };

/** Names folders by the first two digits, so that none holds very many files. */
const folderOf = (name: FileName): string => name.slice(0, 2);

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeDurably = async (file: string, bytes: Uint8Array): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const unavailable = (what: string, cause: unknown): Fault =>
  isDiskFull(cause)
    ? new Fault('STORE_FULL', `There is no room to ${what}.`, { cause })
    : new Fault('STORE_UNAVAILABLE', `It was not possible to ${what}.`, { cause });

/** Reports errors of the file system as faults. */
const attempt = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Fault ? error : unavailable(what, error);
  }
};

/** Removes what killed processes have left. Several processes may share the folder, so what is young stays. */
const removeAbandoned = async (root: string, nowMs: number): Promise<void> => {
  for (const entry of await readdir(root)) {
    if (!entry.endsWith(PART)) continue;
    const file = join(root, entry);
    const found = await stat(file).catch(ifAbsent(undefined));
    if (found !== undefined && nowMs - found.mtimeMs > ABANDONED_MS) await rm(file, { force: true });
  }
};

/**
 * Opens the files in a folder, which several processes may share. A file is written beside its place, made durable, and moved there, so that a place holds a
 * whole file or none at any moment.
 *
 * @throws Fault `STORE_UNAVAILABLE`.
 */
export const openEmbeddedFiles = async ({
  folder: root,
  clock,
  random,
}: {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
}): Promise<FileStore> => {
  await attempt(`open ${root}`, async () => {
    await makeDirectory(root);
    await removeAbandoned(root, epochMsOf(clock.now()));
  });
  const placeOf = (name: FileName): string => join(root, folderOf(name), name);
  const read = (name: FileName): Promise<Buffer | undefined> =>
    readFile(placeOf(name)).catch(ifAbsent(undefined));

  return {
    put: (name, bytes) =>
      attempt(`store the file ${name}`, async () => {
        demandIntact(name, bytes);
        const stored = await read(name);
        if (stored !== undefined && isIntact(name, stored)) return;
        const part = join(root, `${uuidV7(clock, random)}${PART}`);
        const folder = join(root, folderOf(name));
        try {
          await writeDurably(part, bytes);
          await makeDirectory(folder);
          await rename(part, placeOf(name));
        } catch (error) {
          await rm(part, { force: true });
          throw error;
        }
        await syncFolder(folder);
        await syncFolder(root);
      }),

    get: (name) =>
      attempt(`read the file ${name}`, async () => {
        const bytes = await read(name);
        if (bytes !== undefined) demandIntact(name, bytes);
        return bytes;
      }),

    remove: (name) => attempt(`remove the file ${name}`, () => rm(placeOf(name), { force: true })),

    check: () => attempt(`use ${root}`, () => access(root, constants.R_OK | constants.W_OK)),
  };
};
