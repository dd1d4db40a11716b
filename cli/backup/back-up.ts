import { existsSync } from 'node:fs';
import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabase, problemIn, syncFile } from '../../platform/data-directory';
import { openEmbeddedHistory } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { copyEmbeddedFiles } from '../../platform/files';
import { KEYS_FILE } from '../../platform/personal-data';
import { furthestCheckpoint } from '../../platform/read-models';
import type { Runtime } from '../program/runtime';
import { version } from '../program/version';
import { fileEntry, MANIFEST, type Manifest } from './manifest';

/** The files of a data directory that a process may be writing, besides the databases. They are copied as they are. */
const plainParts = ['secrets', 'imports.json', 'world', 'fork.json'];

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => name !== MANIFEST)
    .sort();
};

/** Files of locks and addresses belong to the running process. */
const isKept = (path: string): boolean => !/\/(lock|owner)(-\w+)?$/.test(path);

/**
 * Copies the databases. The keys come after the events, so that each sealed event has its key. The read models come before the events, so that in the copy they may be behind, which a start makes good,
 * and are never ahead. Uploaded files come before the events and after them: what the events name is then in the copy, though some files are added and others removed meanwhile. The simulators come after: an answer that was on its way meanwhile is queried by the platform after a minute.
 */
const copyParts = async (from: string, to: string, onProgress: (what: string) => void): Promise<void> => {
  const copy = async (name: string): Promise<void> => {
    if (!existsSync(join(from, name))) return;
    onProgress(name);
    await copyDatabase(join(from, name), join(to, name));
  };
  onProgress('files');
  await copyEmbeddedFiles(from, to);
  await copy('read-models.db');
  await copy('events.db');
  await copy(KEYS_FILE);
  await copyEmbeddedFiles(from, to);
  if (existsSync(join(from, 'carrier', 'carrier.db'))) {
    await cp(join(from, 'carrier'), join(to, 'carrier'), {
      recursive: true,
      filter: (path) => isKept(path) && !/carrier\.db/.test(path),
    });
    await copy(join('carrier', 'carrier.db'));
  }
  for (const part of plainParts)
    if (existsSync(join(from, part)))
      await cp(join(from, part), join(to, part), {
        recursive: true,
        filter: isKept,
        preserveTimestamps: true,
      });
};

/** @throws Fault `STORE_CORRUPT` for a copy that is damaged, or whose read models are ahead of its events. */
export const checkCopy = async (folder: string): Promise<Pick<Manifest, 'position' | 'readModels'>> => {
  const problem = problemIn(join(folder, 'events.db'));
  if (problem !== undefined) throw new Fault('STORE_CORRUPT', `${folder}/events.db: ${problem}`);
  const history = openEmbeddedHistory(folder);
  const position = (await history.head().finally(() => history.close())) ?? null;
  const readModels = existsSync(join(folder, 'read-models.db')) ? (furthestCheckpoint(folder) ?? null) : null;
  if (readModels !== null && (position === null || readModels > position))
    throw new Fault('STORE_CORRUPT', `The read models in ${folder} are ahead of its events.`);
  return { position, readModels };
};

/**
 * Copies a data directory, whether a platform runs on it or not.
 *
 * @param to - an empty folder.
 * @throws Fault `STORE_UNAVAILABLE`, `STORE_FULL`, `STORE_CORRUPT`.
 */
export const backUp = async (
  from: string,
  to: string,
  { clock }: Pick<Runtime, 'clock'>,
  onProgress: (what: string) => void,
): Promise<Manifest> => {
  if (!existsSync(join(from, 'events.db')))
    throw new Fault('STORE_UNAVAILABLE', `${from} holds no event store.`);
  const at = clock.now();
  await copyParts(from, to, onProgress);
  const state = await checkCopy(to);
  const files = [];
  for (const name of await filesIn(to)) {
    await syncFile(join(to, name));
    files.push(await fileEntry(to, name));
  }
  const manifest: Manifest = { format: 1, version: version(), at, ...state, files };
  await writeFile(join(to, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
  await syncFile(join(to, MANIFEST));
  return manifest;
};
