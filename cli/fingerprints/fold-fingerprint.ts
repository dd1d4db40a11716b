import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from './code-fingerprint';

const domain = join(__dirname, '../..', 'domain');

/** Tests whether a file is code that folds events: compiled, or as TypeScript. */
const isCode = (name: string): boolean => /\.[jt]s$/.test(name) && !/\.(spec|d)\.[jt]s$/.test(name);

/**
 * Returns a fingerprint of the code that folds events: of every file of the domain, which imports nothing else, and has the
 * deciders, the upcasters and the codecs of snapshots.
 */
export const foldFingerprint = (directory: string = domain): string => {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isCode(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return fingerprintOf(files, directory);
};
