import type { CsvLine, CsvRecord } from './read-csv';
import type { Mapping, SalesField } from './mapping';

/** A line of sales that can be taken. `quantity` is negative where the line undoes an earlier sale. */
export type SalesLine = {
  readonly line: number;
  readonly reference: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly quantity: number;
  readonly date: string;
  readonly priceMinor: number;
  readonly customer: string;
};

/** Why something was not taken: a stable code, and a sentence for whoever looks at that line. */
export type Refusal = { readonly line: number; readonly code: string; readonly reason: string };

export type LineRules = {
  readonly mapping: Mapping;
  /** Codes that do not match are no goods: postage, discounts, bank charges. */
  readonly goods: RegExp;
  /** How many digits the currency's minor unit has. */
  readonly minorDigits: number;
};

const refuse = (line: number, code: string, reason: string): Refusal => ({ line, code, reason });

/**
 * Exact for decimal text: no float touches money.
 *
 * @returns undefined where the text is no sum, or has more digits than the currency.
 */
export const minorUnits = (text: string, digits: number): number | undefined => {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (fraction.replace(/0+$/, '').length > digits) return undefined;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return sign === '-' ? -minor : minor;
};

const fieldOf = (record: CsvRecord, mapping: Mapping, field: SalesField): string => {
  const column = mapping[field];
  return column === undefined ? '' : (record[column] ?? '').trim();
};

/** What every use of a line needs: a code that names goods and a price that is one. */
export const goodsOf = (csv: CsvLine, rules: LineRules): SalesLine | Refusal => {
  const { line } = csv;
  if ('problem' in csv) return refuse(line, 'BROKEN_LINE', csv.problem);
  const field = (name: SalesField) => fieldOf(csv.record, rules.mapping, name);
  // Case differs from line to line in real lists; the shop means the same goods.
  const sku = field('sku').toUpperCase();
  if (sku === '') return refuse(line, 'NO_SKU', 'The line names no product.');
  if (!rules.goods.test(sku)) return refuse(line, 'NOT_GOODS', `${sku} is not the code of goods.`);
  const priceMinor = minorUnits(field('price'), rules.minorDigits);
  if (priceMinor === undefined)
    return refuse(line, 'PRICE_UNREADABLE', `"${field('price')}" is not a price.`);
  if (priceMinor <= 0) return refuse(line, 'PRICE_NOT_POSITIVE', `${sku} has the price ${field('price')}.`);
  const quantity = Number(field('quantity'));
  return {
    line,
    reference: field('reference'),
    sku,
    name: field('name'),
    category: field('category') || 'general',
    quantity,
    date: field('date'),
    priceMinor,
    customer: field('customer'),
  };
};

/** A line that belongs to somebody's order, or undoes a part of one. */
export const saleOf = (csv: CsvLine, rules: LineRules): SalesLine | Refusal => {
  const goods = goodsOf(csv, rules);
  if ('code' in goods) return goods;
  const { line, reference, quantity, customer } = goods;
  if (reference === '') return refuse(line, 'NO_REFERENCE', 'The line belongs to no invoice.');
  if (!Number.isSafeInteger(quantity) || quantity === 0) {
    return refuse(line, 'QUANTITY_UNREADABLE', `The quantity is not a whole number other than 0.`);
  }
  if (customer === '') return refuse(line, 'NO_CUSTOMER', `Invoice ${reference} names no customer.`);
  return goods;
};

export const isRefusal = (read: SalesLine | Refusal): read is Refusal => 'code' in read;
