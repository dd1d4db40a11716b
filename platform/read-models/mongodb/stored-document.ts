import type { Position } from '../../event-store';
import type { Document, Stored } from '../read-models';
import { searchedWords } from '../query';

/** A document as it is in MongoDB: the port's document with its `id` as `_id`, and two fields of ours. */
export type StoredDocument = {
  readonly _id: string;
  readonly lastPosition: Position;
  /** Absent if the collection declares no search. */
  readonly searchWords?: readonly string[];
  readonly [field: string]: unknown;
};

export const LAST_POSITION = 'lastPosition';
export const SEARCH_WORDS = 'searchWords';
export const DELETED_AT = 'deletedAt';

const OWN_FIELDS: readonly string[] = ['_id', LAST_POSITION, SEARCH_WORDS, DELETED_AT];

/** The marker of a deleted document, so that a late, older write does not bring it back. */
export type Marker = StoredDocument & { readonly deletedAt: Date };

export const markerOf = (_id: string, lastPosition: Position, deletedAt: Date): Marker => ({
  _id,
  lastPosition,
  deletedAt,
});

export const isMarker = (stored: StoredDocument): stored is Marker => stored[DELETED_AT] instanceof Date;

// A key that begins with `$` or contains a dot or a NUL has a special meaning in MongoDB, not every server accepts an
// empty one, and the driver reads an object with `_bsontype` as a value of its own.
const ODD_KEY = /^$|^_bsontype$|[$.%\0]/;
const BSON_TYPE = '_bsontype';
const BSON_TYPE_WRITTEN = '%5Fbsontype';
const codes: Readonly<Record<string, string>> = { $: '%24', '.': '%2E', '%': '%25', '\0': '%00' };
const characters = Object.fromEntries(Object.entries(codes).map(([character, code]) => [code, character]));

const writeKey = (key: string): string =>
  key === ''
    ? '%'
    : key === BSON_TYPE
      ? BSON_TYPE_WRITTEN
      : key.replace(/[$.%\0]/g, (character) => codes[character] ?? character);
const readKey = (key: string): string =>
  key === '%'
    ? ''
    : key === BSON_TYPE_WRITTEN
      ? BSON_TYPE
      : key.replace(/%(24|2E|25|00)/g, (code) => characters[code] ?? code);

/** Renames keys at every depth; returns the same value if there is nothing to rename. */
const renamed = (value: unknown, isOdd: RegExp, rename: (key: string) => string): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => renamed(item, isOdd, rename));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const before = Object.entries(value);
  const after = before.map(([key, item]): [string, unknown] => [
    isOdd.test(key) ? rename(key) : key,
    renamed(item, isOdd, rename),
  ]);
  const isSame = after.every(([key, item], index) => {
    const [keyBefore, itemBefore] = before[index] ?? [];
    return key === keyBefore && item === itemBefore;
  });
  return isSame ? value : Object.fromEntries(after);
};

/** @throws Error for a document with a reserved field; a bug of the projection. */
export const storedDocumentOf = (
  { id, ...fields }: Document,
  lastPosition: Position,
  searchFields: readonly string[],
): StoredDocument => {
  const taken = OWN_FIELDS.find((field) => field in fields);
  if (taken !== undefined) throw new Error(`A document of the read models can't have a field ${taken}`);
  return {
    _id: id,
    ...(renamed(fields, ODD_KEY, writeKey) as object),
    lastPosition,
    ...(searchFields.length === 0 ? {} : { searchWords: searchedWords({ id, ...fields }, searchFields) }),
  };
};

export const storedOf = <D extends Document>(stored: StoredDocument): Stored<D> => {
  const { _id, lastPosition, ...fields } = stored;
  delete (fields as { searchWords?: unknown }).searchWords;
  return { document: { id: _id, ...(renamed(fields, /%/, readKey) as object) } as D, lastPosition };
};
