import { createHash } from 'node:crypto';
import { Fault } from '../../platform/faults';
import { shown } from '../../platform/visible-text';
import { firstRecordOf, recordsOf, type Fields, type Unreadable } from './csv-records';
import { decode, encodingOf, type EncodedText } from './encoding';
import { readListBytes } from './list-bytes';
import { linesOf, type TextLine } from './text-lines';

export type CsvRecord = Readonly<Record<string, string>>;

/** A position in a file: `line` counts from 1, the header included. */
export type SourceLine = { readonly file: string; readonly line: number };

/**
 * One record of a file: its fields by column name, or why it cannot be read, with the fields that can.
 */
export type CsvLine = SourceLine &
  ({ readonly record: CsvRecord } | { readonly problem: string; readonly partial: CsvRecord });

/** The format of a file, as far as the caller knows it. */
export type CsvOptions = {
  /** A name of the Encoding Standard. */
  readonly encoding?: string | undefined;
  /** One character. */
  readonly delimiter?: string | undefined;
  /** Columns that are read where the header has them, each once. */
  readonly optional?: readonly string[];
};

export type CsvFile = {
  readonly file: string;
  readonly text: EncodedText;
  /** Separates the fields of a line. */
  readonly delimiter: string;
  /** A digest of the header and the first record after it. */
  readonly beginning: string;
  /** Reads the lines after the header; each call begins with the first. */
  readonly lines: () => Generator<CsvLine>;
};

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Spreadsheets write and read the delimiter in a line above the header. */
const SEPARATOR_LINE = /^"?sep=(?<delimiter>[^"])"?$/i;

/** Returns the delimiter that a first line `sep=;` names, and the lines after it. */
const withoutSeparatorLine = (
  lines: () => Iterable<TextLine>,
): { readonly named: string | undefined; readonly lines: () => Iterable<TextLine> } => {
  const [first] = lines();
  const named = SEPARATOR_LINE.exec(first?.text ?? '')?.groups?.['delimiter'];
  if (named === undefined) return { named, lines };
  return {
    named,
    *lines() {
      for (const line of lines()) if (line.line > 1) yield line;
    },
  };
};

const trimmed = (names: readonly string[]): readonly string[] => names.map((name) => name.trim());

/** Returns the delimiter under which the header has most of the wanted columns, and of those the one with most columns. */
const delimiterOf = (lines: Iterable<TextLine>, wanted: readonly string[]): string => {
  const header = firstRecordOf(lines);
  const fitness = DELIMITERS.map((delimiter) => {
    const names = trimmed(header(delimiter));
    return { delimiter, found: wanted.filter((name) => names.includes(name)).length, columns: names.length };
  });
  const [best] = fitness.toSorted((a, b) => b.found - a.found || b.columns - a.columns);
  return best?.delimiter ?? DELIMITERS[0];
};

const headerOf = (
  first: Fields | Unreadable | undefined,
  file: string,
  { wanted, used }: { readonly wanted: readonly string[]; readonly used: readonly string[] },
): readonly string[] => {
  if (first === undefined) throw new Fault('INPUT_INVALID', `${file} has no header row: it is empty.`);
  if ('problem' in first)
    throw new Fault('INPUT_INVALID', `${file} has no header row that can be read: ${first.problem}`);
  const names = trimmed(first.fields);
  const list = (columns: readonly string[]): string => columns.map(shown).join(', ');
  const missing = wanted.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new Fault(
      'INPUT_INVALID',
      `${file} has no column ${list(missing)}; it has ${list(names)}. Name them with --map.`,
    );
  }
  const twice = used.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) {
    throw new Fault(
      'INPUT_INVALID',
      `${file} has the column ${list(twice)} more than once. Rename those that do not count, or name others with --map.`,
    );
  }
  return names;
};

const byName = (header: readonly string[], fields: readonly string[]): CsvRecord =>
  Object.fromEntries(header.slice(0, fields.length).map((name, at) => [name, fields[at] ?? '']));

const lineOf = (read: Fields | Unreadable, header: readonly string[], file: string): CsvLine => {
  const source = { file, line: read.line };
  if ('problem' in read) return { ...source, problem: read.problem, partial: byName(header, read.before) };
  const { fields } = read;
  if (fields.length === header.length) return { ...source, record: byName(header, fields) };
  const problem = `The line has ${fields.length} fields, the header ${header.length}.`;
  return { ...source, problem, partial: byName(header, fields) };
};

const firstTwo = <Item>(items: Iterator<Item, void>): readonly (Item | undefined)[] =>
  [items.next(), items.next()].map(({ value }) => value ?? undefined);

const digestOf = (data: unknown): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32);

/**
 * Opens a CSV file with a header row. Its encoding is that of its byte-order mark, else UTF-8, else Windows-1252. Its delimiter is
 * named by a first line such as `sep=;`, else it is the comma, semicolon, tab or bar that fits the header. `options` take
 * precedence. A line that cannot be read is reported, and the others are read.
 *
 * @param wanted - the columns that the header must have, each once.
 * @throws Fault `INPUT_INVALID` when the file does not exist, its encoding is unknown, or its header lacks a wanted column.
 */
export const openCsv = async (
  file: string,
  wanted: readonly string[],
  options: CsvOptions = {},
): Promise<CsvFile> => {
  const text = encodingOf(await readListBytes(file), file, options.encoding);
  const { named, lines } = withoutSeparatorLine(() => linesOf(decode(text, file)));
  const delimiter = options.delimiter ?? named ?? delimiterOf(lines(), wanted);
  const read = (): Generator<Fields | Unreadable> => recordsOf(lines(), delimiter);
  const [first, second] = firstTwo(read());
  const header = headerOf(first, file, { wanted, used: [...wanted, ...(options.optional ?? [])] });
  return {
    ...{
      file,
      text,
      delimiter,
      beginning: digestOf([header, second && 'fields' in second ? second.fields : []]),
    },
    *lines() {
      const records = read();
      records.next();
      for (const record of records) yield lineOf(record, header, file);
    },
  };
};
