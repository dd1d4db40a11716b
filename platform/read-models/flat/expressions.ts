import { minorDigitsOf, unusualDivisors, type CurrencyCode } from '../../../domain/money';
import { isFieldPath, valueAt } from '../query';
import type { Document } from '../read-models';

/** A value of a flat row. */
export type Cell = string | number | null;

/** A document, or an item of a list in it, that a row is made from. */
export type RowSource = {
  readonly document: Document;
  /** The item; an empty object where a row is a whole document. */
  readonly item: object;
  /** The place of the item in its list, from 0. */
  readonly index: number;
  /** Converts a moment to the time of the shop's zone. */
  readonly localTime: (at: string) => string;
};

/**
 * A value that is computed from a document, in JavaScript and in SQLite alike. In SQL, `d` is the table of the documents,
 * and `i` the items of the list. `path`: the field that it is, if it is just one.
 */
export type Expression = {
  readonly of: (source: RowSource) => Cell;
  readonly sql: string;
  readonly path?: string;
  readonly isOfItem?: boolean;
};

/** The table of the offsets of the shop's time zone, which the views use. */
export const OFFSETS_TABLE = 'shop_time_offsets';

const verified = (path: string): string => {
  if (!isFieldPath(path)) throw new Error(`A flat model names an odd field: ${path}`);
  return path;
};

const cellAt = (value: object, path: string): Cell => {
  const found = valueAt(value as Document, path);
  if (typeof found === 'boolean') return Number(found);
  return typeof found === 'string' || typeof found === 'number' ? found : null;
};

const listAt = (document: Document, path: string): readonly object[] => {
  const found = valueAt(document, path);
  return Array.isArray(found) ? (found as readonly object[]) : [];
};

/** A field of the document: `total.amountMinor`. A boolean is 1 or 0. */
export const field = (path: string): Expression => ({
  path: verified(path),
  of: ({ document }) => cellAt(document, path),
  sql: path === 'id' ? 'd.id' : `json_extract(d.document, '$.${path}')`,
});

/** A field of the item. */
export const ofItem = (path: string): Expression => ({
  path: verified(path),
  isOfItem: true,
  of: ({ item }) => cellAt(item, path),
  sql: `json_extract(i.value, '$.${path}')`,
});

/** The number of the item in its list, from 1. */
export const itemNumber: Expression = { of: ({ index }) => index + 1, sql: '(i.key + 1)' };

/** The number of items in a list of the document. */
export const countOf = (list: string): Expression => ({
  of: ({ document }) => listAt(document, list).length,
  sql: `coalesce(json_array_length(d.document, '$.${verified(list)}'), 0)`,
});

/** The sum of a whole number over a list of the document. */
export const sumOf = (list: string, path: string): Expression => ({
  of: ({ document }) =>
    listAt(document, list).reduce((sum, item) => sum + Number(cellAt(item, path) ?? 0), 0),
  sql:
    `(SELECT coalesce(sum(json_extract(e.value, '$.${verified(path)}')), 0) ` +
    `FROM json_each(d.document, '$.${verified(list)}') e)`,
});

/** The words of a list of the document, with commas between them. */
export const joined = (list: string): Expression => ({
  of: ({ document }) => (listAt(document, list) as readonly unknown[]).map(String).join(','),
  sql: `(SELECT coalesce(group_concat(e.value, ','), '') FROM json_each(d.document, '$.${verified(list)}') e)`,
});

/** The first, or the last, time at which the timeline of the document has an event of a type; null where it has none. */
export const timeOf = (type: string, which: 'first' | 'last' = 'first'): Expression => ({
  of: ({ document }) => {
    const times = listAt(document, 'timeline')
      .filter((entry) => cellAt(entry, 'type') === type)
      .map((entry) => String(cellAt(entry, 'at')))
      .sort();
    return (which === 'first' ? times[0] : times.at(-1)) ?? null;
  },
  sql:
    `(SELECT ${which === 'first' ? 'min' : 'max'}(json_extract(e.value, '$.at')) ` +
    `FROM json_each(d.document, '$.timeline') e WHERE json_extract(e.value, '$.type') = '${verified(type)}')`,
});

