import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * Returns a fingerprint of files, in hexadecimal: of their names below a directory, and of their content. Any change of a file
 * changes it.
 *
 * @param texts - code that is no file, which counts too.
 */
export const fingerprintOf = (
  files: readonly string[],
  directory: string,
  texts: readonly string[] = [],
): string => {
  const hash = createHash('sha256');
  const add = (name: string, content: string | Uint8Array): void =>
    void hash.update(`${name} ${content.length}\n`).update(content);
  for (const file of [...files].sort()) add(relative(directory, file), readFileSync(file));
  for (const text of texts) add('', text);
  return hash.digest('hex');
};
