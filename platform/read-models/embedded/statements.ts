import type { CollectionSpec, Scalar, Selection, WordPattern } from '../read-models';
import { declarationOf, GROUPS_MAX, planOf, searchPlanOf } from '../query';
import type { AggregatePlan, Equality, FilterPlan, MatchPlan, Plan, SearchPlan } from '../query';
import { fieldExpression } from './definition';

export type SqlValue = string | number | null;
/** A statement. Values are bound, never part of the text. */
export type Statement = { readonly sql: string; readonly values: readonly SqlValue[] };

/** Converts a value for SQLite. libsql aborts the process if it gets a boolean. */
const sqlValue = (value: Scalar): SqlValue => (typeof value === 'boolean' ? Number(value) : value);

const isEqual = (expression: string, value: Scalar): Statement =>
  value === null
    ? { sql: `${expression} IS NULL`, values: [] }
    : { sql: `${expression} = ?`, values: [sqlValue(value)] };

const conditionOf = ({ field, value }: Equality): Statement => isEqual(fieldExpression(field), value);

const all = (conditions: readonly Statement[]): Statement => ({
  sql: conditions.length === 0 ? 'TRUE' : conditions.map(({ sql }) => sql).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
});

/** A range of an index: the conditions hold in all of it, and the fields of `sort`, then the id, sort it. */
type Stretch = { readonly conditions: readonly Statement[]; readonly sort: readonly string[] };

/** A condition. `pins`: the field has one value in the range, so it needs no sorting. */
type Step = { readonly condition: Statement; readonly pins: boolean };

const beyond = (expression: string, value: Scalar, descending: boolean): readonly Step[] => {
  const step = (sql: string, values: readonly SqlValue[] = []): Step => ({
    condition: { sql, values },
    pins: false,
  });
  if (!descending)
    return value === null
      ? [step(`${expression} IS NOT NULL`)]
      : [step(`${expression} > ?`, [sqlValue(value)])];
  // Null is the last value when descending, and nothing follows it.
  return value === null
    ? []
    : [step(`${expression} < ?`, [sqlValue(value)]), { condition: isEqual(expression, null), pins: true }];
};

/**
 * Splits the rows after a place into ranges that an index can each serve by a seek: for a place (a, b, id) those are `=
 * a, = b, beyond id`, then `= a, beyond b`, then `beyond a`.
 */
const stretchesOf = ({ sort, after, descending }: Plan): readonly Stretch[] => {
  if (!after) return [{ conditions: [], sort }];
  const same = sort.map((field, index) => isEqual(fieldExpression(field), after.values[index] ?? null));
  const byId = { sql: `id ${descending ? '<' : '>'} ?`, values: [after.id] };
  const stretches: Stretch[] = [{ conditions: [...same, byId], sort: [] }];
  for (let depth = sort.length - 1; depth >= 0; depth -= 1) {
    const rest = sort.slice(depth);
    const [field = ''] = rest;
    const steps = beyond(fieldExpression(field), after.values[depth] ?? null, descending);
    for (const { condition, pins } of steps)
      stretches.push({
        conditions: [...same.slice(0, depth), condition],
        sort: pins ? rest.slice(1) : rest,
      });
  }
  return stretches;
};

/**
 * Returns statements whose results, one after the other, are the list. The last value of each is the number of rows.
 */
export const listStatements = (spec: CollectionSpec, plan: Plan): readonly Statement[] => {
  const { physicalName } = declarationOf(spec);
  const [ranged = ''] = plan.sort;
  const fixed = [
    ...plan.equalities.map(conditionOf),
    ...plan.bounds.map(({ operator, value }) => ({
      sql: `${fieldExpression(ranged)} ${operator} ?`,
      values: [sqlValue(value)],
    })),
  ];
  const direction = plan.descending ? 'DESC' : 'ASC';
  return stretchesOf(plan).map(({ conditions, sort }) => {
    const { sql, values } = all([...fixed, ...conditions]);
    const order = [...sort.map((field) => fieldExpression(field)), 'id'].map((by) => `${by} ${direction}`);
    const listed = {
      sql: `SELECT document FROM ${physicalName} WHERE ${sql} ORDER BY ${order.join(', ')}`,
      values,
    };
    return filtered(listed, plan.filter);
  });
};