/** The texts of two values, with a character between them. */
export const pairOf = (left: Expression, between: '/', right: Expression): Expression => ({
  of: (source) => `${left.of(source)}${between}${right.of(source)}`,
  sql: `(${left.sql} || '${between}' || ${right.sql})`,
});

/** The part of a text before its first colon, or after it. */
export const partOf = (text: Expression, which: 'before' | 'after'): Expression => ({
  of: (source) => {
    const value = text.of(source);
    if (typeof value !== 'string') return null;
    const at = value.indexOf(':');
    return which === 'before' ? value.slice(0, Math.max(at, 0)) : value.slice(at + 1);
  },
  sql:
    which === 'before'
      ? `substr(${text.sql}, 1, max(instr(${text.sql}, ':') - 1, 0))`
      : `substr(${text.sql}, instr(${text.sql}, ':') + 1)`,
});

const DAY_LENGTH = '2026-01-31'.length;

/** The day of a moment: `2026-01-31`. */
export const dayOf = (at: Expression): Expression => ({
  of: (source) => {
    const value = at.of(source);
    return typeof value === 'string' ? value.slice(0, DAY_LENGTH) : null;
  },
  sql: `substr(${at.sql}, 1, ${DAY_LENGTH})`,
});

/** A moment in the time of the shop's zone: `2026-07-01T12:00:00.000`, without its offset. */
export const localOf = (at: Expression): Expression => ({
  of: (source) => {
    const value = at.of(source);
    return typeof value === 'string' ? source.localTime(value) : null;
  },
  sql:
    `strftime('%Y-%m-%dT%H:%M:%f', ${at.sql}, (SELECT minutes || ' minutes' FROM ${OFFSETS_TABLE} ` +
    `WHERE until > ${at.sql} ORDER BY until LIMIT 1))`,
});

/** The product of two whole numbers. */
export const productOf = (left: Expression, right: Expression): Expression => ({
  of: (source) => {
    const [a, b] = [left.of(source), right.of(source)];
    return a === null || b === null ? null : Number(a) * Number(b);
  },
  sql: `(${left.sql} * ${right.sql})`,
});

/** A whole number less another one, which counts as 0 where it is missing. */
export const differenceOf = (left: Expression, right: Expression): Expression => ({
  of: (source) => {
    const [a, b] = [left.of(source), right.of(source)];
    return a === null ? null : Number(a) - Number(b ?? 0);
  },
  sql: `(${left.sql} - coalesce(${right.sql}, 0))`,
});

const divisors = unusualDivisors
  .map(([currency, divisor]) => `WHEN '${currency}' THEN ${divisor}.0`)
  .join(' ');

/** A sum in minor units as a decimal of the currency: 1300 GBP is 13. The nearest binary fraction, for display and averages. */
export const decimalOf = (minor: Expression, currency: Expression): Expression => ({
  of: (source) => {
    const [amount, code] = [minor.of(source), currency.of(source)];
    return amount === null ? null : Number(amount) / 10 ** minorDigitsOf(String(code) as CurrencyCode);
  },
  sql: `(${minor.sql} / CASE ${currency.sql} ${divisors} ELSE 100.0 END)`,
});

const msSql = (at: Expression): string => `CAST(round(unixepoch(${at.sql}, 'subsec') * 1000) AS INTEGER)`;

/** The seconds from one moment to another; null where either is missing. */
export const secondsBetween = (from: Expression, to: Expression): Expression => ({
  of: (source) => {
    const [start, end] = [from.of(source), to.of(source)];
    return start === null || end === null
      ? null
      : (Date.parse(String(end)) - Date.parse(String(start))) / 1_000;
  },
  sql: `((${msSql(to)} - ${msSql(from)}) / 1000.0)`,
});
