import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const domain = join(__dirname, '..', 'domain');

/** Tests whether a file is code that folds events: compiled, or as TypeScript. */
const isCode = (name: string): boolean => /\.[jt]s$/.test(name) && !/\.(spec|d)\.[jt]s$/.test(name);

/**
 * Returns a fingerprint of the code that folds events, in hexadecimal: of every file of the domain, which imports nothing else,
 * and has the deciders, the upcasters and the codecs of snapshots. Any change of a file changes it.
 */
export const foldFingerprint = (directory: string = domain): string => {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isCode(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const code = readFileSync(file);
    hash.update(`${relative(directory, file)} ${code.length}\n`).update(code);
  }
  return hash.digest('hex');
};
