import { open, type FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Fault } from '../../platform/faults';

export type CsvRecord = Readonly<Record<string, string>>;

/** Where something stands: `line` counts from 1, the header included. */
export type SourceLine = { readonly file: string; readonly line: number };

/** One record of a file: its fields by column name, or why it can't be read. */
export type CsvLine = SourceLine & ({ readonly record: CsvRecord } | { readonly problem: string });

type TextLine = { readonly line: number; readonly text: string };
type Fields = { readonly line: number; readonly fields: readonly string[] };
type Unreadable = { readonly line: number; readonly problem: string };

/** A quoted field may go on over so many lines; beyond that its opening quote is a slip of the pen. */
const LINES_A_RECORD_MAX = 20;
const RECORD_LENGTH_MAX = 1 << 20;

const hasOpenQuote = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

const parseRecord = (lines: readonly TextLine[]): Fields | Unreadable => {
  const line = lines[0]?.line ?? 0;
  const text = lines.map((one) => one.text).join('\n');
  if (text.length > RECORD_LENGTH_MAX) return { line, problem: `The line has ${text.length} characters.` };
  try {
    const [fields = []] = parse(text, { relax_column_count: true });
    return { line, fields };
  } catch (error) {
    return { line, problem: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * Puts lines together to records. A slip in one line, such as a quote that is never closed, costs that line alone: the ones
 * after it are read as if it were not there.
 */
class Records {
  private held: TextLine[] = [];

  *push(next: TextLine): Generator<Fields | Unreadable> {
    const waiting = [next];
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      if (this.held.length === 0 && line.text.trim() === '') continue;
      this.held.push(line);
      const isOpen = hasOpenQuote(this.held.map(({ text }) => text).join('\n'));
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

  /** @param waiting - where lines go that turn out not to belong to the record. */
  private close(waiting: TextLine[]): Fields | Unreadable {
    const record = parseRecord(this.held);
    if ('problem' in record) waiting.unshift(...this.held.slice(1));
    this.held = [];
    return record;
  }
}

const openFile = async (file: string): Promise<FileHandle> => {
  try {
    return await open(file);
  } catch (cause) {
    throw new Fault('INPUT_INVALID', `${file} cannot be read.`, { cause });
  }
};

async function* readRecords(file: string): AsyncGenerator<Fields | Unreadable> {
  const handle = await openFile(file);
  try {
    const records = new Records();
    let line = 0;
    for await (const text of handle.readLines({ encoding: 'utf8' })) {
      line += 1;
      yield* records.push({ line, text: line === 1 ? text.replace(/^\uFEFF/, '') : text });
    }
    yield* records.end();
  } finally {
    await handle.close();
  }
}

const headerOf = (first: Fields | Unreadable, file: string, wanted: readonly string[]): readonly string[] => {
  if ('problem' in first)
    throw new Fault('INPUT_INVALID', `${file} has no header row that can be read: ${first.problem}`);
  const missing = wanted.filter((column) => !first.fields.includes(column));
  if (missing.length === 0) return first.fields;
  throw new Fault(
    'INPUT_INVALID',
    `${file} has no column ${missing.join(', ')}; it has ${first.fields.join(', ')}. Name them with --map.`,
  );
};

/**
 * Reads a CSV file with a header row (UTF-8, with or without a byte-order mark). A broken line is told, not fatal.
 *
 * @throws Fault `INPUT_INVALID` when there is no such file, or a wanted column is missing from its header.
 */
export async function* readCsv(file: string, wanted: readonly string[]): AsyncGenerator<CsvLine> {
  let header: readonly string[] | undefined;
  for await (const read of readRecords(file)) {
    if (header === undefined) {
      header = headerOf(read, file, wanted);
      continue;
    }
    const source = { file, line: read.line };
    if ('problem' in read) yield { ...source, problem: read.problem };
    else if (read.fields.length !== header.length)
      yield { ...source, problem: `The line has ${read.fields.length} fields, the header ${header.length}.` };
    else
      yield {
        ...source,
        record: Object.fromEntries(header.map((name, at) => [name, read.fields[at] ?? ''])),
      };
  }
}
