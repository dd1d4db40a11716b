import { textOfCell } from '../ui/csv';
import { decimalOf, moneyOf } from '../ui/money';
import { optionsCell, optionsIn, valuesCell, valuesIn, type ListedOption } from './option-cells';

/** The columns of a list of products, by their names in its first line. */
export const columns = [
  ...(['sku', 'name', 'description', 'category', 'price', 'currency', 'image_url'] as const),
  ...(['unit', 'tax_category', 'weight_grams', 'on_sale', 'family', 'options', 'values'] as const),
] as const;
export type Column = (typeof columns)[number];

export type TaxCategory = 'STANDARD' | 'REDUCED' | 'SUPER_REDUCED' | 'ZERO';
export const taxCategories: readonly TaxCategory[] = ['STANDARD', 'REDUCED', 'SUPER_REDUCED', 'ZERO'];

const needed: readonly Column[] = ['sku', 'name', 'category', 'price', 'currency'];

export const LIST_ROWS_MAX = 5_000;

/** A record of a CSV file with the number of the line on which it ends. */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] };

export type RowProblem =
  | 'MISSING'
  | 'NOT_AN_AMOUNT'
  | 'NOT_A_CURRENCY'
  | 'TWICE'
  | 'NOT_A_TAX_CATEGORY'
  | 'NOT_A_WEIGHT'
  | 'NOT_YES_OR_NO'
  | 'NOT_OPTIONS'
  | 'NOT_VALUES';

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

/** Returns what is wrong with the optional facts of a row. */
const factProblems = (cells: ListRow['cells']): ListRow['problems'] => {
  const { tax_category, weight_grams, on_sale, family, options, values } = cells;
  const problems: Partial<Record<Column, RowProblem>> = {};
  if (tax_category !== '' && !taxCategories.some((one) => one === tax_category.toUpperCase()))
    problems.tax_category = 'NOT_A_TAX_CATEGORY';
  if (weight_grams !== '' && !/^\d{1,9}$/.test(weight_grams)) problems.weight_grams = 'NOT_A_WEIGHT';
  if (!['', 'yes', 'no'].includes(on_sale)) problems.on_sale = 'NOT_YES_OR_NO';
  if (family === '') return problems;
  const known = optionsIn(options);
  if (known === undefined) problems.options = 'NOT_OPTIONS';
  else if (known.length !== valuesIn(values).length) problems.values = 'NOT_VALUES';
  return problems;
};

const problemsOf = (cells: ListRow['cells'], isTwice: boolean): ListRow['problems'] => {
  const { sku, name, category, price, currency } = cells;
  const problems: Partial<Record<Column, RowProblem>> = { ...factProblems(cells) };
  for (const [column, text] of Object.entries({ sku, name, category, price, currency }))
    if (text === '') problems[column as Column] = 'MISSING';
  if (isTwice) problems.sku ??= 'TWICE';
  if (!/^[A-Z]{3}$/.test(currency)) problems.currency ??= 'NOT_A_CURRENCY';
  else if (moneyOf(price, currency) === undefined) problems.price ??= 'NOT_AN_AMOUNT';
  return problems;
};

/** Returns the text of a cell. Spaces around it were typed for the eye, except around the lines of a description. */
const textIn = (field: string, column: Column): string =>
  column === 'description' ? textOfCell(field) : textOfCell(field.trim());

/** Reads a list of products: the first record names the columns, in any order and case. */
export const productListOf = ([titles, ...records]: readonly CsvRecord[]): ProductList => {
  if (titles === undefined) return { kind: 'unusable', why: 'EMPTY' };
  const places = titles.fields.map((title) => title.trim().toLowerCase());
  const missing = needed.filter((column) => !places.includes(column));
  if (missing.length > 0) return { kind: 'missing-columns', columns: missing };
  if (records.length === 0) return { kind: 'unusable', why: 'EMPTY' };
  if (records.length > LIST_ROWS_MAX) return { kind: 'unusable', why: 'TOO_LONG' };
  const known = new Set<string>();
  const rows = records.map(({ line, fields }): ListRow => {
    const cells = Object.fromEntries(
      columns.map((column) => [column, textIn(fields[places.indexOf(column)] ?? '', column)]),
    ) as ListRow['cells'];
    const isTwice = known.has(cells.sku);
    if (cells.sku !== '') known.add(cells.sku);
    return { line, cells, problems: problemsOf(cells, isTwice) };
  });
  return { kind: 'list', rows };
};

/** Returns whether the row can be imported. */
export const isRight = ({ problems }: ListRow): boolean => Object.keys(problems).length === 0;

/** A product with the facts that a list has of it. */
export type ListedProduct = {
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly regularPrice: { readonly amountMinor: number; readonly currency: string };
  readonly imageUrl: string | null;
  readonly unit: string | null;
  readonly taxCategory: string;
  readonly weightGrams: number | null;
  readonly active: boolean;
  readonly family: { readonly name: string; readonly options: readonly ListedOption[] } | null;
  readonly options: readonly { readonly value: string }[];
};

/** Returns the cells of a product, in the order of `columns`: a list that imports again. */
export const cellsOf = (product: ListedProduct): readonly string[] => {
  const { regularPrice, imageUrl, unit, weightGrams, family, options } = product;
  const cells: ListRow['cells'] = {
    ...{ sku: product.sku, name: product.name, description: product.description },
    category: product.category,
    price: decimalOf(regularPrice.amountMinor, regularPrice.currency),
    ...{ currency: regularPrice.currency, image_url: imageUrl ?? '', unit: unit ?? '' },
    ...{ tax_category: product.taxCategory, weight_grams: weightGrams === null ? '' : String(weightGrams) },
    ...{ on_sale: product.active ? 'yes' : 'no', family: family?.name ?? '' },
    options: family === null ? '' : optionsCell(family.options),
    values: family === null ? '' : valuesCell(options.map(({ value }) => value)),
  };
  return columns.map((column) => cells[column]);
};
