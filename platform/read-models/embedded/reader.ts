import type Database from 'libsql';
import { LRUCache } from 'lru-cache';
import { Fault } from '../../faults';
import { openForReading } from './database';
import type { SqlValue, Statement } from './statements';

const STATEMENTS_MAX = 500;

/** Reads the file beside the writer: each read sees everything that was committed before it. */
export class Reader {
  private readonly database: Database.Database;
  private readonly prepared = new LRUCache<string, Database.Statement>({ max: STATEMENTS_MAX });
  private isClosed = false;

  constructor(file: string) {
    this.database = openForReading(file);
  }

  /** Returns rows as arrays of their columns; none if the table does not exist. */
  rows({ sql, values }: Statement): readonly (readonly SqlValue[])[] {
    if (this.isClosed) throw new Fault('READ_MODELS_UNAVAILABLE', 'The read models are closed');
    try {
      return this.statement(sql).all([...values]) as SqlValue[][];
    } catch (error) {
      if (error instanceof Error && error.message.includes('no such table')) return [];
      throw new Fault('READ_MODELS_UNAVAILABLE', 'The file of read models cannot be read', { cause: error });
    }
  }

  close(): void {
    this.isClosed = true;
    this.prepared.clear();
    this.database.close();
  }

  private statement(sql: string): Database.Statement {
    const existing = this.prepared.get(sql);
    if (existing) return existing;
    const statement = this.database.prepare(sql).raw();
    this.prepared.set(sql, statement);
    return statement;
  }
}