/** Returns a statement that takes up to its last value of rows of another. SQLite ends both as soon as it has them. */
const filtered = ({ sql, values }: Statement, filter: FilterPlan | undefined): Statement => {
  if (filter === undefined) return { sql: `${sql} LIMIT ?`, values };
  const within = all(
    filter.bounds.map(({ field, operator, value }) => ({
      sql: `${fieldExpression(field)} ${operator} ?`,
      values: [sqlValue(value)],
    })),
  );
  return {
    sql: `SELECT document FROM (${sql} LIMIT ?) WHERE ${within.sql} LIMIT ?`,
    values: [...values, filter.lookedAtMax, ...within.values],
  };
};

/** Returns a pattern for FTS5. It removes accents of Latin letters only, so a word is looked for as it is written too. */
const patternOf = ({ word, written = word, isPrefix = false }: WordPattern): string =>
  [...new Set([written, word])].map((each) => `"${each}"${isPrefix ? '*' : ''}`).join(' OR ');

/**
 * Returns a statement for rows of one document. SQLite keeps the order of a cross join: the other way round it would search the
 * words again for each document.
 */
export const matchStatement = (spec: CollectionSpec, { terms, equalities, max }: MatchPlan): Statement => {
  const { physicalName: table } = declarationOf(spec);
  const match = terms.map((alternatives) => `(${alternatives.map(patternOf).join(' OR ')})`).join(' AND ');
  const { sql, values } = all(equalities.map(conditionOf));
  return {
    sql: `SELECT document FROM ${table}__words CROSS JOIN ${table} ON number = ${table}__words.rowid
      WHERE ${table}__words MATCH ? AND ${sql} LIMIT ?`,
    values: [match, ...values, max],
  };
};

/** Returns a statement for rows of (document, number). Its last value is the number of rows. */
export const searchStatement = (spec: CollectionSpec, plan: SearchPlan): Statement => {
  const { physicalName: table } = declarationOf(spec);
  // A quoted word is a plain word: FTS5's operators have no effect there, and it folds case and accents.
  const match = plan.words.map((word) => `"${word}"`).join(' ') + '*';
  const [beyondIt, direction] = plan.backwards ? ['<', 'DESC'] : ['>', 'ASC'];
  const place = plan.after?.values[0];
  const after: Statement =
    place === undefined
      ? { sql: 'TRUE', values: [] }
      : { sql: `${table}__words.rowid ${beyondIt} ?`, values: [Number(place)] };
  const { sql, values } = all([after, ...plan.equalities.map(conditionOf)]);
  return {
    sql: `SELECT document, number FROM ${table}__words JOIN ${table} ON number = ${table}__words.rowid
      WHERE ${table}__words MATCH ? AND ${sql}
      ORDER BY ${table}__words.rowid ${direction} LIMIT ?`,
    values: [match, ...values],
  };
};

/**
 * Returns a statement for one row, the number of documents; undefined where nothing can match. Its last value is the most
 * that are counted.
 */
export const countStatement = (spec: CollectionSpec, selection: Selection): Statement | undefined => {
  const counted = (statement: Statement | undefined): Statement | undefined =>
    statement && { ...statement, sql: `SELECT count(*) FROM (${statement.sql})` };
  if (!('text' in selection))
    return counted(listStatements(spec, planOf(spec, { ...selection, first: 1 }))[0]);
  const plan = searchPlanOf(spec, { ...selection, first: 1 });
  return plan.words.length === 0 ? undefined : counted(searchStatement(spec, plan));
};

/**
 * Returns a statement for rows of the groups' values as JSON, the count, then the sums. Fields here need not be
 * declared, so they are bound as well.
 */
export const aggregateStatement = (spec: CollectionSpec, plan: AggregatePlan): Statement => {
  const { physicalName, indexedFields } = declarationOf(spec);
  const path = (field: string): string => `$.${field}`;
  const groups = plan.groupBy.map(() => "coalesce(document -> ?, 'null')");
  const sums = plan.sum.map(() => 'total(json_extract(document, ?))');
  const where = all(
    plan.equalities.map((equality) => {
      if (indexedFields.has(equality.field)) return conditionOf(equality);
      const { sql, values } = isEqual('json_extract(document, ?)', equality.value);
      return { sql, values: [path(equality.field), ...values] };
    }),
  );
  const groupBy = groups.length === 0 ? '' : `GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`;
  return {
    sql: `SELECT ${[...groups, 'count(*)', ...sums].join(', ')} FROM ${physicalName}
      WHERE ${where.sql} ${groupBy} LIMIT ${GROUPS_MAX + 1}`,
    values: [...plan.groupBy.map(path), ...plan.sum.map(path), ...where.values],
  };
};
