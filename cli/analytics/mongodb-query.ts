import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { isFault } from '../../platform/faults';
import type { Cell, FlatModel } from '../../platform/read-models/flat';
import { flatModels } from '../../projections/flat-models';
import { UsageError } from '../program/command';
import { runMongoScript } from './mongodb-script';
import type { QueryBounds, QueryResult } from './sqlite-query';

/** A query of MongoDB: a script for mongosh, or an aggregation over one flat model. */
export type MongoQuery =
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'pipeline'; readonly model: string; readonly stages: readonly object[] };

type Target = { readonly url: string; readonly clock: Clock; readonly showsPersonal: boolean };

const cellOf = (value: unknown): Cell => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return value === null || value === undefined ? null : JSON.stringify(value);
};

const ROWS_AT_ONCE = 500;

const show = async (
  found: readonly object[],
  { rowsMax }: QueryBounds,
  result: QueryResult,
): Promise<boolean> => {
  const names = [...new Set(found.flatMap((row) => Object.keys(row)))];
  await result.columns(names);
  for (let from = 0; from < Math.min(found.length, rowsMax); from += ROWS_AT_ONCE) {
    const part = found.slice(from, Math.min(from + ROWS_AT_ONCE, rowsMax)) as Readonly<
      Record<string, unknown>
    >[];
    await result.rows(part.map((row) => names.map((name) => cellOf(row[name]))));
  }
  return found.length > rowsMax;
};

const modelNamed = (name: string, models: readonly FlatModel[]): FlatModel => {
  const found = models.find((model) => model.name === name);
  if (found === undefined)
    throw new UsageError(`"${name}" is no flat model. Those that there are: waybill query --describe.`);
  return found;
};

const untilCancelled = (signal: AbortSignal): Promise<'cancelled'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('cancelled');
    else signal.addEventListener('abort', () => resolve('cancelled'), { once: true });
  });

/**
 * Runs a query over the flat collections of MongoDB. It can only read: the stages are checked, and a script sees nothing else.
 *
 * @returns whether rows were left out because there are more than `rowsMax`.
 * @throws UsageError for a query that is not permitted or not valid; Fault `READ_MODELS_UNAVAILABLE`, also after the time-out.
 */
export const queryMongo = async (
  query: MongoQuery,
  { url, clock, showsPersonal }: Target,
  bounds: QueryBounds & { readonly timeoutMs: Millis },
  result: QueryResult,
): Promise<{ readonly isCut: boolean }> => {
  const { openFlatReader } = await import('../../platform/read-models/mongodb/index.js');
  const models = flatModels.filter(({ isPersonal }) => showsPersonal || !isPersonal);
  const { rowsMax, timeoutMs, signal } = bounds;
  const reader = openFlatReader({ url, clock, timeoutMs });
  try {
    const rowsOf = (model: FlatModel, stages: readonly object[]): Promise<readonly object[]> =>
      reader.aggregate(model, stages, rowsMax + 1);
    const work =
      query.kind === 'pipeline'
        ? rowsOf(modelNamed(query.model, models), query.stages)
        : runMongoScript(query.text, models, { versionOf: (source) => reader.versionOf(source), rowsOf });
    const found = await Promise.race([work, untilCancelled(signal)]);
    return { isCut: found === 'cancelled' || (await show(found, bounds, result)) };
  } catch (error) {
    if (isFault(error, 'QUERY_INVALID')) throw new UsageError(error.message);
    throw error;
  } finally {
    await reader.close();
  }
};
