/** A value of a cell. Numbers are written as they are. */
export type Cell = string | number | null;

/** A spreadsheet takes a text that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

const cellText = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** Writes rows as CSV by RFC 4180. A text that a spreadsheet would run as a formula begins with an apostrophe. */
export const csvOf = (titles: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [titles, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
