import type { Mapping, SalesField } from './mapping';
import type { CsvLine, CsvRecord, SourceLine } from './read-csv';
import { saleDateMs, type DateFormat } from './sale-date';

/**
 * A line of sales that can be taken. `quantity` is negative where the line undoes an earlier sale; name and category are empty
 * where the line does not tell.
 */
export type SalesLine = SourceLine & {
  readonly reference: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly quantity: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly soldAtMs: number;
  readonly priceMinor: number;
  readonly customer: string;
};

/** Why something was not taken: a stable code, and a sentence for whoever looks at that line. */
export type Refusal = SourceLine & { readonly code: string; readonly reason: string };

export type LineRules = {
  readonly mapping: Mapping;
  /** Codes that do not match are no goods: postage, discounts, bank charges. */
  readonly goods: RegExp;
  /** How many digits the currency's minor unit has. */
  readonly minorDigits: number;
  readonly dateFormat: DateFormat;
};

export const refuse = ({ file, line }: SourceLine, code: string, reason: string): Refusal => ({
  file,
  line,
  code,
  reason,
});

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

/** What every use of a line needs: a code that names goods, a price and a date that are such. */
export const goodsOf = (csv: CsvLine, rules: LineRules): SalesLine | Refusal => {
  if ('problem' in csv) return refuse(csv, 'BROKEN_LINE', csv.problem);
  const field = (name: SalesField) => fieldOf(csv.record, rules.mapping, name);
  // Case differs from line to line in real lists; the shop means the same goods.
  const sku = field('sku').toUpperCase();
  if (sku === '') return refuse(csv, 'NO_SKU', 'The line names no product.');
  if (!rules.goods.test(sku)) return refuse(csv, 'NOT_GOODS', `${sku} is not the code of goods.`);
  const priceMinor = minorUnits(field('price'), rules.minorDigits);
  if (priceMinor === undefined) return refuse(csv, 'PRICE_UNREADABLE', `"${field('price')}" is not a price.`);
  if (priceMinor <= 0) return refuse(csv, 'PRICE_NOT_POSITIVE', `${sku} has the price ${field('price')}.`);
  const soldAtMs = saleDateMs(field('date'), rules.dateFormat);
  if (soldAtMs === undefined) {
    const forms = `2010-12-31 or ${rules.dateFormat}, with or without a time`;
    return refuse(
      csv,
      'DATE_UNREADABLE',
      `"${field('date')}" is not a date like ${forms} (see --date-format).`,
    );
  }
  return {
    file: csv.file,
    line: csv.line,
    reference: field('reference'),
    sku,
    name: field('name'),
    category: field('category'),
    quantity: Number(field('quantity')),
    soldAtMs,
    priceMinor,
    customer: field('customer'),
  };
};

/** A line that belongs to somebody's order, or undoes a part of one. */
export const saleOf = (csv: CsvLine, rules: LineRules): SalesLine | Refusal => {
  const goods = goodsOf(csv, rules);
  if ('code' in goods) return goods;
  const { reference, quantity, customer } = goods;
  if (reference === '') return refuse(csv, 'NO_REFERENCE', 'The line belongs to no invoice.');
  if (!Number.isSafeInteger(quantity) || quantity === 0) {
    return refuse(csv, 'QUANTITY_UNREADABLE', 'The quantity is not a whole number other than 0.');
  }
  if (customer === '') return refuse(csv, 'NO_CUSTOMER', `Invoice ${reference} names no customer.`);
  return goods;
};

export const isRefusal = (read: SalesLine | Refusal): read is Refusal => 'code' in read;
