import type { CollectionSpec, Document, Filter, Query, Range, Scalar } from '../read-models';
import { fingerprintOf, readCursor, writeCursor, type Place } from './cursor';
import { declarationOf, invalid, isFieldPath } from './declaration';
import { isScalar, scalarAt } from './values';

export type Equality = { readonly field: string; readonly value: Scalar };
export type Bound = { readonly operator: '>' | '>=' | '<' | '<='; readonly value: Scalar };
export type FieldBound = Bound & { readonly field: string };
/** Bounds that no index serves, and how many documents are looked at. */
export type FilterPlan = { readonly bounds: readonly FieldBound[]; readonly lookedAtMax: number };

/** A query that was verified against its collection, in terms that every engine supports. */
export type Plan = {
  readonly equalities: readonly Equality[];
  /** The fields that sort the result, before the id. */
  readonly sort: readonly string[];
  /** Bounds of the first field of `sort`. */
  readonly bounds: readonly Bound[];
  readonly filter: FilterPlan | undefined;
  /** The order in which the documents are to be read. */
  readonly descending: boolean;
  /** Whether that is the opposite of the list's. */
  readonly backwards: boolean;
  readonly first: number;
  readonly after: Place | undefined;
  readonly cursorOf: (document: Document) => string;
  /** The cursor of a place in the order, at which there may be no document. */
  readonly cursorAt: (place: Place) => string;
};

const FIRST_MAX = 1_000;
const LOOKED_AT_MAX = 100_000;
const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

export const checkFirst = (first: number): void => {
  if (!Number.isInteger(first) || first < 1 || first > FIRST_MAX)
    throw invalid(`\`first\` is a whole number from 1 to ${FIRST_MAX}`);
};

export const equalitiesOf = (where: Query['where'] = {}): readonly Equality[] =>
  Object.entries(where).map(([field, value]) => {
    if (!isScalar(value)) throw invalid(`${field} can be compared with text, a number, a boolean or null`);
    return { field, value };
  });

const boundsOf = (range: Range = {}): readonly Bound[] =>
  Object.entries(range).flatMap(([key, value]) => {
    if (!Object.hasOwn(operators, key)) throw invalid(`There is no bound ${key}`);
    if (value === undefined) return [];
    if (!isScalar(value) || value === null) throw invalid('A bound is text, a number or a boolean');
    return { operator: operators[key as keyof typeof operators], value };
  });

const filterOf = (filter: Filter | undefined): FilterPlan | undefined => {
  if (filter === undefined) return undefined;
  const { within, lookedAtMax } = filter;
  if (!Number.isInteger(lookedAtMax) || lookedAtMax < 1 || lookedAtMax > LOOKED_AT_MAX)
    throw invalid(`\`lookedAtMax\` is a whole number from 1 to ${LOOKED_AT_MAX}`);
  const bounds = Object.entries(within).flatMap(([field, range]) => {
    if (!isFieldPath(field)) throw invalid(`${JSON.stringify(field)} is no field`);
    return boundsOf(range).map((bound) => ({ field, ...bound }));
  });
  return bounds.length === 0 ? undefined : { bounds, lookedAtMax };
};

/** @throws Fault `QUERY_INVALID` */
export const planOf = (spec: CollectionSpec, query: Query): Plan => {
  const { indexes } = declarationOf(spec);
  const fields = indexes.get(query.index);
  if (!fields) throw invalid(`${spec.name} has no index ${query.index}`);
  checkFirst(query.first);
  const given = equalitiesOf(query.where);
  const leading = fields.slice(0, given.length);
  const equalities = leading.flatMap((field) => given.filter((equality) => equality.field === field));
  if (equalities.length !== given.length)
    throw invalid(`\`where\` names the first fields of the index ${query.index}`);
  const sort = fields.slice(equalities.length);
  const bounds = boundsOf(query.range);
  if (bounds.length > 0 && sort.length === 0)
    throw invalid(`The index ${query.index} has no field left for a range`);
  const filter = filterOf(query.filter);
  const descending = query.order === 'descending';
  const backwards = query.backwards === true;
  // Neither of a version nor of a direction: a cursor stays valid after the promotion of a rebuild, and reads both ways.
  const fingerprint = fingerprintOf(
    spec.name,
    query.index,
    fields,
    equalities,
    bounds,
    descending,
    ...(filter?.bounds ?? []),
  );
  return {
    equalities,
    sort,
    bounds,
    filter,
    descending: descending !== backwards,
    backwards,
    first: query.first,
    after: query.after === undefined ? undefined : readCursor(query.after, fingerprint, sort.length),
    cursorAt: (place) => writeCursor(fingerprint, place),
    cursorOf: (document) =>
      writeCursor(fingerprint, {
        values: sort.map((field) => scalarAt(document, field)),
        id: document.id,
      }),
  };
};
