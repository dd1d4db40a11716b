import type { CollectionSpec } from '../read-models';
import { declarationOf } from '../query';

/** A table, index or trigger of a collection: its name, and the statement that makes it. */
export type Part = {
  readonly kind: 'index' | 'table' | 'trigger';
  readonly name: string;
  readonly sql: string;
};

export type Definition = {
  readonly table: string;
  readonly createTable: string;
  readonly indexes: readonly Part[];
  /** The full-text index and its triggers. They are rebuilt together when the searched fields change. */
  readonly search: readonly Part[];
  /** Fills a new full-text index from the stored documents. */
  readonly fillSearch: string | undefined;
};

/** @param field - a declared one: `declarationOf` has verified that it is a plain dot path. */
export const fieldExpression = (field: string, document = 'document'): string =>
  `json_extract(${document}, '$.${field}')`;

const indexOf = (table: string, name: string, fields: readonly string[]): Part => {
  const columns = [...fields.map((field) => fieldExpression(field)), 'id'].join(', ');
  const full = `${table}__${name}`;
  return { kind: 'index', name: full, sql: `CREATE INDEX ${full} ON ${table} (${columns})` };
};

const searchOf = (table: string, fields: readonly string[]): readonly Part[] => {
  const words = `${table}__words`;
  const columns = fields.map((_, index) => `field_${index}`).join(', ');
  const values = (of: string): string =>
    fields.map((field) => fieldExpression(field, `${of}.document`)).join(', ');
  const changed = fields
    .map(
      (field) => `${fieldExpression(field, 'old.document')} IS NOT ${fieldExpression(field, 'new.document')}`,
    )
    .join(' OR ');
  const add = `INSERT INTO ${words} (rowid, ${columns}) VALUES (new.number, ${values('new')})`;
  const take = `DELETE FROM ${words} WHERE rowid = old.number`;
  const trigger = (name: string, when: string, ...actions: readonly string[]): Part => ({
    kind: 'trigger',
    name: `${words}_${name}`,
    sql: `CREATE TRIGGER ${words}_${name} AFTER ${when} BEGIN ${actions.join('; ')}; END`,
  });
  return [
    {
      kind: 'table',
      name: words,
      sql:
        `CREATE VIRTUAL TABLE ${words} USING fts5(${columns}, content='', contentless_delete=1, ` +
        `prefix='2 3', tokenize='unicode61 remove_diacritics 2')`,
    },
    trigger('insert', `INSERT ON ${table}`, add),
    // Most changes of a document leave its words unchanged. Two steps, because an upsert's own conflict rule would
    // override an INSERT OR REPLACE in its trigger.
    trigger('update', `UPDATE OF document ON ${table} WHEN ${changed}`, take, add),
    trigger('delete', `DELETE ON ${table}`, take),
  ];
};

/**
 * Returns a collection's definition in SQL. Only verified names and paths of its declaration are ever part of a
 * statement.
 */
export const definitionOf = (spec: CollectionSpec): Definition => {
  const { physicalName: table, searchFields } = declarationOf(spec);
  const search = searchFields.length === 0 ? [] : searchOf(table, searchFields);
  const columns = searchFields.map((_, index) => `field_${index}`).join(', ');
  const values = searchFields.map((field) => fieldExpression(field)).join(', ');
  return {
    table,
    createTable: `
      CREATE TABLE IF NOT EXISTS ${table} (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL,
        last_position TEXT NOT NULL
      )`,
    indexes: spec.indexes.map(({ name, fields }) => indexOf(table, name, fields)),
    search,
    fillSearch:
      search.length === 0
        ? undefined
        : `INSERT INTO ${table}__words (rowid, ${columns}) SELECT number, ${values} FROM ${table}`,
  };
};
