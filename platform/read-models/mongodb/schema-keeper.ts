import { isDeepStrictEqual } from 'node:util';
import { MongoServerError, type Collection, type Db } from 'mongodb';
import type { Logger } from '../../telemetry';
import type { CollectionSpec } from '../read-models';
import { declarationOf } from '../query';
import { fieldOf, isThere } from './filters';
import { againOnDuplicate } from './guarded-write';
import { DELETED_AT, SEARCH_WORDS, storedDocumentOf, storedOf, type StoredDocument } from './stored-document';
import { validatorOf } from './validator';

/**
 * The declaration of a collection, stored for operators and for `ensure`. Its name does not end as a collection's does.
 */
export type Registration = {
  readonly _id: string;
  readonly name: string;
  readonly version: number;
  readonly schema: object;
  readonly searchFields: readonly string[];
};

const UNAUTHORIZED = 13;
const NAMESPACE_EXISTS = 48;
const INDEX_CONFLICTS: readonly unknown[] = [85, 86];
const WORDS_BATCH = 500;

const hasCode = (error: unknown, codes: readonly unknown[]): boolean =>
  error instanceof MongoServerError && codes.includes(error.code);

/** An optional feature of a collection, and the role that a user needs for it. */
type Extra = { readonly what: string; readonly role: string };

const extras = {
  validator: { what: 'change the validator of a collection', role: 'dbAdmin on the database' },
  shards: { what: 'shard a collection', role: 'clusterManager on the database admin' },
  index: { what: 'make an index', role: 'readWrite on the database' },
} as const satisfies Record<string, Extra>;

type IndexKey = Readonly<Record<string, 1>>;
type IndexSpec = { readonly name: string; readonly key: IndexKey; readonly sparse?: boolean };

/** The index of the markers of deletions. It has no documents. */
const MARKERS: IndexSpec = { name: `_${DELETED_AT}`, key: { [DELETED_AT]: 1 }, sparse: true };

const indexesOf = (spec: CollectionSpec): readonly IndexSpec[] => {
  const { searchFields } = declarationOf(spec);
  const declared = spec.indexes.map(({ name, fields }) => ({
    name,
    fields: [...fields.map(fieldOf), '_id'],
  }));
  const words =
    searchFields.length === 0 ? [] : [{ name: `_${SEARCH_WORDS}`, fields: [SEARCH_WORDS, '_id'] }];
  const made = [...declared, ...words]
    // Every collection has that one.
    .filter(({ fields }) => fields.some((field) => field !== '_id'))
    .map(({ name, fields }) => ({
      name,
      key: Object.fromEntries(fields.map((field): [string, 1] => [field, 1])),
    }));
  return [...made, MARKERS];
};

/**
 * Makes collections and adapts them to their declaration. Every step may be repeated, and by several processes at once.
 */
export class SchemaKeeper {
  /** The features that were refused for lack of rights; each is logged once. */
  private readonly refused = new Set<Extra>();

  constructor(
    private readonly database: Db,
    private readonly logger: Logger,
  ) {}

  async ensure(spec: CollectionSpec): Promise<void> {
    const { physicalName } = declarationOf(spec);
    await this.create(physicalName, spec);
    await this.shard(physicalName);
    const collection = this.database.collection<StoredDocument>(physicalName);
    for (const index of indexesOf(spec)) await this.ensureIndex(collection, index);
    await this.ensureWords(collection, spec);
  }

  private get registrations(): Collection<Registration> {
    return this.database.collection<Registration>('collections');
  }

  /**
   * Creates a collection with its validator, if the server supports them. The validator only warns, because a document
   * with an unexpected shape must still be shown.
   */
  private async create(name: string, spec: CollectionSpec): Promise<void> {
    const rules = { validator: validatorOf(spec), validationLevel: 'strict', validationAction: 'warn' };
    const before = await this.rulesOf(name);
    if (before) {
      // Only on a change, because it locks the collection.
      if (!isSame(before, rules)) await this.optionally(extras.validator, { collMod: name, ...rules });
      return;
    }
    const isThere = await this.database
      .createCollection(name, rules)
      .then(() => true)
      .catch((error: unknown) => {
        if (!(error instanceof MongoServerError)) throw error;
        return hasCode(error, [NAMESPACE_EXISTS]);
      });
    if (isThere) return;
    this.logger.debug({ collection: name }, 'The server has no validators');
    await this.database.createCollection(name).catch((error: unknown) => {
      if (!hasCode(error, [NAMESPACE_EXISTS])) throw error;
    });
  }

