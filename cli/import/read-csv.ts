import { createReadStream } from 'node:fs';
import { parse, type CsvError } from 'csv-parse';
import { Fault } from '../../platform/faults';

export type CsvRecord = Readonly<Record<string, string>>;

/** One line of the file: its fields by column name, or why it can't be read. `line` counts from 1, the header included. */
export type CsvLine =
  { readonly line: number; readonly record: CsvRecord } | { readonly line: number; readonly problem: string };

/**
 * Reads a CSV file with a header row (UTF-8, with or without a byte-order mark). A broken line is told, not fatal.
 *
 * @throws Fault `INPUT_INVALID` when there is no such file, or a wanted column is missing from its header.
 */
export async function* readCsv(file: string, wanted: readonly string[]): AsyncGenerator<CsvLine> {
  const broken: CsvLine[] = [];
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 1 << 20,
    columns: (header: string[]) => {
      const missing = wanted.filter((column) => !header.includes(column));
      if (missing.length === 0) return header;
      throw new Fault(
        'INPUT_INVALID',
        `${file} has no column ${missing.join(', ')}; it has ${header.join(', ')}. Name them with --map.`,
      );
    },
    on_skip: (error: CsvError | undefined) => {
      broken.push({ line: Number(error?.['lines'] ?? 0), problem: error?.message ?? 'The line is not CSV.' });
      return undefined;
    },
  });
  const source = createReadStream(file);
  source.on('error', (cause) =>
    parser.destroy(new Fault('INPUT_INVALID', `${file} cannot be read.`, { cause })),
  );
  source.pipe(parser);
  for await (const { record, info } of parser as AsyncIterable<{
    record: CsvRecord;
    info: { lines: number };
  }>) {
    yield* broken.splice(0);
    yield { line: info.lines, record };
  }
  yield* broken.splice(0);
}
