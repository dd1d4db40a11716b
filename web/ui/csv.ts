/** A value of a cell. Numbers are written as they are. */
export type Cell = string | number | null;

/** A spreadsheet takes a text that begins like this for a formula; behind apostrophes too, so that each text has a way back. */
const FORMULA = /^'*[=+\-@\t\r]/;

const cellText = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** Returns the text that was written as this one: without the apostrophe before what a spreadsheet would run. */
export const textOfCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/** Writes rows as CSV by RFC 4180, without titles. A text that a spreadsheet would run as a formula begins with an apostrophe. */
export const csvRows = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

/** Writes rows as CSV under their titles. */
export const csvOf = (titles: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  csvRows([titles, ...rows]);
