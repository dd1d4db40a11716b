import { OFFSETS_TABLE } from './expressions';
import type { ColumnType, FlatModel } from './flat-model';
import { zoneOffsets, type ZoneOffset } from './time-zone';

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  timestamp: 'TEXT',
  'local-timestamp': 'TEXT',
  date: 'TEXT',
};

/** A view over the documents of a read model. Its query is `before`, a table of documents, and `after`. */
export type FlatView = {
  readonly name: string;
  readonly source: string;
  readonly before: string;
  readonly after: string;
};

/** A row of the data dictionary: model, place, column, type, unit, meaning, events. */
export type DictionaryRow = readonly [string, number, string, string, string | null, string, string];

/** All that SQLite has of the flat models, as plain data. */
export type FlatViews = {
  readonly views: readonly FlatView[];
  readonly dictionary: readonly DictionaryRow[];
  readonly offsetsTable: string;
  readonly offsets: readonly ZoneOffset[];
};

/** Returns the view of a model. The casts give its columns their types. */
export const viewOf = ({ name, source, each, columns }: FlatModel): FlatView => {
  const values = columns.map(({ name: as, type, value: { sql } }) =>
    sql === 'd.id' ? `d.id AS ${as}` : `CAST(${sql} AS ${sqlTypes[type]}) AS ${as}`,
  );
  const items = each === undefined ? '' : `, json_each(d.document, '$.${each}') i`;
  return { name, source, before: `SELECT ${values.join(', ')} FROM `, after: ` d${items}` };
};

const dictionaryOf = ({ name, columns }: FlatModel): readonly DictionaryRow[] =>
  columns.map(({ name: column, type, unit, meaning, events }, place) => [
    ...([name, place + 1, column, type, unit ?? null, meaning] as const),
    events.join(', '),
  ]);

/** @param timeZone - the shop's, from the IANA data base. */
export const flatViews = (models: readonly FlatModel[], timeZone: string): FlatViews => ({
  views: models.map(viewOf),
  dictionary: models.flatMap(dictionaryOf),
  offsetsTable: OFFSETS_TABLE,
  offsets: zoneOffsets(timeZone),
});

/** The flat models of a platform, for an engine. */
export type FlatOptions = {
  readonly models: readonly FlatModel[];
  /** The shop's time zone, from the IANA data base. */
  readonly timeZone: string;
};
