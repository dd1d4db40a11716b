import { moneyOf } from '../ui/money';

/** The columns of a list of products, by their names in its first line. */
export const columns = ['sku', 'name', 'description', 'category', 'price', 'currency', 'image_url'] as const;
export type Column = (typeof columns)[number];

const optional: readonly Column[] = ['description', 'image_url'];

export const LIST_ROWS_MAX = 1_000;

/** A record of a CSV file with the number of the line on which it ends. */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] };

export type RowProblem = 'MISSING' | 'NOT_AN_AMOUNT' | 'NOT_A_CURRENCY' | 'TWICE';

/** A product of a list. It can be imported if it has no `problems`. */
export type ListRow = {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
  readonly problems: Readonly<Partial<Record<Column, RowProblem>>>;
};

export type ProductList =
  | { readonly kind: 'list'; readonly rows: readonly ListRow[] }
  | { readonly kind: 'missing-columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'unusable'; readonly why: 'EMPTY' | 'TOO_LONG' };

/** Returns the delimiter that the first line contains most often. */
export const delimiterOf = (text: string): string => {
  const [first = ''] = text.split('\n', 1);
  const count = (mark: string): number => first.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
};

const problemsOf = (
  { sku, name, category, price, currency }: ListRow['cells'],
  isTwice: boolean,
): ListRow['problems'] => {
  const problems: Partial<Record<Column, RowProblem>> = {};
  for (const [column, text] of Object.entries({ sku, name, category, price, currency }))
    if (text === '') problems[column as Column] = 'MISSING';
  if (isTwice) problems.sku ??= 'TWICE';
  if (!/^[A-Z]{3}$/.test(currency)) problems.currency ??= 'NOT_A_CURRENCY';
  else if (moneyOf(price, currency) === undefined) problems.price ??= 'NOT_AN_AMOUNT';
  return problems;
};

/** Reads a list of products: the first record names the columns, in any order and case. */
export const productListOf = ([titles, ...records]: readonly CsvRecord[]): ProductList => {
  if (titles === undefined) return { kind: 'unusable', why: 'EMPTY' };
  const places = titles.fields.map((title) => title.trim().toLowerCase());
  const missing = columns.filter((column) => !places.includes(column) && !optional.includes(column));
  if (missing.length > 0) return { kind: 'missing-columns', columns: missing };
  if (records.length === 0) return { kind: 'unusable', why: 'EMPTY' };
  if (records.length > LIST_ROWS_MAX) return { kind: 'unusable', why: 'TOO_LONG' };
  const known = new Set<string>();
  const rows = records.map(({ line, fields }): ListRow => {
    const cells = Object.fromEntries(
      columns.map((column) => [column, fields[places.indexOf(column)]?.trim() ?? '']),
    ) as ListRow['cells'];
    const isTwice = known.has(cells.sku);
    if (cells.sku !== '') known.add(cells.sku);
    return { line, cells, problems: problemsOf(cells, isTwice) };
  });
  return { kind: 'list', rows };
};

/** Returns whether the row can be imported. */
export const isRight = ({ problems }: ListRow): boolean => Object.keys(problems).length === 0;
