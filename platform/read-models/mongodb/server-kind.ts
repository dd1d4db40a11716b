import type { Collection, Db, FindOptions, WithId } from 'mongodb';
import type { StoredDocument } from './stored-document';

/**
 * The limit of documents that are read from FerretDB one by one. More are found by one scan, because each read takes a few
 * milliseconds.
 */
const ONE_BY_ONE_MAX = 32;

/**
 * The kind of the server behind a connection, which is determined once. FerretDB 1, which identifies itself, differs: only the
 * first accumulator of a group is correct, and only a filter of one single id is served by an index.
 */
export class ServerKind {
  private known: boolean | undefined;

  constructor(private readonly database: Pick<Db, 'command'>) {}

  async isFerretDb(): Promise<boolean> {
    this.known ??= 'ferretdbVersion' in (await this.database.command({ buildInfo: 1 }));
    return this.known;
  }

  /** Returns the documents with these ids, each once, in no order. */
  async findByIds(
    collection: Collection<StoredDocument>,
    wanted: readonly string[],
    options: FindOptions = {},
  ): Promise<readonly WithId<StoredDocument>[]> {
    const ids = [...new Set(wanted)];
    if (ids.length === 0) return [];
    const isOneByOne = ids.length === 1 || (ids.length <= ONE_BY_ONE_MAX && (await this.isFerretDb()));
    if (!isOneByOne) return collection.find({ _id: { $in: ids } }, options).toArray();
    const found = await Promise.all(ids.map((_id) => collection.findOne({ _id }, options)));
    return found.filter((stored) => stored !== null);
  }
}
