import { parse } from 'csv-parse/sync';
import { RECORD_LENGTH_MAX, type TextLine } from './text-lines';

/** The fields of a record, which begins at `line`. */
export type Fields = { readonly line: number; readonly fields: readonly string[] };

/** The problem of a record that cannot be read, and its fields before the error. */
export type Unreadable = {
  readonly line: number;
  readonly problem: string;
  readonly before: readonly string[];
};

/** A quoted field may span this many lines; beyond that its opening quote counts as an error. */
const LINES_A_RECORD_MAX = 20;

const hasOpenQuote = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

const joined = (lines: readonly TextLine[]): string => lines.map(({ text }) => text).join('\n');

const isBlank = ({ text }: TextLine): boolean => text.trim() === '';

const parseRecord = (lines: readonly TextLine[], delimiter: string): Fields | Unreadable => {
  const line = lines[0]?.line ?? 0;
  const text = joined(lines);
  if (text.length > RECORD_LENGTH_MAX) {
    return { line, problem: `The line has more than ${RECORD_LENGTH_MAX} characters.`, before: [] };
  }
  // Most lists have no quotes, and need no parser.
  if (!text.includes('"')) return { line, fields: text.split(delimiter) };
  try {
    const [fields = []] = parse(text, { delimiter, relax_column_count: true });
    return { line, fields };
  } catch (error) {
    const before = text.slice(0, text.indexOf('"')).split(delimiter).slice(0, -1);
    return { line, problem: error instanceof Error ? error.message : String(error), before };
  }
};

/**
 * Combines lines into records. An error in one line, such as a quote that is never closed, affects that line alone; the lines
 * after it are read without it.
 */
class Records {
  private held: TextLine[] = [];

  constructor(private readonly delimiter: string) {}

  *push(next: TextLine): Generator<Fields | Unreadable> {
    const waiting = [next];
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      if (this.held.length === 0 && isBlank(line)) continue;
      this.held.push(line);
      const isOpen = hasOpenQuote(joined(this.held));
      if (isOpen && this.held.length < LINES_A_RECORD_MAX) continue;
      yield this.close(waiting);
    }
  }

  *end(): Generator<Fields | Unreadable> {
    while (this.held.length > 0) {
      const waiting: TextLine[] = [];
      yield this.close(waiting);
      for (const line of waiting) yield* this.push(line);
    }
  }

  /** @param waiting - receives lines that do not belong to the record after all. */
  private close(waiting: TextLine[]): Fields | Unreadable {
    const record = parseRecord(this.held, this.delimiter);
    if ('problem' in record) waiting.unshift(...this.held.slice(1));
    this.held = [];
    return record;
  }
}

/** Reads the records of a text. Blank lines are skipped. */
export function* recordsOf(lines: Iterable<TextLine>, delimiter: string): Generator<Fields | Unreadable> {
  const records = new Records(delimiter);
  for (const line of lines) yield* records.push(line);
  yield* records.end();
}

/** Returns the fields of the first record of a text under a delimiter. */
export type FirstRecord = (delimiter: string) => readonly string[];

/** Returns the first record of a text, before its delimiter is known. */
export const firstRecordOf = (lines: Iterable<TextLine>): FirstRecord => {
  const held: TextLine[] = [];
  for (const line of lines) {
    if (held.length === 0 && isBlank(line)) continue;
    held.push(line);
    if (!hasOpenQuote(joined(held)) || held.length === LINES_A_RECORD_MAX) break;
  }
  return (delimiter) => {
    const record = parseRecord(held, delimiter);
    return 'problem' in record ? [] : record.fields;
  };
};
