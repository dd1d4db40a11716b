import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Random } from '../clock';
import { Fault } from '../faults';
import { tryLock } from './lock';
import { writePrivately } from './private-file';

/** Where a running Waybill can be reached: `http` a URL, the others `host:port`. Absent: not running here. */
export type Addresses = {
  readonly http?: string;
  readonly grpc?: string;
  readonly worldAmazon?: string;
  readonly worldUps?: string;
  readonly carrier?: string;
  readonly eventstore?: string;
};

/** The folder with everything that outlives the process, owned by one process at a time. */
export interface DataDirectory {
  /** Absolute. */
  readonly path: string;
  /**
   * A secret of the installation: made at the first call, then the same for ever. Kept in `secrets/<name>`, for the owner's
   * eyes only.
   *
   * @param name - lower-case letters, digits and `-`.
   * @param bytes - how much chance is in it.
   * @returns base64url text.
   */
  secret(name: string, bytes: number): Promise<string>;
  /** Writes `addresses.json`; it is there only while somebody runs. */
  writeAddresses(addresses: Addresses): Promise<void>;
  /** Gives the directory back. */
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

class OwnedDirectory implements DataDirectory {
  private readonly secrets = new Map<string, Promise<string>>();

  constructor(
    readonly path: string,
    private readonly random: Random,
    private readonly unlock: () => void,
  ) {}

  secret(name: string, bytes: number): Promise<string> {
    if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`Not a secret's name: ${name}`);
    const known = this.secrets.get(name) ?? this.readOrMakeSecret(name, bytes);
    this.secrets.set(name, known);
    return known;
  }

  async writeAddresses(addresses: Addresses): Promise<void> {
    await writePrivately(join(this.path, 'addresses.json'), `${JSON.stringify(addresses, undefined, 2)}\n`);
  }

  async release(): Promise<void> {
    await rm(join(this.path, 'addresses.json'), { force: true });
    await rm(join(this.path, 'owner'), { force: true });
    this.unlock();
  }

  private async readOrMakeSecret(name: string, bytes: number): Promise<string> {
    const file = join(this.path, 'secrets', name);
    const kept = await readIfThere(file);
    if (kept !== undefined && kept.trim() !== '') return kept.trim();
    const made = Buffer.from(this.random.bytes(bytes)).toString('base64url');
    await mkdir(join(this.path, 'secrets'), { recursive: true, mode: 0o700 });
    await writePrivately(file, `${made}\n`);
    return made;
  }
}

const unusable = (path: string, cause: unknown): Fault => {
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
  await mkdir(path, { recursive: true, mode: 0o700 });
  return tryLock(join(path, 'lock'));
};

/**
 * Makes the directory where absent (mode 0700) and takes it for this process, until `release` or the process' death,
 * `kill -9` included.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE`, naming the process that has it; `CONFIG_INVALID` where it can be no directory of ours.
 */
export const openDataDirectory = async (
  directory: string,
  { random }: { readonly random: Random },
): Promise<DataDirectory> => {
  const path = resolve(directory);
  const lock = await lockIn(path).catch((cause: unknown) => {
    throw unusable(path, cause);
  });
  if (lock === undefined) throw await refusal(path);
  try {
    // Left by a process that had no time to tidy up.
    await rm(join(path, 'addresses.json'), { force: true });
    await writePrivately(join(path, 'owner'), `${process.pid}\n`);
  } catch (error) {
    lock.release();
    throw error;
  }
  return new OwnedDirectory(path, random, () => lock.release());
};
