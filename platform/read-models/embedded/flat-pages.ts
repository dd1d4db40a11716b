import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../faults';
import { viewOf, type FlatModel, type FlatPages, type FlatRow } from '../flat';
import { openReadOnly } from './database';

/** Returns the path of the file of the read models in a data directory. @throws Fault `READ_MODELS_UNAVAILABLE`. */
export const readModelsFileIn = (directory: string): string => {
  const file = join(directory, 'read-models.db');
  if (existsSync(file)) return file;
  throw new Fault('READ_MODELS_UNAVAILABLE', `${directory} holds no read models: start Waybill there once.`);
};

/**
 * Opens the rows of the flat models in a data directory, also beside the process that owns it. A page is of whole documents.
 *
 * @throws Fault `READ_MODELS_UNAVAILABLE` for a directory without read models.
 */
export const openEmbeddedFlatPages = (directory: string): FlatPages => {
  const database = openReadOnly(readModelsFileIn(directory));
  const rows = (sql: string, values: readonly (string | number)[]): unknown[][] =>
    database
      .prepare(sql)
      .raw()
      .all([...values]) as unknown[][];
  const tableOf = ({ source }: FlatModel): string | undefined => {
    const [promoted] = rows('SELECT version FROM promoted WHERE name = ?', [source]);
    return promoted && `${source}_v${String(promoted[0])}`;
  };
  return {
    page: async (model, { after = '', limit, since }) => {
      await Promise.resolve();
      const table = tableOf(model);
      if (table === undefined) return { rows: [], next: undefined };
      const documents = `SELECT * FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`;
      const [end] = rows(`SELECT max(id), count(*) FROM (${documents})`, [after, limit]);
      const [last, count] = end as [string | null, number];
      if (last === null) return { rows: [], next: undefined };
      const view = viewOf(model);
      const all = `${view.before}(SELECT * FROM ${table} WHERE id > ? AND id <= ? ORDER BY id)${view.after}`;
      const found =
        since === undefined || model.time === undefined
          ? rows(all, [after, last])
          : rows(`SELECT * FROM (${all}) WHERE ${model.time} >= ?`, [after, last, since]);
      return { rows: found as unknown as readonly FlatRow[], next: count < limit ? undefined : last };
    },
    close: async () => {
      await Promise.resolve();
      database.close();
    },
  };
};
