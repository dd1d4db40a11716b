import type { Cell } from '../../../platform/read-models/flat';
import { visible } from '../../../platform/visible-text';

const WIDTH_MAX = 60;

const shown = (cell: Cell): string => {
  const text = cell === null ? '' : visible(String(cell));
  return text.length > WIDTH_MAX ? `${text.slice(0, WIDTH_MAX - 1)}…` : text;
};

/** Returns the lines of a table for people. Numbers are set to the right; long texts are cut. */
export const tableOf = (names: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] => {
  const texts = rows.map((row) => row.map(shown));
  const widths = names.map((name, at) =>
    texts.reduce((width, row) => Math.max(width, row[at]?.length ?? 0), name.length),
  );
  const isFigure = names.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        isFigure[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(names), line(widths.map((width) => '─'.repeat(width))), ...texts.map(line)];
};
