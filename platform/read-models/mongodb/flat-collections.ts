import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Collection, Db } from 'mongodb';
import type { Position } from '../../event-store';
import type { Fence } from '../../lease';
import { localTimes, rowsOf, zoneOffsets, type ColumnType, type FlatModel, type FlatOptions } from '../flat';
import { declarationOf } from '../query';
import type { CollectionSpec, Document, WriteBatch } from '../read-models';
import { isThere } from './filters';
import {
  againOnDuplicate,
  deleteAll,
  deleteMarked,
  replaceAll,
  upsertNewer,
  writeAllowed,
} from './guarded-write';
import type { SchemaKeeper } from './schema-keeper';
import type { ServerKind } from './server-kind';
import { storedOf, type StoredDocument } from './stored-document';
import { atMostEntries } from '../../lru';

/** A flat collection, as analysts find it in `flat_models`. `_id`: the name of the collection. */
type FlatRegistration = {
  readonly _id: string;
  readonly model: string;
  /** The name of the read model, whose serving version `promoted` names. */
  readonly source: string;
  readonly timeZone: string;
  /** Of the declaration that the rows were made by. */
  readonly fingerprint: string;
  readonly columns: readonly object[];
};

const FILLED_AT_ONCE = 500;
/** The number of rows whose last written content is kept, so that an unchanged row is not written again. */
const ROWS_KEPT = 20_000;

const schemaTypes: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  integer: 'integer',
  real: 'number',
  timestamp: 'string',
  'local-timestamp': 'string',
  date: 'string',
};

/** Returns the declaration of a model's collection, beside a version of its read model. */
const specOf = ({ name, meaning, key, time, columns }: FlatModel, version: number): CollectionSpec => ({
  name: `flat_${name}`,
  version,
  indexes: time === undefined ? [] : [{ name: `by_${time}`, fields: [time] }],
  schema: {
    type: 'object',
    description: meaning,
    properties: Object.fromEntries(
      columns.map(({ name: column, type, meaning: description }) => [
        column,
        { type: column === key ? schemaTypes[type] : [schemaTypes[type], 'null'], description },
      ]),
    ),
    required: columns.map(({ name: column }) => column),
  },
});

const fingerprintOf = ({ columns, each }: FlatModel, timeZone: string): string => {
  const declared = columns.map(({ name, type, value }) => [name, type, value.sql]);
  return createHash('sha256')
    .update(JSON.stringify([each, declared, timeZone]))
    .digest('hex')
    .slice(0, 16);
};

type Written = Pick<WriteBatch, 'collection' | 'upserts' | 'deletes' | 'replaces'> & {
  readonly fence?: Fence | undefined;
};

/** The writing of the rows of one model for one batch, in parts that a server can take. */
type InParts = <Item>(
  items: readonly Item[],
  write: (part: readonly Item[]) => Promise<unknown>,
) => Promise<void>;

/**
 * Keeps the rows of the flat models in collections of their own, `flat_<model>_v<version>`, beside each version of their read
 * models. A row has the position of its document, and is written under the same guard.
 */
export class FlatCollections {
  private readonly localTime: (at: string) => string;
  private readonly last = new LRUCache<string, string>(atMostEntries(ROWS_KEPT));

  constructor(
    private readonly database: Db,
    private readonly keeper: Pick<SchemaKeeper, 'ensure'>,
    private readonly server: ServerKind,
    private readonly options: FlatOptions = { models: [], timeZone: 'UTC' },
  ) {
    this.localTime = localTimes(zoneOffsets(options.timeZone));
  }

  /** Makes the collections of a read model, and fills those whose declaration or time zone has changed. */
  async ensure(spec: CollectionSpec): Promise<void> {
    for (const model of this.modelsOf(spec)) {
      const flat = specOf(model, spec.version);
      await this.keeper.ensure(flat);
      const { physicalName: _id } = declarationOf(flat);
      const fingerprint = fingerprintOf(model, this.options.timeZone);
      const before = await this.registrations.findOne({ _id });
      if (before?.fingerprint === fingerprint) continue;
      await this.fill(spec, model);
      const { name, source, columns } = model;
      const registration = {
        model: name,
        source,
        timeZone: this.options.timeZone,
        fingerprint,
        columns: columns.map(({ name: column, type, unit = null, meaning, events }) => ({
          name: column,
          type,
          unit,
          meaning,
          events,
        })),
      };
      await againOnDuplicate(() => this.registrations.replaceOne({ _id }, registration, { upsert: true }));
    }
  }

