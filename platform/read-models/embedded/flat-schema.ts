import type Database from 'libsql';
import type { FlatViews } from '../flat';

const DICTIONARY = 'data_dictionary';

/**
 * The views of the flat models, over the tables that serve readers; the data dictionary; and the offsets of the shop's time zone,
 * which the views use.
 */
export class FlatSchema {
  constructor(
    private readonly database: Database.Database,
    private readonly flat: FlatViews,
  ) {}

  /** Brings the file to the present declarations. Writes only where they differ. Runs inside a transaction. */
  install(): void {
    const { dictionary, offsets, offsetsTable } = this.flat;
    this.database.exec(`
      CREATE TABLE IF NOT EXISTS ${DICTIONARY} (
        model TEXT NOT NULL, place INTEGER NOT NULL, column_name TEXT NOT NULL, type TEXT NOT NULL, unit TEXT,
        meaning TEXT NOT NULL, events TEXT NOT NULL, PRIMARY KEY (model, place)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS ${offsetsTable} (until TEXT PRIMARY KEY, minutes INTEGER NOT NULL) WITHOUT ROWID`);
    this.dropFormer();
    this.replace(DICTIONARY, dictionary);
    this.replace(
      offsetsTable,
      offsets.map(({ until, minutes }) => [until, minutes]),
    );
    for (const source of new Set(this.flat.views.map((view) => view.source))) this.show(source);
  }

  /** Shows the flat models of a read model from the version that serves readers. Runs inside a transaction. */
  show(source: string): void {
    const [promoted] = this.database.prepare('SELECT version FROM promoted WHERE name = ?').all([source]) as {
      readonly version: number;
    }[];
    if (promoted === undefined) return;
    for (const { name, before, after } of this.flat.views.filter((view) => view.source === source)) {
      const sql = `CREATE VIEW ${name} AS ${before}${source}_v${promoted.version}${after}`;
      const [present] = this.database
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?")
        .all([name]) as { readonly sql: string }[];
      if (present?.sql === sql) continue;
      this.database.exec(`DROP VIEW IF EXISTS ${name}`);
      this.database.exec(sql);
    }
  }

  /** Drops the views of models that are no longer declared. */
  private dropFormer(): void {
    const declared = new Set(this.flat.views.map(({ name }) => name));
    const former = this.database.prepare(`SELECT DISTINCT model FROM ${DICTIONARY}`).all([]) as {
      readonly model: string;
    }[];
    for (const { model } of former)
      if (!declared.has(model)) this.database.exec(`DROP VIEW IF EXISTS ${model}`);
  }

  private replace(table: string, rows: readonly (readonly (string | number | null)[])[]): void {
    const before = this.database.prepare(`SELECT * FROM ${table}`).raw().all([]);
    const sorted = (list: readonly unknown[]): string =>
      JSON.stringify(list.map((row) => JSON.stringify(row)).sort());
    if (sorted(before) === sorted(rows)) return;
    this.database.exec(`DELETE FROM ${table}`);
    const [first = []] = rows;
    const insert = this.database.prepare(`INSERT INTO ${table} VALUES (${first.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run([...row]);
  }
}
