import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Random } from '../clock';
import { Fault, isDiskFull } from '../faults';
import { changeAddresses, type Addresses } from './addresses';
import { tryLock } from './lock';
import { makeDirectory } from './make-directory';
import { makePrivately, writePrivately } from './private-file';

/** The fields of `addresses.json` that belong to each program on a data directory. */
const addressesOf = {
  platform: ['http', 'grpc', 'eventstore'],
  world: ['worldAmazon', 'worldUps'],
  carrier: ['carrier'],
} as const satisfies Record<string, readonly (keyof Addresses)[]>;

/**
 * A program with files of its own. The platform's are in the data directory itself, those of each simulator in a
 * subfolder.
 */
export type Part = keyof typeof addressesOf;

/** A part of the folder with all data that outlives the process, owned by one process at a time. */
export interface DataDirectory {
  /** The folder of the part's own files. Absolute. */
  readonly path: string;
  /**
   * Returns a secret of the installation, shared by all parts: made at the first call, then always the same. Stored in
   * `secrets/<name>`, readable only by the owner.
   *
   * @param name - lower-case letters, digits and `-`.
   * @param bytes - the number of random bytes.
   * @param write - formats the bytes as text; base64url if absent. An existing secret stays as it is.
   */
  secret(name: string, bytes: number, write?: (chance: Uint8Array) => string): Promise<string>;
  /** Writes this process' addresses to `addresses.json`; each part's addresses are removed at its release. */
  writeAddresses(addresses: Addresses): void;
  /** Releases the part for other processes. */
  release(): Promise<void>;
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const readIfThere = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

const base64UrlOf = (chance: Uint8Array): string => Buffer.from(chance).toString('base64url');

type Owned = { readonly root: string; readonly part: Part; readonly path: string };

class OwnedDirectory implements DataDirectory {
  private readonly secrets = new Map<string, Promise<string>>();

  constructor(
    private readonly owned: Owned,
    private readonly random: Random,
    private readonly unlock: () => void,
  ) {}

  get path(): string {
    return this.owned.path;
  }

  secret(name: string, bytes: number, write = base64UrlOf): Promise<string> {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`Not a secret's name: ${name}`);
    const known =
      this.secrets.get(name) ?? this.readOrMakeSecret(name, () => write(this.random.bytes(bytes)));
    this.secrets.set(name, known);
    return known;
  }

  writeAddresses(addresses: Addresses): void {
    changeAddresses(this.owned.root, { drop: addressesOf[this.owned.part], add: addresses });
  }

  async release(): Promise<void> {
    changeAddresses(this.owned.root, { drop: addressesOf[this.owned.part] });
    await rm(join(this.path, 'owner'), { force: true });
    this.unlock();
  }

  private async readOrMakeSecret(name: string, make: () => string): Promise<string> {
    const folder = join(this.owned.root, 'secrets');
    const file = join(folder, name);
    const kept = (await readIfThere(file))?.trim();
    if (kept !== undefined && kept !== '') return kept;
    // An empty file is no secret.
    if (kept === '') await rm(file);
    await makeDirectory(folder);
    await makePrivately(file, `${make()}\n`);
    return (await readFile(file, 'utf8')).trim();
  }
}

const unusable = (path: string, cause: unknown): Fault => {
  if (isDiskFull(cause))
    return new Fault('STORE_FULL', `WAYBILL_DATA_DIR: ${path} cannot be written.`, { cause });
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Fault('CONFIG_INVALID', `WAYBILL_DATA_DIR: ${path} cannot be used: ${why}`, { cause });
};

const refusal = async (path: string): Promise<Fault> => {
  const owner = await readIfThere(join(path, 'owner'));
  const by = owner === undefined ? 'another process' : `another process (pid ${owner.trim()})`;
  return new Fault(
    'DATA_DIRECTORY_IN_USE',
    `${path} is in use by ${by}. Stop it, or choose another directory with WAYBILL_DATA_DIR.`,
  );
};

const lockIn = async (path: string): Promise<ReturnType<typeof tryLock>> => {
  await makeDirectory(path);
  return tryLock(join(path, 'lock'));
};

/**
 * Makes the directory if it is missing (mode 0700) and locks one part of it for this process, until `release` or the
 * end of the process, `kill -9` included. The parts of one directory may belong to different processes.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE`, naming the owning process; `CONFIG_INVALID` if the path cannot be a data
 * directory.
 */
export const openDataDirectory = async (
  directory: string,
  { random, part = 'platform' }: { readonly random: Random; readonly part?: Part | undefined },
): Promise<DataDirectory> => {
  const root = resolve(directory);
  const path = part === 'platform' ? root : join(root, part);
  const lock = await lockIn(path).catch((cause: unknown) => {
    throw unusable(path, cause);
  });
  if (lock === undefined) throw await refusal(path);
  try {
    // These are of a process that ended without clearing up.
    changeAddresses(root, { drop: addressesOf[part] });
    await writePrivately(join(path, 'owner'), `${process.pid}\n`);
  } catch (error) {
    lock.release();
    throw error;
  }
  return new OwnedDirectory({ root, part, path }, random, () => lock.release());
};