  /**
   * Writes the rows of a batch, before its documents: after an interruption the batch is folded again from the documents, and
   * those that were written already are left out of it.
   */
  async write(
    { collection: spec, upserts, deletes, fence, replaces = false }: Written,
    at: Date,
    inParts: InParts,
  ): Promise<void> {
    for (const model of this.modelsOf(spec)) {
      const target = this.collectionOf(model, spec);
      const rows = upserts.flatMap(({ document, position }) => this.storedRows(model, document, position));
      const keyOf = (row: StoredDocument): string =>
        `${target.collectionName}/${fence?.token ?? ''}/${row._id}`;
      const changed = rows
        .map((row) => ({ row, key: keyOf(row), text: textOf(row) }))
        .filter(({ key, text }) => this.last.get(key) !== text);
      const write = (some: readonly StoredDocument[]): Promise<void> =>
        replaces ? replaceAll(target, some) : upsertNewer(target, some, this.server);
      // A row that a unique index of another program refuses must not stop the read model.
      await inParts(
        changed.map(({ row }) => row),
        (part) => writeAllowed(part, write),
      );
      for (const { key, text } of changed) this.last.set(key, text);
      if (model.each !== undefined || deletes.length === 0) continue;
      await inParts(deletes, (part) =>
        replaces ? deleteAll(target, part) : deleteMarked(target, part, { at, server: this.server }),
      );
      for (const { id } of deletes) this.last.delete(`${target.collectionName}/${fence?.token ?? ''}/${id}`);
    }
  }

  /** Returns the collections in which a deletion leaves a marker. */
  markedBy(spec: CollectionSpec): readonly Collection<StoredDocument>[] {
    return this.modelsOf(spec)
      .filter(({ each }) => each === undefined)
      .map((model) => this.collectionOf(model, spec));
  }

  async drop(spec: CollectionSpec): Promise<void> {
    for (const model of this.modelsOf(spec)) {
      const { collectionName: _id } = this.collectionOf(model, spec);
      await this.registrations.deleteOne({ _id });
      await this.database.dropCollection(_id);
      await this.database.collection<{ readonly _id: string }>('collections').deleteOne({ _id });
    }
    this.last.clear();
  }

  /** Makes the rows of all stored documents, of the same position too. */
  private async fill(spec: CollectionSpec, model: FlatModel): Promise<void> {
    const documents = this.database.collection<StoredDocument>(declarationOf(spec).physicalName);
    const target = this.collectionOf(model, spec);
    let after = '';
    for (;;) {
      const page = await documents
        .find({ _id: { $gt: after }, ...isThere })
        .sort({ _id: 1 })
        .limit(FILLED_AT_ONCE)
        .toArray();
      const last = page.at(-1);
      if (last === undefined) return;
      const rows = page
        .map((stored) => storedOf(stored))
        .flatMap(({ document, lastPosition }) => this.storedRows(model, document, lastPosition));
      await replaceSame(target, rows);
      await writeAllowed(rows, (some) => upsertNewer(target, some, this.server));
      after = last._id;
    }
  }

  private storedRows(
    model: FlatModel,
    document: Document,
    lastPosition: Position,
  ): readonly StoredDocument[] {
    const key = model.columns.findIndex(({ name }) => name === model.key);
    return rowsOf(model, document, this.localTime).map((row) => ({
      _id: String(row[key]),
      ...Object.fromEntries(model.columns.map(({ name }, at) => [name, row[at] ?? null])),
      lastPosition,
    }));
  }

  private modelsOf({ name }: CollectionSpec): readonly FlatModel[] {
    return this.options.models.filter(({ source }) => source === name);
  }

  private collectionOf(model: FlatModel, { version }: CollectionSpec): Collection<StoredDocument> {
    return this.database.collection(declarationOf(specOf(model, version)).physicalName);
  }

  private get registrations(): Collection<FlatRegistration> {
    return this.database.collection('flat_models');
  }
}

const textOf = (row: StoredDocument): string => JSON.stringify({ ...row, lastPosition: undefined });

/** Replaces rows of the same position, which were made by another declaration. */
const replaceSame = async (
  target: Collection<StoredDocument>,
  rows: readonly StoredDocument[],
): Promise<void> => {
  if (rows.length === 0) return;
  await target.bulkWrite(
    rows.map(({ _id, lastPosition, ...fields }) => ({
      replaceOne: { filter: { _id, lastPosition }, replacement: { ...fields, lastPosition } },
    })),
  );
};
