import { UsageError } from '../program/command';
import { shown } from '../../platform/visible-text';

/** The fields of a line of sales that the importer reads. */
export const salesFields = [
  'reference',
  'sku',
  'name',
  'quantity',
  'date',
  'price',
  'customer',
  'category',
  'country',
] as const;
export type SalesField = (typeof salesFields)[number];

/** The column of each field. */
export type Mapping = Readonly<Partial<Record<SalesField, string>>>;

/** The columns of the UCI "Online Retail" list, a common shape of sales exports. */
export const defaultMapping: Mapping = {
  reference: 'InvoiceNo',
  sku: 'StockCode',
  name: 'Description',
  quantity: 'Quantity',
  date: 'InvoiceDate',
  price: 'UnitPrice',
  customer: 'CustomerID',
  country: 'Country',
};

/** Returns the columns that a file must have, and the optional ones: the country, unless its column is named. */
export const columnsOf = (
  mapping: Mapping,
): { readonly wanted: readonly string[]; readonly optional: readonly string[] } => {
  const { country, ...others } = mapping;
  const wanted = Object.values(others);
  if (country === undefined) return { wanted, optional: [] };
  return country === defaultMapping.country
    ? { wanted, optional: [country] }
    : { wanted: [...wanted, country], optional: [] };
};

const isField = (name: string): name is SalesField => (salesFields as readonly string[]).includes(name);

/** A comma before another pair, not one within the name of a column. */
const NEXT_PAIR = /,(?=\s*[a-z]+\s*=)/i;

/** A name in quotes, of any characters; a quote in it is doubled. */
const QUOTED = /^"(?<name>(?:[^"]|"")*)"$/;

/** A pair `field="Column"` at the start of an argument, and the text after its comma. */
const QUOTED_PAIR = /^(?<pair>[^=",]*="(?:[^"]|"")*")\s*(?:,(?<rest>.*))?$/s;

const pairsOf = (word: string): readonly string[] => {
  const quoted = QUOTED_PAIR.exec(word)?.groups;
  if (quoted !== undefined) {
    const rest = quoted['rest'];
    return [quoted['pair'] ?? '', ...(rest === undefined ? [] : pairsOf(rest))];
  }
  const [pair = '', ...others] = word.split(NEXT_PAIR);
  return [pair, ...(others.length === 0 ? [] : pairsOf(word.slice(pair.length + 1)))];
};

const parsePair = (pair: string): readonly [SalesField, string] => {
  const at = pair.indexOf('=');
  const field = pair.slice(0, Math.max(at, 0)).trim();
  const written = pair.slice(at + 1).trim();
  const column = QUOTED.exec(written)?.groups?.['name']?.replaceAll('""', '"').trim() ?? written;
  if (!isField(field) || column === '') {
    throw new UsageError(
      `--map takes field=Column, with the fields ${salesFields.join(', ')}; not "${shown(pair)}".`,
    );
  }
  return [field, column];
};

/**
 * Reads the column of each field. Fields that are not named keep their default.
 *
 * @param words - each `field=Column`, or several with commas; the name of a column that looks like another pair must be in
 *   double quotes.
 * @throws UsageError for an unknown field, or one that is named twice.
 */
export const parseMapping = (words: readonly string[]): Mapping => {
  const pairs = words.flatMap(pairsOf).map(parsePair);
  const fields = pairs.map(([field]) => field);
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice !== undefined) throw new UsageError(`--map names the column of ${twice} more than once.`);
  return { ...defaultMapping, ...Object.fromEntries(pairs) };
};
