import type { AggregateQuery } from '../read-models';
import { invalid, isFieldPath } from './declaration';
import { equalitiesOf, type Equality } from './plan';

export type AggregatePlan = {
  readonly equalities: readonly Equality[];
  readonly groupBy: readonly string[];
  readonly sum: readonly string[];
};

const FIELDS_MAX = 10;
export const GROUPS_MAX = 10_000;

/** @throws Fault `QUERY_INVALID` */
export const aggregatePlanOf = ({ where, groupBy, sum = [] }: AggregateQuery): AggregatePlan => {
  const equalities = equalitiesOf(where);
  const fields = [...equalities.map(({ field }) => field), ...groupBy, ...sum];
  if (fields.length > FIELDS_MAX) throw invalid(`An aggregate names at most ${FIELDS_MAX} fields`);
  const odd = fields.find((field) => !isFieldPath(field));
  if (odd !== undefined) throw invalid(`${JSON.stringify(odd)} is no field`);
  return { equalities, groupBy, sum };
};

export const tooManyGroups = (): Error => invalid(`An aggregate has at most ${GROUPS_MAX} groups`);
