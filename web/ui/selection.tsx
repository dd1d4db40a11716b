import { useState } from 'react';
import type { Column } from './list';

/** Rows that are chosen in a list. They stay chosen on its other pages. */
export type Selection<Row> = {
  readonly rows: readonly Row[];
  readonly has: (row: Row) => boolean;
  readonly set: (rows: readonly Row[], isChosen: boolean) => void;
  readonly clear: () => void;
};

/** @param rowsMax - further rows are not taken. */
export const useSelection = <Row extends { readonly id: string }>(rowsMax: number): Selection<Row> => {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  return {
    rows: [...chosen.values()],
    has: ({ id }) => chosen.has(id),
    set: (rows, isChosen) =>
      setChosen((known) => {
        const changed = new Map(known);
        for (const row of rows)
          if (!isChosen) changed.delete(row.id);
          else if (changed.size < rowsMax) changed.set(row.id, row);
        return changed;
      }),
    clear: () => setChosen(new Map()),
  };
};

/** A column of boxes that choose the rows of a page, with one in its head for all of them. */
export const choiceColumn = <Row,>(
  { has, set }: Selection<Row>,
  rows: readonly Row[],
  labels: { readonly title: string; readonly all: string; readonly of: (row: Row) => string },
): Column<Row> => ({
  title: labels.title,
  head: (
    <input
      type="checkbox"
      aria-label={labels.all}
      checked={rows.every(has)}
      onChange={({ target }) => set(rows, target.checked)}
    />
  ),
  cell: (row) => (
    <input
      type="checkbox"
      aria-label={labels.of(row)}
      checked={has(row)}
      onChange={({ target }) => set([row], target.checked)}
    />
  ),
});
