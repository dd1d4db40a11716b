import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { UsageError } from '../command';
import { shown } from '../../platform/visible-text';

/** A name as it stands in ids and addresses: nothing else is left as it is written. */
const PLAIN = /^[a-z0-9-]{1,100}$/;

/** Returns the name with everything else turned into hyphens, so that several names may become one. */
const simplified = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]+/g, '-');

/** What a list is called. */
export type SourceName = {
  readonly source: string;
  /** Whether the name was given, and not taken from the file. */
  readonly given: boolean;
  /** What it was called before names were kept apart, where that is another name. */
  readonly former?: string;
};

const digestOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8);

/**
 * Returns the name of a list from its first file's, without folder and ending. A name that has more than letters a to z, digits
 * and hyphens is simplified, and gets a digest of what it was, so that no two names become one.
 */
export const sourceOfFile = (file: string): SourceName => {
  const name = basename(file, extname(file)).normalize('NFC').toLowerCase();
  if (PLAIN.test(name)) return { source: name, given: false };
  const former = simplified(name);
  const words = former.replace(/^-+|-+$/g, '').slice(0, 40) || 'list';
  return { source: `${words}-${digestOf(name)}`, given: false, former };
};

/** @throws UsageError for a name that would have to be simplified: it might become another list's. */
export const sourceGiven = (name: string): SourceName => {
  const source = name.toLowerCase();
  if (PLAIN.test(source)) return { source, given: true };
  const plain = simplified(source).slice(0, 100);
  throw new UsageError(
    `--source takes at most 100 letters a to z, digits and hyphens; not "${shown(name)}". ` +
      `Lists imported under it so far are called ${plain}.`,
  );
};
