import type { Document as BsonDocument } from 'mongodb';
import type { Clock } from '../../clock';
import { Fault } from '../../faults';
import type { Cell, FlatModel, FlatPages } from '../flat';
import { connectionTo } from './connection';
import { ServerKind } from './server-kind';
import { connecting, reaching } from './unavailable';

/** A reader of the flat collections that serve, which cannot write. */
export interface FlatReader extends FlatPages {
  /** Returns the serving version of a read model; undefined before the first build. */
  versionOf(source: string): Promise<number | undefined>;
  /**
   * Runs an aggregation of stages that only read.
   *
   * @throws Fault `QUERY_INVALID` for any other stage, and for what the server cannot do; `READ_MODELS_UNAVAILABLE`.
   */
  aggregate(
    model: FlatModel,
    pipeline: readonly BsonDocument[],
    rowsMax: number,
  ): Promise<readonly BsonDocument[]>;
}

/** Stages that read the collection alone. Others read other collections, or write. */
const STAGES: ReadonlySet<string> = new Set([
  '$match',
  '$group',
  '$sort',
  '$limit',
  '$skip',
  '$project',
  '$unwind',
  '$count',
  '$addFields',
  '$set',
  '$unset',
  '$sortByCount',
  '$bucket',
  '$sample',
]);

/** Operators that run a program on the server. */
const PROGRAMS: ReadonlySet<string> = new Set(['$where', '$function', '$accumulator']);

const invalid = (message: string): Fault => new Fault('QUERY_INVALID', message);

const checkPrograms = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (PROGRAMS.has(key)) throw invalid(`${key} is not permitted in a query`);
    checkPrograms(inner);
  }
};

/** @throws Fault `QUERY_INVALID` for a stage that does more than read the collection. */
export const checkPipeline = (pipeline: readonly BsonDocument[]): void => {
  for (const stage of pipeline) {
    const [name = '', ...more] = Object.keys(stage);
    if (more.length > 0 || !STAGES.has(name))
      throw invalid(`The stage ${name} is not permitted. Permitted are ${[...STAGES].join(', ')}.`);
    checkPrograms(stage);
  }
};

const SERVER_ERROR = /^Mongo(Server|Runtime)?Error$/;

const accumulatorsOf = ({ $group }: BsonDocument): readonly [string, unknown][] =>
  Object.entries(($group ?? {}) as object).filter(([name]) => name !== '_id');

/**
 * Returns the pipelines whose results together are those of the pipeline. On a server on which only the first accumulator of a
 * group is correct, there is one for each; the group must then be the last stage.
 */
export const splitGroups = (
  pipeline: readonly BsonDocument[],
  oneAccumulator: boolean,
): readonly (readonly BsonDocument[])[] => {
  const at = pipeline.findIndex((stage) => accumulatorsOf(stage).length > 1);
  const group = pipeline[at];
  if (!oneAccumulator || group === undefined) return [pipeline];
  if (at !== pipeline.length - 1)
    throw invalid('On this server a $group with several accumulators must be the last stage.');
  const { _id } = group['$group'] as BsonDocument;
  return accumulatorsOf(group).map(([name, accumulator]) => [
    ...pipeline.slice(0, at),
    { $group: { _id: _id as unknown, [name]: accumulator } },
  ]);
};

const joined = (answers: readonly (readonly BsonDocument[])[]): readonly BsonDocument[] => {
  const [first = [], ...others] = answers;
  if (others.length === 0) return first;
  const groups = new Map<string, BsonDocument>();
  for (const document of answers.flat()) {
    const key = JSON.stringify(document['_id']);
    groups.set(key, { ...groups.get(key), ...document });
  }
  return [...groups.values()];
};

type ReaderOptions = { readonly url: string; readonly clock: Clock; readonly timeoutMs: number };

/** Opens a reader of the flat collections of a database. */
export const openFlatReader = ({ url, clock, timeoutMs }: ReaderOptions): FlatReader => {
  const { client, database } = connectionTo(url, { clock, timeoutMs });
  const server = new ServerKind(database);
  const reach = <Result>(call: () => Promise<Result>): Promise<Result> =>
    reaching(
      async () => {
        await connecting(() => client.connect());
        return call();
      },
      { clock, withinMs: timeoutMs },
    ).catch((error: unknown) => {
      if (error instanceof Error && SERVER_ERROR.test(error.name)) throw invalid(error.message);
      throw error;
    });
  const promotions = database.collection<{ readonly _id: string; readonly version: number }>('promoted');
  const versionOf = async (source: string): Promise<number | undefined> =>
    (await promotions.findOne({ _id: source }))?.version;
  const collectionOf = async ({ name, source }: FlatModel): Promise<string | undefined> => {
    const version = await versionOf(source);
    return version === undefined ? undefined : `flat_${name}_v${version}`;
  };
  const isThere = { deletedAt: { $exists: false } };
  return {
    versionOf: (source) => reach(() => versionOf(source)),
    aggregate: (model, pipeline, rowsMax) => {
      checkPipeline(pipeline);
      return reach(async () => {
        const name = await collectionOf(model);
        if (name === undefined) return [];
        const answers = splitGroups(pipeline, await server.isFerretDb()).map((part) =>
          database
            .collection(name)
            .aggregate([{ $match: isThere }, ...part, { $limit: rowsMax }], { maxTimeMS: timeoutMs })
            .toArray(),
        );
        return joined(await Promise.all(answers));
      });
    },
    page: (model, { after, limit, since }) =>
      reach(async () => {
        const name = await collectionOf(model);
        if (name === undefined) return { rows: [], next: undefined };
        const conditions = [
          isThere,
          ...(after === undefined ? [] : [{ _id: { $gt: after } }]),
          ...(since === undefined || model.time === undefined ? [] : [{ [model.time]: { $gte: since } }]),
        ];
        const found = await database
          .collection<{ readonly _id: string; readonly [column: string]: unknown }>(name)
          .find({ $and: conditions } as never, { maxTimeMS: timeoutMs })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray();
        return {
          rows: found.map((row) => model.columns.map((column) => (row[column.name] ?? null) as Cell)),
          next: found.length < limit ? undefined : found.at(-1)?._id,
        };
      }),
    close: () => client.close(),
  };
};
