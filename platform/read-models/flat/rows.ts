import { valueAt } from '../query';
import type { Document } from '../read-models';
import type { Cell } from './expressions';
import type { FlatModel } from './flat-model';

/** A row of a flat model: its values in the order of the columns. */
export type FlatRow = readonly Cell[];

/**
 * Returns the rows that a model makes of one document.
 *
 * @param localTime - converts a moment to the time of the shop's zone.
 */
export const rowsOf = (
  { each, columns }: FlatModel,
  document: Document,
  localTime: (at: string) => string,
): readonly FlatRow[] => {
  const items = each === undefined ? [{}] : ((valueAt(document, each) ?? []) as readonly object[]);
  return items.map((item, index) =>
    columns.map(({ value }) => value.of({ document, item, index, localTime })),
  );
};
