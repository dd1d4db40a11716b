import type Database from 'libsql';
import { Fault, isDiskFull } from '../../faults';
import { leaseLost, type Fence, type TermRecord } from '../../lease';
import type { CollectionSpec } from '../read-models';
import type { FlatViews } from '../flat';
import { definitionOf, type Definition, type Part } from './definition';
import { FlatSchema } from './flat-schema';

/** A batch as it crosses to the thread: documents are JSON already. */
export type RawBatch = {
  readonly table: string;
  readonly upserts: readonly { readonly id: string; readonly document: string; readonly position: string }[];
  readonly deletes: readonly { readonly id: string; readonly position: string }[];
  /** Undefined: the checkpoint stays. */
  readonly position: string | undefined;
  readonly fence?: Fence | undefined;
  readonly replaces: boolean;
};

type Documents = Pick<RawBatch, 'table' | 'upserts' | 'deletes'>;

type Statements = {
  readonly upsert: Database.Statement;
  readonly remove: Database.Statement;
  readonly noteDeletion: Database.Statement;
  readonly replace: Database.Statement;
  readonly removeAny: Database.Statement;
};

/** The number of remembered deletions of all collections together; ordered writes are never later than that. */
const DELETIONS_KEPT = 10_000;

/** The number of terms that are kept: recent holders are of interest to operators. */
const TERMS_KEPT = 10;

/** @throws Fault `READ_MODELS_UNAVAILABLE` for a full disk: there may be space later. */
const needingRoom = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new Fault('READ_MODELS_UNAVAILABLE', 'The disk of the read models is full', { cause: error });
  }
};

/** Changes the file; runs in a thread. */
export class Writer {
  private readonly statements = new Map<string, Statements>();
  private readonly flat: FlatSchema | undefined;

  constructor(
    private readonly database: Database.Database,
    flat?: FlatViews,
  ) {
    if (flat === undefined) return;
    const views = new FlatSchema(database, flat);
    this.flat = views;
    this.inTransaction(() => views.install());
  }

