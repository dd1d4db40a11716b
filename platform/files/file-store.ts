import { createHash } from 'node:crypto';
import { Fault } from '../faults';

/**
 * The name of a file: the SHA-256 of its content in hexadecimal digits. A file that belongs to another one, as a thumbnail to its
 * picture, has the name of that one and a `-` before it, so that two files of the same content are removed apart.
 */
export type FileName = string;

const NAME = /^[0-9a-f]{64}(-[0-9a-f]{64})?$/;

export const isFileName = (text: string): text is FileName => NAME.test(text);

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Returns the name of a file of this content. @param of - the file that it belongs to. */
export const fileNameOf = (bytes: Uint8Array, of?: FileName): FileName =>
  of === undefined ? hashOf(bytes) : `${of}-${hashOf(bytes)}`;

const HASH_LENGTH = 64;

/** Tests whether a file has the content that its name says. */
export const isIntact = (name: FileName, bytes: Uint8Array): boolean =>
  hashOf(bytes) === name.slice(-HASH_LENGTH);

/** @throws Fault `STORE_CORRUPT` for a file whose content is not what its name says. */
export const demandIntact = (name: FileName, bytes: Uint8Array): void => {
  if (!isIntact(name, bytes)) throw new Fault('STORE_CORRUPT', `The file ${name} is damaged.`);
};

/** Files by the hash of their content. A file never changes; every engine passes tests/contract/file-store.contract.ts. */
export interface FileStore {
  /**
   * Stores a file durably, whole or not at all. One that is stored already stays as it is, unless it is damaged.
   *
   * @param name - of this content, by `fileNameOf`.
   * @throws Fault `STORE_UNAVAILABLE`, `STORE_FULL`; `STORE_CORRUPT` for another content.
   */
  put(name: FileName, bytes: Uint8Array): Promise<void>;
  /**
   * Returns the content of a file, checked against its name; undefined if it is not stored.
   *
   * @throws Fault `STORE_UNAVAILABLE`, `STORE_CORRUPT`.
   */
  get(name: FileName): Promise<Buffer | undefined>;
  /** Removes a file, if it is there. @throws Fault `STORE_UNAVAILABLE`. */
  remove(name: FileName): Promise<void>;
  /** @throws Fault `STORE_UNAVAILABLE` while files can be neither read nor written. */
  check(): Promise<void>;
}
