import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { UsageError } from '../program/command';
import { shown } from '../../platform/visible-text';

/** A name that ids and addresses contain unchanged. */
const PLAIN = /^[a-z0-9-]{1,100}$/;

/** Returns the name with all other characters replaced by hyphens. Several names may become one. */
const simplified = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-]+/g, '-');

/** The name of a list. */
export type SourceName = {
  readonly source: string;
  /** Whether the name was given, not derived from the file. */
  readonly given: boolean;
  /** Its name in versions that did not keep names distinct, where that differs. */
  readonly former?: string;
};

const digestOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8);

/**
 * Returns the name of a list from the name of its first file, without folder and extension. A name with other characters than
 * letters a to z, digits and hyphens is simplified and gets a digest, so that names stay distinct.
 */
export const sourceOfFile = (file: string): SourceName => {
  const name = basename(file, extname(file)).normalize('NFC').toLowerCase();
  if (PLAIN.test(name)) return { source: name, given: false };
  const former = simplified(name);
  const words = former.replace(/^-+|-+$/g, '').slice(0, 40) || 'list';
  return { source: `${words}-${digestOf(name)}`, given: false, former };
};

/** @throws UsageError for a name that would have to be simplified, because it might equal another list's. */
export const sourceGiven = (name: string): SourceName => {
  const source = name.toLowerCase();
  if (PLAIN.test(source)) return { source, given: true };
  const plain = simplified(source).slice(0, 100);
  throw new UsageError(
    `--source takes at most 100 letters a to z, digits and hyphens; not "${shown(name)}". ` +
      `Lists imported under it so far are called ${plain}.`,
  );
};
