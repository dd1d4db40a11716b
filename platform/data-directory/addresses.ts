import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../faults';
import { tryLock } from './lock';

/** Where a running Waybill can be reached: `http` a URL, the others `host:port`. Absent: not running here. */
export type Addresses = {
  readonly http?: string;
  readonly grpc?: string;
  readonly worldAmazon?: string;
  readonly worldUps?: string;
  readonly carrier?: string;
  readonly eventstore?: string;
};

const LOCK_MS_MAX = 5_000;

const readAddresses = (file: string): Addresses => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Addresses;
  } catch {
    return {};
  }
};

const writeAddresses = (file: string, addresses: Addresses): void => {
  if (Object.keys(addresses).length === 0) {
    rmSync(file, { force: true });
    return;
  }
  writeFileSync(`${file}.new`, `${JSON.stringify(addresses, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/**
 * Changes the folder's `addresses.json`, which several programs share: each takes out and puts in what is its own. The file
 * goes with the last address.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE` when others keep it to themselves for 5 s.
 */
export const changeAddresses = (
  folder: string,
  { drop, add = {} }: { readonly drop: readonly (keyof Addresses)[]; readonly add?: Addresses },
): void => {
  const file = join(folder, 'addresses.json');
  const lock = tryLock(join(folder, 'addresses.lock'), LOCK_MS_MAX);
  if (lock === undefined) throw new Fault('DATA_DIRECTORY_IN_USE', `${file} is kept by another process.`);
  // Nothing is awaited while the lock is held: whoever else wants it in this process would wait for ever.
  try {
    const others = Object.entries(readAddresses(file)).filter(
      ([name]) => !drop.includes(name as keyof Addresses),
    );
    writeAddresses(file, { ...Object.fromEntries(others), ...add });
  } finally {
    lock.release();
  }
};
