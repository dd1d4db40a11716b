import { LRUCache } from 'lru-cache';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { realRandom } from '../../clock';
import type { Clock, Random } from '../../clock';
import type { Position } from '../../event-store';
import { Fault, isFault } from '../../faults';
import type { Fence, LeaseRecords, TermRecord } from '../../lease';
import { silentLogger, type Logger } from '../../telemetry';
import { startWorker, type AnswerOf, type RequestOf, type WorkerClient } from '../../worker';
import { flatViews, type FlatOptions } from '../flat';
import type {
  AggregateQuery,
  AggregateRow,
  CollectionSpec,
  Document,
  MatchQuery,
  Page,
  Query,
  ReadModels,
  Scalar,
  SearchQuery,
  Selection,
  Stored,
  WriteBatch,
} from '../read-models';
import {
  aggregatePlanOf,
  declarationOf,
  GROUPS_MAX,
  matchPlanOf,
  pageOf,
  planOf,
  searchPlanOf,
  tooManyGroups,
} from '../query';
import { Reader } from './reader';
import {
  aggregateStatement,
  countStatement,
  listStatements,
  matchStatement,
  searchStatement,
  type SqlValue,
} from './statements';
import type { WriterCalls } from './writer-thread';

export type EmbeddedReadModelsOptions = {
  /** The folder of `read-models.db`, which one process at a time may write. */
  readonly directory: string;
  readonly clock: Clock;
  readonly random?: Random;
  readonly logger?: Logger;
  /** The size of the cache of recently read documents, in characters of JSON: about four bytes each. Default 8 Mi. */
  readonly cacheCharactersMax?: number;
  /** The flat models that the file shows as views. Default none. */
  readonly flat?: FlatOptions | undefined;
};

const CALL_DEADLINE_MS = 30_000;
const CLOSE_DEADLINE_MS = 10_000;
const PENDING_MAX = 1_000;

const termOf = (
  lease: string,
  [token, holder, ttlMs, renewals, released]: readonly SqlValue[],
): TermRecord => ({
  lease,
  token: Number(token),
  holder: String(holder),
  ttlMs: Number(ttlMs),
  renewals: Number(renewals),
  released: released === 1,
});

class EmbeddedReadModels implements ReadModels {
  readonly leases: LeaseRecords = {
    latest: async (lease) => {
      await Promise.resolve();
      const [row] = this.reader.rows({
        sql: `SELECT token, holder, ttl_ms, renewals, released FROM leases WHERE lease = ?
          ORDER BY token DESC LIMIT 1`,
        values: [lease],
      });
      return row && termOf(lease, row);
    },
    begin: (term) => this.change('beginTerm', term),
    update: (term) => this.change('updateTerm', term),
  };
  /** Cached documents by collection and id; removed when they are written. */
  private readonly recent: LRUCache<string, Stored<Document>>;
  /** Parsed documents by their own text, which cannot be stale: a list does not parse the same document twice. */
  private readonly parsed: LRUCache<string, Document>;

  constructor(
    private readonly writer: Pick<WorkerClient<WriterCalls>, 'call' | 'close'>,
    private readonly reader: Reader,
    cacheCharactersMax: number,
  ) {
    this.recent = new LRUCache({ maxSize: cacheCharactersMax / 2 });
    this.parsed = new LRUCache({ maxSize: cacheCharactersMax / 2 });
  }

  async ensure(spec: CollectionSpec): Promise<void> {
    declarationOf(spec);
    await this.change('ensure', spec);
  }

  async get<D extends Document>(spec: CollectionSpec, id: string): Promise<Stored<D> | undefined> {
    const [found] = await this.getMany<D>(spec, [id]);
    return found;
  }

