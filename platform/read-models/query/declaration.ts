import { Fault } from '../../faults';
import type { CollectionSpec } from '../read-models';

const NAME = /^(?=.{1,48}$)[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const PATH = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const PATH_LENGTH_MAX = 200;

/** A verified declaration of a collection, prepared for engines. */
export type Declaration = {
  /** The name of the collection in the engine: `order_details_v2`. */
  readonly physicalName: string;
  /** The fields of each index by its name; `id` always exists and has no fields of its own. */
  readonly indexes: ReadonlyMap<string, readonly string[]>;
  /** The fields of all indexes. */
  readonly indexedFields: ReadonlySet<string>;
  readonly searchFields: readonly string[];
};

const declarations = new WeakMap<CollectionSpec, Declaration>();

/**
 * Tests whether a text is a field's path: `status`, `price.amountMinor`. No other text ever reaches an engine's query
 * language.
 */
export const isFieldPath = (path: string): boolean => path.length <= PATH_LENGTH_MAX && PATH.test(path);

const check = (holds: boolean, message: string): void => {
  if (!holds) throw new Error(message);
};

const declare = ({ name, version, indexes, searchFields = [] }: CollectionSpec): Declaration => {
  check(NAME.test(name), `A collection's name is snake_case: ${name}`);
  check(Number.isSafeInteger(version) && version > 0, `A collection's version counts from 1: ${version}`);
  const byName = new Map<string, readonly string[]>([['id', []]]);
  for (const index of indexes) {
    check(NAME.test(index.name) && !byName.has(index.name), `${name} has an odd index name: ${index.name}`);
    check(index.fields.length > 0, `${name}'s index ${index.name} has no fields`);
    byName.set(index.name, index.fields);
  }
  const indexedFields = new Set(indexes.flatMap(({ fields }) => fields));
  for (const field of [...indexedFields, ...searchFields])
    check(isFieldPath(field), `${name} declares an odd field: ${field}`);
  return { physicalName: `${name}_v${version}`, indexes: byName, indexedFields, searchFields };
};

/** @throws Error for a declaration that no engine supports; a bug of the projection. */
export const declarationOf = (spec: CollectionSpec): Declaration => {
  const before = declarations.get(spec);
  if (before) return before;
  const declaration = declare(spec);
  declarations.set(spec, declaration);
  return declaration;
};

export const invalid = (message: string): Fault => new Fault('QUERY_INVALID', message);