  /** Writes documents and checkpoint, all or nothing. */
  write({ position, fence, ...batch }: RawBatch): void {
    const { table } = batch;
    this.inTransaction(() => {
      this.checkFence(fence);
      if (batch.replaces) this.replaceDocuments(batch);
      else this.writeNewer(batch);
      if (position === undefined) return;
      this.run(
        `INSERT INTO checkpoints (table_name, position) VALUES (?, ?) ON CONFLICT (table_name)
         DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
        [table, position],
      );
    });
  }

  private writeNewer({ table, upserts, deletes }: Documents): void {
    const { upsert, remove, noteDeletion } = this.statementsOf(table);
    for (const { id, document, position: at } of upserts) upsert.run([id, document, at, id, at]);
    for (const { id, position: at } of deletes) {
      remove.run([id, at]);
      noteDeletion.run([id, at, id, at]);
    }
    if (deletes.length > 0)
      this.run('DELETE FROM deletions WHERE number <= (SELECT max(number) FROM deletions) - ?', [
        DELETIONS_KEPT,
      ]);
  }

  private replaceDocuments({ table, upserts, deletes }: Documents): void {
    const { replace, removeAny } = this.statementsOf(table);
    for (const { id, document, position: at } of upserts) replace.run([id, document, at]);
    for (const { id } of deletes) removeAny.run([id]);
  }

  ensure(spec: CollectionSpec): void {
    const definition = definitionOf(spec);
    this.inTransaction(() => {
      this.database.exec(definition.createTable);
      this.ensureIndexes(definition);
      this.ensureSearch(definition);
      this.run('INSERT OR REPLACE INTO collections (table_name, name, version, schema) VALUES (?, ?, ?, ?)', [
        definition.table,
        spec.name,
        spec.version,
        JSON.stringify(spec.schema),
      ]);
    });
  }

  drop(spec: CollectionSpec, fence: Fence | undefined): void {
    const { table } = definitionOf(spec);
    this.statements.delete(table);
    this.inTransaction(() => {
      this.checkFence(fence);
      this.database.exec(`DROP TABLE IF EXISTS ${table}`);
      this.database.exec(`DROP TABLE IF EXISTS ${table}__words`);
      for (const list of ['collections', 'checkpoints', 'deletions'])
        this.run(`DELETE FROM ${list} WHERE table_name = ?`, [table]);
    });
  }

  promote({ name, version }: CollectionSpec, fence: Fence | undefined): void {
    this.inTransaction(() => {
      this.checkFence(fence);
      this.run('INSERT OR REPLACE INTO promoted (name, version) VALUES (?, ?)', [name, version]);
      this.flat?.show(name);
    });
  }

  /** @returns true if it is the first of its token. */
  beginTerm({ lease, token, holder, ttlMs, renewals, released }: TermRecord): boolean {
    const { changes } = this.database
      .prepare(
        `INSERT INTO leases (lease, token, holder, ttl_ms, renewals, released) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (lease, token) DO NOTHING`,
      )
      .run([lease, token, holder, ttlMs, renewals, Number(released)]);
    this.run('DELETE FROM leases WHERE lease = ? AND token <= ?', [lease, token - TERMS_KEPT]);
    return changes === 1;
  }

  updateTerm({ lease, token, ttlMs, renewals, released }: TermRecord): void {
    this.run('UPDATE leases SET ttl_ms = ?, renewals = ?, released = ? WHERE lease = ? AND token = ?', [
      ttlMs,
      renewals,
      Number(released),
      lease,
      token,
    ]);
  }

  /** Releases the leases of holders that are gone. */
  releaseAll(): void {
    this.run('UPDATE leases SET released = 1 WHERE released = 0', []);
  }

  private checkFence(fence: Fence | undefined): void {
    if (fence === undefined) return;
    const [newest] = this.database
      .prepare('SELECT token, released FROM leases WHERE lease = ? ORDER BY token DESC LIMIT 1')
      .all([fence.lease]) as { readonly token: number; readonly released: number }[];
    if (newest?.token !== fence.token || newest.released !== 0) throw leaseLost(fence);
  }

  /** Makes the declared indexes and drops the others. */
  private ensureIndexes({ table, indexes }: Definition): void {
    const there = this.partsOf("type = 'index' AND tbl_name = ? AND sql IS NOT NULL", [table]);
    for (const { name } of there)
      if (!indexes.some((index) => index.name === name)) this.database.exec(`DROP INDEX ${name}`);
    for (const index of indexes) {
      const before = there.find(({ name }) => name === index.name);
      if (before?.sql === index.sql) continue;
      if (before) this.database.exec(`DROP INDEX ${index.name}`);
      this.database.exec(index.sql);
    }
  }

  private ensureSearch({ table, search, fillSearch }: Definition): void {
    const there = [
      ...this.partsOf("type = 'table' AND name = ?", [`${table}__words`]),
      ...this.partsOf("type = 'trigger' AND tbl_name = ?", [table]),
    ];
    const isSame = (part: Part): boolean =>
      there.some(({ name, sql }) => name === part.name && sql === part.sql);
    if (there.length === search.length && search.every(isSame)) return;
    for (const { kind, name } of there.toReversed()) this.database.exec(`DROP ${kind} ${name}`);
    for (const { sql } of search) this.database.exec(sql);
    if (fillSearch !== undefined) this.database.exec(fillSearch);
  }

  private partsOf(condition: string, values: readonly string[]): readonly Part[] {
    return this.database
      .prepare(`SELECT type AS kind, name, sql FROM sqlite_schema WHERE ${condition}`)
      .all([...values]) as Part[];
  }

  private statementsOf(table: string): Statements {
    const prepared = this.statements.get(table);
    if (prepared) return prepared;
    const statements = {
      upsert: this.database.prepare(
        `INSERT INTO ${table} (id, document, last_position) SELECT ?, ?, ? WHERE NOT EXISTS
         (SELECT 1 FROM deletions WHERE table_name = '${table}' AND id = ? AND position >= ?) ON CONFLICT (id)
         DO UPDATE SET document = excluded.document, last_position = excluded.last_position
         WHERE excluded.last_position > last_position`,
      ),
      remove: this.database.prepare(`DELETE FROM ${table} WHERE id = ? AND last_position < ?`),
      // Not if a newer document exists. The newest position of an id counts.
      noteDeletion: this.database.prepare(
        `INSERT INTO deletions (table_name, id, position) SELECT '${table}', ?, ? WHERE NOT EXISTS
         (SELECT 1 FROM ${table} WHERE id = ? AND last_position >= ?) ON CONFLICT (table_name, id)
         DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
      ),
      replace: this.database.prepare(
        `INSERT INTO ${table} (id, document, last_position) VALUES (?, ?, ?) ON CONFLICT (id)
         DO UPDATE SET document = excluded.document, last_position = excluded.last_position`,
      ),
      removeAny: this.database.prepare(`DELETE FROM ${table} WHERE id = ?`),
    };
    this.statements.set(table, statements);
    return statements;
  }

  private run(sql: string, values: readonly (string | number)[]): void {
    needingRoom(() => this.database.prepare(sql).run([...values]));
  }

  private inTransaction(work: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      needingRoom(() => {
        work();
        this.database.exec('COMMIT');
      });
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}
