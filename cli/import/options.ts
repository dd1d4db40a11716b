import { parseArgs } from 'node:util';
import type { Place } from '../../domain/kernel';
import { minorDigitsOf, type CurrencyCode } from '../../domain/money';
import { UsageError } from '../program/command';
import { decimalMarks, type DecimalMark } from './amounts';
import { encodingNamed } from './encoding';
import { parseMapping } from './mapping';
import type { ListRules } from './read-list';
import { sourceGiven, sourceOfFile, type SourceName } from './source-name';
import { dateFormats, type DateFormat } from './sale-date';

/** The arguments of `waybill import`. */
export type ImportOptions = {
  readonly files: readonly string[];
  readonly rules: ListRules;
  readonly source: SourceName;
  readonly currency: CurrencyCode;
  readonly destination: Place | undefined;
  readonly json: boolean;
};

const options = {
  map: { type: 'string', multiple: true },
  source: { type: 'string' },
  'date-format': { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  decimal: { type: 'string' },
  currency: { type: 'string', default: 'GBP' },
  'minor-digits': { type: 'string' },
  goods: { type: 'string', default: '^\\d{5}' },
  destination: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const parsePattern = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch {
    throw new UsageError(`--goods takes a regular expression; "${text}" is none.`);
  }
};

const parsePlace = (text: string): Place => {
  const match = /^(-?\d{1,10}),(-?\d{1,10})$/.exec(text);
  if (!match) throw new UsageError(`--destination takes X,Y; not "${text}".`);
  return { x: Number(match[1]), y: Number(match[2]) };
};

const isDateFormat = (text: string): text is DateFormat => (dateFormats as readonly string[]).includes(text);

const parseDateFormat = (text: string): DateFormat => {
  if (!isDateFormat(text))
    throw new UsageError(`--date-format takes ${dateFormats.join(' or ')}; not "${text}".`);
  return text;
};

const parseCurrency = (text: string): CurrencyCode => {
  if (!/^[A-Z]{3}$/.test(text)) throw new UsageError('--currency takes an ISO 4217 code such as GBP.');
  return text as CurrencyCode;
};

/** @param said - the value of `--minor-digits`, if given. */
const parseMinorDigits = (said: string | undefined, currency: CurrencyCode): number => {
  const digits = minorDigitsOf(currency);
  if (said !== undefined && said.trim() !== String(digits)) {
    throw new UsageError(
      `${currency} has ${digits} minor digits (ISO 4217), and --minor-digits says ${said}. Leave --minor-digits out.`,
    );
  }
  return digits;
};

const isDecimalMark = (text: string): text is DecimalMark =>
  (decimalMarks as readonly string[]).includes(text);

const parseDecimal = (text: string): DecimalMark => {
  if (!isDecimalMark(text)) throw new UsageError(`--decimal takes . or a comma; not "${text}".`);
  return text;
};

const parseDelimiter = (text: string): string => {
  if (text === 'tab' || text === '\\t') return '\t';
  if (!/^[^"\r\na-z0-9]$/i.test(text))
    throw new UsageError(`--delimiter takes one character such as ; or the word tab; not "${text}".`);
  return text;
};

const given = <Value>(text: string | undefined, parse: (text: string) => Value): Value | undefined =>
  text === undefined ? undefined : parse(text);

/** @throws UsageError for invalid arguments. */
export const parseImportOptions = (args: readonly string[]): ImportOptions => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [kind, ...files] = positionals;
  const [first] = files;
  if ((kind !== 'products' && kind !== 'orders') || first === undefined) {
    throw new UsageError('Say what to import, and from which file.');
  }
  const currency = parseCurrency(values.currency);
  return {
    files,
    rules: {
      kind,
      mapping: parseMapping(values.map ?? []),
      csv: {
        encoding: given(values.encoding, encodingNamed),
        delimiter: given(values.delimiter, parseDelimiter),
      },
      goods: parsePattern(values.goods),
      minorDigits: parseMinorDigits(values['minor-digits'], currency),
      decimal: given(values.decimal, parseDecimal),
      dateFormat: given(values['date-format'], parseDateFormat),
    },
    source: values.source === undefined ? sourceOfFile(first) : sourceGiven(values.source),
    currency,
    destination: given(values.destination, parsePlace),
    json: values.json,
  };
};