  async getMany<D extends Document>(
    spec: CollectionSpec,
    ids: readonly string[],
  ): Promise<readonly Stored<D>[]> {
    await Promise.resolve();
    const { physicalName } = declarationOf(spec);
    const found: Stored<D>[] = [];
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const cached = this.recent.get(`${physicalName}/${id}`);
      if (cached) found.push(cached as Stored<D>);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const rows = this.reader.rows({
      sql: `SELECT id, document, last_position FROM ${physicalName}
        WHERE id IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(missing)],
    });
    for (const [id, json, lastPosition] of rows) {
      const stored = { document: JSON.parse(String(json)) as D, lastPosition: lastPosition as Position };
      this.recent.set(`${physicalName}/${String(id)}`, stored, { size: String(json).length });
      found.push(stored);
    }
    return found;
  }

  async list<D extends Document>(spec: CollectionSpec, query: Query): Promise<Page<D>> {
    await Promise.resolve();
    const plan = planOf(spec, query);
    const documents: D[] = [];
    for (const { sql, values } of listStatements(spec, plan)) {
      const wanted = plan.first + 1 - documents.length;
      if (wanted === 0) break;
      const rows = this.reader.rows({ sql, values: [...values, wanted] });
      documents.push(...rows.map(([json]) => this.documentOf(json) as D));
    }
    return pageOf(
      plan,
      documents,
      (document) => document,
      (document) => plan.cursorOf(document),
    );
  }

  async search<D extends Document>(spec: CollectionSpec, query: SearchQuery): Promise<Page<D>> {
    await Promise.resolve();
    const plan = searchPlanOf(spec, query);
    if (plan.words.length === 0) return { items: [], hasMore: false };
    const { sql, values } = searchStatement(spec, plan);
    const rows = this.reader.rows({ sql, values: [...values, plan.first + 1] });
    return pageOf(
      plan,
      rows,
      ([json]) => this.documentOf(json) as D,
      ({ id }, [, number]) => plan.cursorOf(Number(number), id),
    );
  }

  async match<D extends Document>(spec: CollectionSpec, query: MatchQuery): Promise<readonly D[]> {
    await Promise.resolve();
    const plan = matchPlanOf(spec, query);
    if (plan.terms.length === 0) return [];
    return this.reader.rows(matchStatement(spec, plan)).map(([json]) => this.documentOf(json) as D);
  }

  async write({
    collection,
    upserts,
    deletes,
    position,
    fence,
    replaces = false,
  }: WriteBatch): Promise<void> {
    const { physicalName } = declarationOf(collection);
    await this.change('write', {
      table: physicalName,
      upserts: upserts.map(({ document, position: at }) => ({
        id: document.id,
        document: JSON.stringify(document),
        position: at,
      })),
      deletes,
      position,
      fence,
      replaces,
    }).finally(() => {
      // Also after a failure, because the write may have happened.
      for (const { document } of upserts) this.recent.delete(`${physicalName}/${document.id}`);
      for (const { id } of deletes) this.recent.delete(`${physicalName}/${id}`);
    });
  }

  async checkpoint(spec: CollectionSpec): Promise<Position | undefined> {
    await Promise.resolve();
    const [row] = this.reader.rows({
      sql: 'SELECT position FROM checkpoints WHERE table_name = ?',
      values: [declarationOf(spec).physicalName],
    });
    return row?.[0] as Position | undefined;
  }

  async count(spec: CollectionSpec): Promise<number> {
    await Promise.resolve();
    const { physicalName } = declarationOf(spec);
    const [row] = this.reader.rows({ sql: `SELECT count(*) FROM ${physicalName}`, values: [] });
    return Number(row?.[0] ?? 0);
  }

  async countUpTo(spec: CollectionSpec, selection: Selection, max: number): Promise<number> {
    await Promise.resolve();
    const statement = countStatement(spec, selection);
    if (statement === undefined) return 0;
    const [row] = this.reader.rows({ sql: statement.sql, values: [...statement.values, max] });
    return Number(row?.[0] ?? 0);
  }

  async aggregate(spec: CollectionSpec, query: AggregateQuery): Promise<readonly AggregateRow[]> {
    await Promise.resolve();
    const plan = aggregatePlanOf(query);
    const rows = this.reader.rows(aggregateStatement(spec, plan));
    if (rows.length > GROUPS_MAX) throw tooManyGroups();
    const groups = plan.groupBy.length;
    return rows.map((row) => ({
      group: Object.fromEntries(
        plan.groupBy.map((field, at) => [field, JSON.parse(String(row[at])) as Scalar]),
      ),
      count: Number(row[groups]),
      sums: Object.fromEntries(plan.sum.map((field, at) => [field, Number(row[groups + 1 + at])])),
    }));
  }

  async drop(spec: CollectionSpec, fence?: Fence): Promise<void> {
    declarationOf(spec);
    await this.change('drop', { spec, fence }).finally(() => this.recent.clear());
  }

  async promoted(name: string): Promise<number | undefined> {
    await Promise.resolve();
    const [row] = this.reader.rows({
      sql: 'SELECT version FROM promoted WHERE name = ?',
      values: [name],
    });
    return row && Number(row[0]);
  }

  async promote(spec: CollectionSpec, fence?: Fence): Promise<void> {
    declarationOf(spec);
    await this.change('promote', { spec, fence });
  }

  async close(): Promise<void> {
    await this.writer.close();
    this.reader.close();
  }

  private documentOf(json: SqlValue | undefined): Document {
    const text = String(json);
    const cached = this.parsed.get(text);
    if (cached) return cached;
    const document = JSON.parse(text) as Document;
    this.parsed.set(text, document, { size: text.length });
    return document;
  }

  /** Runs a change. Every change may be repeated, so an unknown outcome is the same to a caller as a failure. */
  private async change<Name extends keyof WriterCalls>(
    name: Name,
    request: RequestOf<WriterCalls, Name>,
  ): Promise<AnswerOf<WriterCalls, Name>> {
    try {
      return await this.writer.call(name, request);
    } catch (error) {
      if (!isFault(error, 'OUTCOME_UNKNOWN')) throw error;
      throw new Fault('READ_MODELS_UNAVAILABLE', 'The read models did not answer', { cause: error });
    }
  }
}

/**
 * Opens the read models in a directory: one SQLite file that any tool for SQLite can read at the same time.
 *
 * @throws Error if the file cannot be opened.
 */
export const openEmbeddedReadModels = async (options: EmbeddedReadModelsOptions): Promise<ReadModels> => {
  const { directory, clock, random = realRandom, logger = silentLogger, flat } = options;
  const file = join(directory, 'read-models.db');
  const writer = await startWorker<WriterCalls>({
    entry: join(__dirname, 'writer-thread'),
    data: { file, flat: flat && flatViews(flat.models, flat.timeZone) },
    name: 'waybill-read-models',
    pendingMax: PENDING_MAX,
    callDeadlineMs: CALL_DEADLINE_MS,
    closeDeadlineMs: CLOSE_DEADLINE_MS,
    unavailable: 'READ_MODELS_UNAVAILABLE',
    clock,
    random,
    onCrash: (error, attempt) => logger.error({ error, attempt }, 'The read models’ writer failed'),
    onRestart: () => logger.info({}, 'The read models’ writer is up again'),
  });
  // Only this process can write the file, so every holder of an unreleased lease is gone.
  await writer.call('releaseAll', undefined);
  return new EmbeddedReadModels(writer, new Reader(file), options.cacheCharactersMax ?? 8 * 1024 * 1024);
};

/** The smallest caches, so that a document that another process has changed is read again. */
const NO_CACHE = 2;

/**
 * Opens the read models of a directory for reading alone, also while another process owns them: SQLite's log shows
 * committed data to readers in other processes.
 *
 * @throws Fault `READ_MODELS_UNAVAILABLE` if the directory has none. Every change is that fault, too.
 */
export const openEmbeddedReadModelsToRead = (directory: string): ReadModels => {
  const file = join(directory, 'read-models.db');
  if (!existsSync(file)) throw new Fault('READ_MODELS_UNAVAILABLE', `${directory} holds no read models.`);
  const refusing = {
    call: () => Promise.reject(new Fault('READ_MODELS_UNAVAILABLE', 'The read models are open for reading')),
    close: () => Promise.resolve(),
  };
  return new EmbeddedReadModels(refusing, new Reader(file), NO_CACHE);
};