  /** @returns undefined if the collection does not exist, or the user may not see it. */
  private async rulesOf(name: string): Promise<object | undefined> {
    try {
      const [found] = await this.database.listCollections({ name }, { nameOnly: false }).toArray();
      if (!found) return undefined;
      const { validator, validationLevel, validationAction } = (found.options ?? {}) as Readonly<
        Record<string, unknown>
      >;
      return { validator, validationLevel, validationAction };
    } catch (error) {
      if (!hasCode(error, [UNAUTHORIZED])) throw error;
      return undefined;
    }
  }

  /** Shards by the hashed id: every write names it, and rising ids are spread over the shards. */
  private async shard(name: string): Promise<void> {
    const { msg } = await this.database.command({ hello: 1 });
    if (msg !== 'isdbgrid') return;
    const shardCollection = `${this.database.databaseName}.${name}`;
    await this.optionally(extras.shards, { shardCollection, key: { _id: 'hashed' } }, 'admin');
  }

  /**
   * Builds an index. A server that needs longer than a call may last continues, and the next call waits for the same
   * build.
   */
  private async ensureIndex(
    collection: Collection<StoredDocument>,
    { name, key, ...options }: IndexSpec,
  ): Promise<void> {
    const build = (): Promise<unknown> => collection.createIndex({ ...key }, { name, ...options }, {});
    await build().catch(async (error: unknown) => {
      if (error instanceof MongoServerError && error.code === UNAUTHORIZED) {
        this.warn(extras.index, error);
        return;
      }
      if (!hasCode(error, INDEX_CONFLICTS)) throw error;
      // The declaration has changed. Undeclared indexes stay, because analysts may have made them.
      await collection.dropIndex(name);
      await build();
    });
  }

  /** Adds the search words to documents that were written before the search was declared. */
  private async ensureWords(collection: Collection<StoredDocument>, spec: CollectionSpec): Promise<void> {
    const { physicalName, searchFields } = declarationOf(spec);
    const before = await this.registrations.findOne({ _id: physicalName });
    if (JSON.stringify(before?.searchFields ?? []) !== JSON.stringify(searchFields)) {
      let after = '';
      for (;;) {
        const documents = await collection
          .find({ _id: { $gt: after }, ...isThere })
          .sort({ _id: 1 })
          .limit(WORDS_BATCH)
          .toArray();
        const last = documents.at(-1);
        if (!last) break;
        await collection.bulkWrite(documents.map((document) => wordsUpdate(document, searchFields)));
        after = last._id;
      }
    }
    const { name, version, schema } = spec;
    await againOnDuplicate(() =>
      this.registrations.replaceOne(
        { _id: physicalName },
        { name, version, schema, searchFields },
        { upsert: true },
      ),
    );
  }

  /** Tries a feature that a collection works without. */
  private async optionally(extra: Extra, command: object, database?: string): Promise<void> {
    const on = database === undefined ? this.database : this.database.admin();
    await on.command({ ...command }).catch((error: unknown) => {
      if (!(error instanceof MongoServerError)) throw error;
      if (hasCode(error, [UNAUTHORIZED])) this.warn(extra, error);
      else this.logger.debug({ error: error.message }, `The server did not ${extra.what}`);
    });
  }

  private warn(extra: Extra, { message }: Error): void {
    if (this.refused.has(extra)) return;
    this.refused.add(extra);
    const { what, role } = extra;
    const { databaseName: database } = this.database;
    this.logger.warn(
      { database, role, error: message },
      `The user of WAYBILL_READ_MODELS may not ${what}: give it the role ${role}. It goes on without`,
    );
  }
}

const isSame = (before: object, rules: object): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(rules)));

const wordsUpdate = (stored: StoredDocument, searchFields: readonly string[]) => {
  const { document, lastPosition } = storedOf(stored);
  const { searchWords = [] } = storedDocumentOf(document, lastPosition, searchFields);
  return {
    updateOne: { filter: { _id: stored._id, lastPosition }, update: { $set: { searchWords } } },
  };
};
