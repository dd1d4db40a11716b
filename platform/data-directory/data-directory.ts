import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Random } from '../clock';
import { Fault, isDiskFull } from '../faults';
import { changeAddresses, type Addresses } from './addresses';
import { tryLock } from './lock';
import { makeDirectory } from './make-directory';
import { makePrivately, writePrivately } from './private-file';

/** What each program that may run on a data directory calls its own in `addresses.json`. */
const addressesOf = {
  platform: ['http', 'grpc', 'eventstore'],
  world: ['worldAmazon', 'worldUps'],
  carrier: ['carrier'],
} as const satisfies Record<string, readonly (keyof Addresses)[]>;

/** The platform's files lie in the data directory itself, those of each simulator in a folder of its name in it. */
export type Part = keyof typeof addressesOf;

/** A part of the folder with everything that outlives the process, owned by one process at a time. */
export interface DataDirectory {
  /** Where the part's own files are. Absolute. */
  readonly path: string;
  /**
   * A secret of the installation, shared by all parts: made at the first call, then the same for ever. Kept in
   * `secrets/<name>`, for the owner's eyes only.
   *
   * @param name - lower-case letters, digits and `-`.
   * @param bytes - how much chance is in it.
   * @param write - turns the chance into text; base64url where absent. One that was kept before stays as it is.
   */
  secret(name: string, bytes: number, write?: (chance: Uint8Array) => string): Promise<string>;
  /** Enters where this process can be reached in `addresses.json`; each part's addresses go when it is released. */
  writeAddresses(addresses: Addresses): void;
  /** Gives the part back. */
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
    // An empty one is none.
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
 * Makes the directory where absent (mode 0700) and takes one part of it for this process, until `release` or the process'
 * death, `kill -9` included. The parts of one directory may be different processes'.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE`, naming the process that has it; `CONFIG_INVALID` where it can be no directory of ours.
 */
export const openDataDirectory = async (
  directory: string,
  { random, part = 'platform' }: { readonly random: Random; readonly part?: Part },
): Promise<DataDirectory> => {
  const root = resolve(directory);
  const path = part === 'platform' ? root : join(root, part);
  const lock = await lockIn(path).catch((cause: unknown) => {
    throw unusable(path, cause);
  });
  if (lock === undefined) throw await refusal(path);
  try {
    // Left by a process that had no time to tidy up.
    changeAddresses(root, { drop: addressesOf[part] });
    await writePrivately(join(path, 'owner'), `${process.pid}\n`);
  } catch (error) {
    lock.release();
    throw error;
  }
  return new OwnedDirectory({ root, part, path }, random, () => lock.release());
};
