import type { Document as BsonDocument, Filter } from 'mongodb';
import type { CollectionSpec, Scalar, Selection } from '../read-models';
import { foldWord, planOf, searchPlanOf } from '../query';
import type { Equality, FilterPlan, MatchPlan, Plan, SearchPlan } from '../query';
import { DELETED_AT, SEARCH_WORDS, type StoredDocument } from './stored-document';

type Condition = Filter<StoredDocument>;

const operators = { '>': '$gt', '>=': '$gte', '<': '$lt', '<=': '$lte' } as const;

/** Returns the stored name of a field of the port's documents. */
export const fieldOf = (path: string): string => (path === 'id' ? '_id' : path);

const isEqual = (path: string, value: Scalar): Condition => ({ [fieldOf(path)]: { $eq: value } });

/** Returns a filter with all the conditions. */
export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? {} : { $and: [...conditions] };

export const conditionsOf = (equalities: readonly Equality[]): readonly Condition[] =>
  equalities.map(({ field, value }) => isEqual(field, value));

/** A condition that is true for documents, and not for the markers of deletions. */
export const isThere: Condition = { [DELETED_AT]: { $exists: false } };

/** The types of JSON in MongoDB's sort order, after null. */
const SORTED_TYPES = ['number', 'string', 'object', 'array', 'bool'];

const typeOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? 'bool' : typeof value;

/**
 * Returns the conditions of values after `value`. Null comes first; comparisons never cross types, so the following
 * types are named.
 */
const beyond = (path: string, value: Scalar, descending: boolean): readonly Condition[] => {
  const field = fieldOf(path);
  if (value === null) return descending ? [] : [{ [field]: { $ne: null } }];
  const at = SORTED_TYPES.indexOf(typeOf(value));
  const types = descending ? SORTED_TYPES.slice(0, at) : SORTED_TYPES.slice(at + 1);
  // The id is always text.
  const ofOtherTypes =
    path === 'id' || types.length === 0 ? [] : [{ [field]: { $type: types } } as Condition];
  return [
    { [field]: descending ? { $lt: value } : { $gt: value } },
    ...ofOtherTypes,
    ...(descending ? [isEqual(path, null)] : []),
  ];
};

/**
 * Returns the conditions of documents after a place (a, b, id): `= a, = b, beyond id`, or `= a, beyond b`, or `beyond
 * a`. Each is a seek in the index.
 */
const afterPlace = ({ sort, after, descending }: Plan): readonly Condition[] => {
  if (!after) return [];
  const same = sort.map((field, depth) => isEqual(field, after.values[depth] ?? null));
  const stretches = sort.flatMap((field, depth) =>
    beyond(field, after.values[depth] ?? null, descending).map((step) =>
      allOf([...same.slice(0, depth), step]),
    ),
  );
  const byId = beyond('id', after.id, descending).slice(0, 1);
  return [{ $or: [allOf([...same, ...byId]), ...stretches] }];
};

export const listFilter = (plan: Plan): Condition => {
  const [ranged = ''] = plan.sort;
  const bounds = plan.bounds.map(({ operator, value }): Condition => ({
    [fieldOf(ranged)]: { [operators[operator]]: value },
  }));
  return allOf([...conditionsOf(plan.equalities), ...bounds, ...afterPlace(plan), isThere]);
};

export const listSort = ({ sort, descending }: Plan): Readonly<Record<string, 1 | -1>> => {
  const direction = descending ? -1 : 1;
  return Object.fromEntries([...sort.map(fieldOf), '_id'].map((field) => [field, direction]));
};

/**
 * Returns the filter of a search. Words are letters and digits only, so none has a special meaning in a regular
 * expression.
 */
export const searchFilter = ({ words, equalities, after, backwards }: SearchPlan): Condition => {
  const folded = words.map(foldWord);
  const whole = folded.slice(0, -1).map((word): Condition => ({ [SEARCH_WORDS]: word }));
  const prefix: Condition = { [SEARCH_WORDS]: { $regex: `^${folded.at(-1) ?? ''}` } };
  const rest = after ? beyond('id', after.id, backwards).slice(0, 1) : [];
  return allOf([...whole, prefix, ...conditionsOf(equalities), ...rest, isThere]);
};

/** Returns the condition of bounds that no index serves. */
const withinFilter = ({ bounds }: FilterPlan): Condition =>
  allOf(
    bounds.map(({ field, operator, value }): Condition => ({
      [fieldOf(field)]: { [operators[operator]]: value },
    })),
  );

/** Returns the filter of a match. Its words are letters and digits only, as those of a search. */
export const matchFilter = ({ terms, equalities }: MatchPlan): Condition => {
  const termsOf = terms.map((alternatives): Condition => {
    const whole = alternatives.filter(({ isPrefix }) => isPrefix !== true).map(({ word }) => word);
    const prefixes = alternatives.filter(({ isPrefix }) => isPrefix === true);
    return {
      $or: [
        ...prefixes.map(({ word }): Condition => ({ [SEARCH_WORDS]: { $regex: `^${word}` } })),
        ...(whole.length === 0 ? [] : [{ [SEARCH_WORDS]: { $in: whole } } as Condition]),
      ],
    };
  });
  return allOf([...termsOf, ...conditionsOf(equalities), isThere]);
};

/** Returns the filter of what a list or a search finds; undefined where nothing can match. */
export const countFilter = (spec: CollectionSpec, selection: Selection): Condition | undefined => {
  if (!('text' in selection)) return listFilter(planOf(spec, { ...selection, first: 1 }));
  const plan = searchPlanOf(spec, { ...selection, first: 1 });
  return plan.words.length === 0 ? undefined : searchFilter(plan);
};

/** Returns the stages of a list that leaves out documents. */
export const filteredStages = (plan: Plan, filter: FilterPlan): readonly BsonDocument[] => [
  { $match: listFilter(plan) },
  { $sort: listSort(plan) },
  { $limit: filter.lookedAtMax },
  { $match: withinFilter(filter) },
];
