import { realpath, stat } from 'node:fs/promises';
import { Fault } from '../../platform/faults';
import { changeSharedFile } from '../../platform/data-directory';
import { shown } from '../../platform/visible-text';
import type { SourceName } from './source-name';

/** A list that was imported under a name. */
export type ImportedList = {
  /** The resolved path of its first file; absent for a pipe. */
  readonly file?: string | undefined;
  /** A digest of that file's header and first record. */
  readonly beginning: string;
};

/** By the name of each list, the newest last. */
type KnownLists = Readonly<Record<string, readonly ImportedList[]>>;

/** Bounds the file even if the beginning of a list changes with every import. */
const REMEMBERED_MAX = 20;

const parse = (text: string | undefined): KnownLists => {
  try {
    return JSON.parse(text ?? '{}') as KnownLists;
  } catch (cause) {
    throw new Fault(
      'INPUT_INVALID',
      'imports.json of the data directory is no JSON. Remove it: it only tells which file was imported under which name.',
      { cause },
    );
  }
};

const isSame = (one: ImportedList, other: ImportedList): boolean =>
  one.beginning === other.beginning || (one.file !== undefined && one.file === other.file);

const placeOf = ({ file }: ImportedList): string => (file === undefined ? 'a pipe' : shown(file));

const sameNamed = (source: string, list: ImportedList, known: ImportedList): Fault =>
  new Fault(
    'INPUT_INVALID',
    `The list "${source}" was imported from ${placeOf(known)} before; ${placeOf(list)} begins otherwise. ` +
      `Say --source ${source} where it is the same list, or --source with another name where it is another one.`,
  );

/** Returns the resolved path of a file; undefined where it is no regular file. */
export const placeOfFile = async (file: string): Promise<string | undefined> =>
  (await stat(file)).isFile() ? realpath(file) : undefined;

/**
 * Records which list is imported under a name, in `imports.json` of the data directory. A list is the same if its path or its
 * beginning is the same: a moved file keeps its beginning, and a corrected file keeps its path.
 *
 * @throws Fault `INPUT_INVALID` when the name is derived from the file, and a list with another path and another beginning was
 *   imported under it: their invoices and customers would be confused.
 */
export const claimSource = (dataDir: string, { source, given }: SourceName, list: ImportedList): void => {
  changeSharedFile(dataDir, 'imports', (text) => {
    const lists = parse(text);
    const known = Object.hasOwn(lists, source) ? (lists[source] ?? []) : [];
    const last = known.at(-1);
    if (!given && last !== undefined && !known.some((each) => isSame(each, list)))
      throw sameNamed(source, list, last);
    const others = known.filter(({ file, beginning }) => file !== list.file || beginning !== list.beginning);
    const remembered = [...others, list].slice(-REMEMBERED_MAX);
    return `${JSON.stringify({ ...lists, [source]: remembered }, undefined, 2)}\n`;
  });
};
