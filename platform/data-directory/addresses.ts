import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeSharedFile } from './shared-file';

/** The addresses of a running Waybill: `http` a URL, the others `host:port`. Absent: not running here. */
export type Addresses = {
  readonly http?: string | undefined;
  readonly grpc?: string | undefined;
  readonly worldAmazon?: string | undefined;
  readonly worldUps?: string | undefined;
  readonly carrier?: string | undefined;
  readonly eventstore?: string | undefined;
};

const parseAddresses = (text: string | undefined): Addresses => {
  try {
    return JSON.parse(text ?? '{}') as Addresses;
  } catch {
    return {};
  }
};

/** Returns the addresses that the programs on the folder have written; none if the file is missing. */
export const readAddresses = (folder: string): Addresses => {
  try {
    return parseAddresses(readFileSync(join(folder, 'addresses.json'), 'utf8'));
  } catch {
    return {};
  }
};

/**
 * Changes the folder's `addresses.json`, which several programs share: each removes and adds its own addresses. The
 * file is removed with the last address.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE` if others lock the file for 5 s.
 */
export const changeAddresses = (
  folder: string,
  { drop, add = {} }: { readonly drop: readonly (keyof Addresses)[]; readonly add?: Addresses | undefined },
): void => {
  changeSharedFile(folder, 'addresses', (text) => {
    const others = Object.entries(parseAddresses(text)).filter(
      ([name]) => !drop.includes(name as keyof Addresses),
    );
    const addresses = { ...Object.fromEntries(others), ...add };
    if (Object.keys(addresses).length === 0) return undefined;
    return `${JSON.stringify(addresses, undefined, 2)}\n`;
  });
};
