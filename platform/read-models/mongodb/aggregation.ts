import type { Document as BsonDocument } from 'mongodb';
import type { AggregateRow, Scalar } from '../read-models';
import { GROUPS_MAX, tooManyGroups, type AggregatePlan } from '../query';
import { allOf, conditionsOf, fieldOf, isThere } from './filters';

/** A result of a pipeline: the group's key and some of `count`, `sum0`, `sum1` … */
export type GroupDocument = {
  readonly _id: Readonly<Record<string, unknown>> | null;
  readonly [accumulator: string]: unknown;
};

// Field paths contain dots, so none can be a name in the result.
const keyName = (at: number): string => `key${at}`;
const sumName = (at: number): string => `sum${at}`;

/**
 * Returns the aggregation as one pipeline, or as one for each accumulator, for servers on which only a group's first
 * one is correct.
 */
export const pipelinesOf = (
  plan: AggregatePlan,
  { oneAccumulator }: { readonly oneAccumulator: boolean },
): readonly BsonDocument[][] => {
  const keys = plan.groupBy.map((field, at) => [keyName(at), `$${fieldOf(field)}`]);
  const accumulators = [
    { count: { $sum: 1 } },
    ...plan.sum.map((field, at) => ({ [sumName(at)]: { $sum: `$${fieldOf(field)}` } })),
  ];
  const groups = oneAccumulator ? accumulators : [Object.assign({}, ...accumulators) as object];
  return groups.map((group) => [
    { $match: allOf([...conditionsOf(plan.equalities), isThere]) },
    { $group: { _id: keys.length === 0 ? null : (Object.fromEntries(keys) as object), ...group } },
    { $limit: GROUPS_MAX + 1 },
  ]);
};

type Row = { readonly group: Record<string, Scalar>; count: number; readonly sums: Record<string, number> };

const scalarOf = (value: unknown): Scalar =>
  value === undefined || typeof value === 'object' ? null : (value as Scalar);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/**
 * Joins the results of the same group: a server may distinguish null from absent, and pipelines may have shared the
 * work.
 *
 * @throws Fault `QUERY_INVALID` for too many groups.
 */
export const rowsOf = (
  plan: AggregatePlan,
  answers: readonly (readonly GroupDocument[])[],
): readonly AggregateRow[] => {
  const rows = new Map<string, Row>();
  const rowFor = (key: GroupDocument['_id']): Row => {
    const group = Object.fromEntries(plan.groupBy.map((field, at) => [field, scalarOf(key?.[keyName(at)])]));
    const name = JSON.stringify(group);
    const row = rows.get(name) ?? {
      group,
      count: 0,
      sums: Object.fromEntries(plan.sum.map((field) => [field, 0])),
    };
    rows.set(name, row);
    return row;
  };
  for (const document of answers.flat()) {
    const row = rowFor(document._id);
    row.count += numberOf(document['count']);
    for (const [at, field] of plan.sum.entries())
      row.sums[field] = (row.sums[field] ?? 0) + numberOf(document[sumName(at)]);
  }
  // Without groups there is one row, even for no documents.
  if (plan.groupBy.length === 0 && rows.size === 0) rowFor(null);
  if (rows.size > GROUPS_MAX) throw tooManyGroups();
  return [...rows.values()];
};
