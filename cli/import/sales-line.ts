import { shown } from '../../platform/visible-text';
import { isAmbiguous, minorUnits, quantityOf, type DecimalMark } from './amounts';
import type { Mapping, SalesField } from './mapping';
import type { CsvLine, CsvRecord, SourceLine } from './read-csv';
import { saleDateMs, type DateFormat } from './sale-date';

/**
 * A valid line of sales. `quantity` is negative where the line cancels an earlier sale; name and category are empty where the
 * line has none.
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
  /** Empty where the list has none. */
  readonly country: string;
};

/** The reason for refusing a line: a stable code, and a sentence that explains it. */
export type Refusal = SourceLine & { readonly code: string; readonly reason: string };

export type LineRules = {
  readonly mapping: Mapping;
  /** Matches the codes of goods. Postage, discounts and bank charges have other codes. */
  readonly goods: RegExp;
  /** The number of digits of the currency's minor unit. */
  readonly minorDigits: number;
  /** Undefined where neither the list nor an option shows it. */
  readonly decimal: DecimalMark | undefined;
  readonly dateFormat: DateFormat | undefined;
};

export const refuse = ({ file, line }: SourceLine, code: string, reason: string): Refusal => ({
  file,
  line,
  code,
  reason,
});

/** Returns a field of a record, trimmed; empty where the record has none. */
export const fieldOf = (record: CsvRecord, mapping: Mapping, field: SalesField): string => {
  const column = mapping[field];
  return column === undefined ? '' : (record[column] ?? '').trim();
};

type Field = (name: SalesField) => string;

const priceOf = (csv: SourceLine, field: Field, rules: LineRules): number | Refusal => {
  const text = field('price');
  const { minorDigits, decimal } = rules;
  // 1.500 dinars are one and a half; 1.500 pounds may be one and a half or fifteen hundred.
  if (decimal === undefined && isAmbiguous(text) && !(minorDigits === 3 && text.includes('.'))) {
    const reason = `"${text}" may have decimals or thousands, and the list does not show which. Say --decimal.`;
    return refuse(csv, 'PRICE_UNREADABLE', reason);
  }
  const minor = minorUnits(text, minorDigits, decimal);
  if (minor === undefined) {
    const form = `at most ${minorDigits} digits after "${decimal ?? '.'}"`;
    const reason = `"${shown(text)}" is not a price in plain digits, with ${minorDigits === 0 ? 'no decimals' : form}.`;
    return refuse(csv, 'PRICE_UNREADABLE', reason);
  }
  if (minor > 0) return minor;
  return refuse(csv, 'PRICE_NOT_POSITIVE', `${shown(field('sku'))} has the price ${text}.`);
};

/** Reads the fields that every line needs: a code of goods, a price and a date. */
export const goodsOf = (csv: CsvLine, rules: LineRules): SalesLine | Refusal => {
  if ('problem' in csv) return refuse(csv, 'BROKEN_LINE', csv.problem);
  const field: Field = (name) => fieldOf(csv.record, rules.mapping, name);
  // In real lists the case of a code differs from line to line for the same goods.
  const sku = field('sku').toUpperCase();
  if (sku === '') return refuse(csv, 'NO_SKU', 'The line names no product.');
  if (!rules.goods.test(sku)) return refuse(csv, 'NOT_GOODS', `${shown(sku)} is not the code of goods.`);
  const priceMinor = priceOf(csv, field, rules);
  if (typeof priceMinor !== 'number') return priceMinor;
  const soldAtMs = saleDateMs(field('date'), rules.dateFormat);
  if (soldAtMs === undefined) {
    const forms = `2010-12-31 or ${rules.dateFormat ?? 'M/D/Y'}, with or without a time`;
    const reason = `"${shown(field('date'))}" is not a date like ${forms} (see --date-format).`;
    return refuse(csv, 'DATE_UNREADABLE', reason);
  }
  return {
    file: csv.file,
    line: csv.line,
    reference: field('reference'),
    sku,
    name: field('name'),
    category: field('category'),
    quantity: quantityOf(field('quantity')) ?? Number.NaN,
    soldAtMs,
    priceMinor,
    customer: field('customer'),
    country: field('country'),
  };
};

/** Reads a line of an order, or one that cancels a part of an order. */
export const saleOf = (csv: CsvLine, rules: LineRules): SalesLine | Refusal => {
  const goods = goodsOf(csv, rules);
  if ('code' in goods) return goods;
  const { reference, quantity, customer } = goods;
  if (reference === '') return refuse(csv, 'NO_REFERENCE', 'The line belongs to no invoice.');
  if (!Number.isSafeInteger(quantity) || quantity === 0) {
    const text = 'record' in csv ? fieldOf(csv.record, rules.mapping, 'quantity') : '';
    const reason = `The quantity "${shown(text)}" is not a whole number other than 0, in plain digits.`;
    return refuse(csv, 'QUANTITY_UNREADABLE', reason);
  }
  if (customer === '') return refuse(csv, 'NO_CUSTOMER', `Invoice ${shown(reference)} names no customer.`);
  return goods;
};

export const isRefusal = (read: SalesLine | Refusal): read is Refusal => 'code' in read;
