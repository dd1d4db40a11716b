import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { keepPrivate } from '../../platform/data-directory';
import type { Effects, Parcel, Truck } from './desk';
import type { Report, TruckOrder } from './words';

/** A truck order that the World has not acknowledged, with its permanent sequence number. */
export type QueuedOrder = { readonly seqnum: bigint; readonly order: TruckOrder };
/** A report that the shop has not acknowledged. `traceparent`: that of the notice that created the parcel. */
export type QueuedReport = {
  readonly id: number;
  readonly report: Report;
  readonly traceparent: string | null;
};

type Row = { readonly key: number; readonly json: string };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS parcels (key INTEGER PRIMARY KEY, json TEXT NOT NULL, done TEXT, traceparent TEXT);
  CREATE INDEX IF NOT EXISTS parcels_under_way ON parcels (key) WHERE done IS NULL;
  CREATE TABLE IF NOT EXISTS trucks (key INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS orders (key INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL, acked INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS reports (key INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL, traceparent TEXT);
  CREATE TABLE IF NOT EXISTS heard (key INTEGER PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`;

/** The number of the World's messages that are remembered to recognise repeats; a World resends within seconds. */
const RECEIVED_MAX = 20_000;
/** The number of acknowledged orders that are remembered, so that an error can be matched to its order. */
const ORDERS_KEPT_MAX = 20_000;

const parsed = ({ json }: Row): unknown => JSON.parse(json);

/**
 * The stored state of the carrier, in a file of its own. A commit that returned survives `kill -9`; a power failure may
 * lose the last moments, which is acceptable for a simulator and saves a disk flush for each message.
 */
export class Memory {
  private readonly database: Database.Database;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'carrier.db');
    keepPrivate(file);
    this.database = new Database(file);
    this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.database.exec(SCHEMA);
  }

  /** Returns the open parcels. */
  parcels(): readonly Parcel[] {
    return this.all('SELECT key, json FROM parcels WHERE done IS NULL').map((row) => parsed(row) as Parcel);
  }

  isDone(shipment: number): 'delivered' | 'cancelled' | undefined {
    const row = this.database.prepare('SELECT done FROM parcels WHERE key = ?').get(shipment);
    return (row as { done: 'delivered' | 'cancelled' | null } | undefined)?.done ?? undefined;
  }

  trucks(): readonly Truck[] {
    return this.all('SELECT key, json FROM trucks').map((row) => parsed(row) as Truck);
  }

  unackedOrders(): readonly QueuedOrder[] {
    return this.all('SELECT key, json FROM orders WHERE acked = 0 ORDER BY key').map((row) => ({
      seqnum: BigInt(row.key),
      order: parsed(row) as TruckOrder,
    }));
  }

  orderOf(seqnum: bigint): TruckOrder | undefined {
    const row = this.database.prepare('SELECT key, json FROM orders WHERE key = ?').get(Number(seqnum));
    return row === undefined ? undefined : (parsed(row as Row) as TruckOrder);
  }

  unsentReports(): readonly QueuedReport[] {
    const rows = this.database.prepare('SELECT key, json, traceparent FROM reports ORDER BY key').all();
    return (rows as (Row & { traceparent: string | null })[]).map((row) => ({
      id: row.key,
      report: parsed(row) as Report,
      traceparent: row.traceparent,
    }));
  }

  wasHeard(seqnum: bigint): boolean {
    return this.database.prepare('SELECT key FROM heard WHERE key = ?').get(Number(seqnum)) !== undefined;
  }

  /** Returns the world to which the state belongs; undefined before the first. */
  world(): bigint | undefined {
    const row = this.database.prepare("SELECT value FROM facts WHERE name = 'world'").get();
    return row === undefined ? undefined : BigInt((row as { value: string }).value);
  }

  /** Enters a world. The state of another world is deleted. */
  enterWorld(worldId: bigint): void {
    if (this.world() !== worldId) this.transaction(() => this.moveTo(worldId));
  }

  /** Enters a world that was made for this carrier. @returns the report of the new world to the shop. */
  enterNewWorld(worldId: bigint): QueuedReport {
    return this.transaction(() => {
      this.moveTo(worldId);
      return this.queueReport({ kind: 'world-chosen', world: worldId.toString() });
    });
  }

  /** Stores a step as a whole: its changes, its messages, and its input. */
  commit(
    effects: Effects,
    { heard, traceparent }: { heard?: bigint; traceparent?: string | undefined } = {},
  ): { readonly orders: readonly QueuedOrder[]; readonly reports: readonly QueuedReport[] } {
    return this.transaction(() => {
      for (const parcel of effects.parcels.values()) this.storeParcel(parcel, traceparent);
      for (const truck of effects.trucks.values()) {
        this.run('INSERT OR REPLACE INTO trucks (key, json) VALUES (?, ?)', truck.id, JSON.stringify(truck));
      }
      if (heard !== undefined) this.markReceived(heard);
      return {
        orders: effects.orders.map((order) => ({ seqnum: this.queueOrder(order), order })),
        reports: effects.reports.map((report) => this.queueReport(report)),
      };
    });
  }

  acked(seqnum: bigint): void {
    this.run('UPDATE orders SET acked = 1 WHERE key = ?', Number(seqnum));
    this.run('DELETE FROM orders WHERE acked = 1 AND key < ?', Number(seqnum) - ORDERS_KEPT_MAX);
  }

  sent(reportId: number): void {
    this.run('DELETE FROM reports WHERE key = ?', reportId);
  }

  close(): void {
    this.database.close();
  }

  private moveTo(worldId: bigint): void {
    if (this.world() !== undefined) this.database.exec('DELETE FROM heard; UPDATE orders SET acked = 1;');
    this.run("INSERT OR REPLACE INTO facts (name, value) VALUES ('world', ?)", worldId.toString());
  }

  private storeParcel(parcel: Parcel, traceparent: string | undefined): void {
    const done = parcel.stage === 'delivered' || parcel.stage === 'cancelled' ? parcel.stage : null;
    this.run(
      `INSERT INTO parcels (key, json, done, traceparent) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET json = excluded.json, done = excluded.done,
         traceparent = coalesce(excluded.traceparent, traceparent)`,
      parcel.number,
      JSON.stringify(parcel),
      done,
      traceparent ?? null,
    );
  }

  private queueOrder(order: TruckOrder): bigint {
    return BigInt(this.run('INSERT INTO orders (json) VALUES (?)', JSON.stringify(order)));
  }

  private queueReport(report: Report): QueuedReport {
    const traceparent = 'shipment' in report ? this.traceparentOf(report.shipment) : null;
    const json = JSON.stringify(report);
    const id = this.run('INSERT INTO reports (json, traceparent) VALUES (?, ?)', json, traceparent);
    return { id: Number(id), report, traceparent };
  }

  private traceparentOf(shipment: number): string | null {
    const row = this.database.prepare('SELECT traceparent FROM parcels WHERE key = ?').get(shipment);
    return (row as { traceparent: string | null } | undefined)?.traceparent ?? null;
  }

  private markReceived(seqnum: bigint): void {
    this.run('INSERT OR IGNORE INTO heard (key) VALUES (?)', Number(seqnum));
    this.run('DELETE FROM heard WHERE key < ?', Number(seqnum) - RECEIVED_MAX);
  }

  private all(sql: string): readonly Row[] {
    return this.database.prepare(sql).all() as Row[];
  }

  private run(sql: string, ...values: readonly (string | number | null)[]): number | bigint {
    return this.database.prepare(sql).run(...values).lastInsertRowid;
  }

  private transaction<Result>(work: () => Result): Result {
    // Not by the library's own transaction: that rolls back after SQLite has rolled back already, and so hides that the
    // disk is full.
    this.database.exec('BEGIN');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}
