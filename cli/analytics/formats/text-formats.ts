import type { Cell } from '../../../platform/read-models/flat';

type Row = readonly Cell[];

/** A format of text. Rows are written in parts, so that the whole is never in memory. */
export type TextFormat = {
  readonly begin: (names: readonly string[]) => string;
  /** `isFirst`: no row was written before. */
  readonly rows: (names: readonly string[], rows: readonly Row[], isFirst: boolean) => string;
  readonly end: () => string;
};

/** A spreadsheet takes a text that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const csvLines = (rows: readonly Row[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

/** CSV by RFC 4180. A text that a spreadsheet would run as a formula begins with an apostrophe. */
export const csv: TextFormat = {
  begin: (names) => csvLines([names]),
  rows: (_names, rows) => csvLines(rows),
  end: () => '',
};

const objectOf = (names: readonly string[], row: Row): string =>
  JSON.stringify(Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));

/** One JSON object a line. */
export const jsonLines: TextFormat = {
  begin: () => '',
  rows: (names, rows) => rows.map((row) => `${objectOf(names, row)}\n`).join(''),
  end: () => '',
};

/** A JSON list of objects, each in a line of its own. */
export const json: TextFormat = {
  begin: () => '[\n',
  rows: (names, rows, isFirst) => {
    const objects = rows.map((row) => objectOf(names, row)).join(',\n');
    return rows.length === 0 ? '' : `${isFirst ? '' : ','}${objects}\n`;
  },
  end: () => ']\n',
};
