import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Millis } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { readConfig, type Config } from '../../platform/config';
import { describe } from '../analytics/describe';
import { formats, outputTo, type Format } from '../analytics/formats/output';
import { queryMongo, type MongoQuery } from '../analytics/mongodb-query';
import { questionNames, questionText } from '../analytics/questions';
import { querySqlite, type QueryBounds, type QueryResult } from '../analytics/sqlite-query';
import { exitCodes, UsageError, type Command, type Invocation } from '../program/command';

const ROWS_DEFAULT = 1_000;
const ROWS_MAX = 1_000_000;
const TIMEOUT_DEFAULT_SECONDS = 30;
const TIMEOUT_MAX_SECONDS = 3_600;

const usage = `Usage: waybill query STATEMENT [options]
       waybill query FILE [options]
       waybill query MODEL PIPELINE [options]
       waybill query --saved NAME [options]
       waybill query --describe [MODEL] [options]

Asks the flat models of docs/reference/data-dictionary.md, beside a running platform or without one. It only reads, and shows
nothing but the flat models. With the embedded read models, STATEMENT and FILE are one SELECT of SQLite. With MongoDB, PIPELINE
is a list of stages of an aggregation over one model, as JSON, and FILE is a script for mongosh that ends with a list of rows.

Options
  --saved NAME      a saved question of ops/analytics; the name "list" shows their names
  --describe        the models; with the name of a model, its columns
  --format FORMAT   ${formats.join(', ')} (default: table on a screen, otherwise csv)
  --json            the same as --format json
  --output FILE     writes to a file; needed for parquet
  --rows N          the most rows, 1 to ${ROWS_MAX} (default ${ROWS_DEFAULT}); if there are more, it says so and exits with 1
  --timeout SECONDS stops the query, 1 to ${TIMEOUT_MAX_SECONDS} (default ${TIMEOUT_DEFAULT_SECONDS}); Ctrl-C stops it too
  --personal        also shows customer_contacts, which has names and e-mail addresses`;

const numberIn = (name: string, text: string, max: number): number => {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max)
    throw new UsageError(`--${name} takes a number from 1 to ${max}; not "${text}".`);
  return number;
};

const parsed = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      saved: { type: 'string' },
      describe: { type: 'boolean', default: false },
      format: { type: 'string' },
      json: { type: 'boolean', default: false },
      output: { type: 'string' },
      rows: { type: 'string', default: String(ROWS_DEFAULT) },
      timeout: { type: 'string', default: String(TIMEOUT_DEFAULT_SECONDS) },
      personal: { type: 'boolean', default: false },
    },
  });
  return { ...values, positionals };
};
type Options = ReturnType<typeof parsed>;

const formatOf = ({ format, json, output }: Options, isScreen: boolean): Format => {
  const chosen = json ? 'json' : (format ?? (isScreen && output === undefined ? 'table' : 'csv'));
  const known = formats.find((name) => name === chosen);
  if (known === undefined) throw new UsageError(`--format takes ${formats.join(', ')}; not "${chosen}".`);
  if (known === 'parquet' && output === undefined)
    throw new UsageError('Parquet is no text: name a file with --output.');
  return known;
};

const textOf = (source: string): string => {
  try {
    return readFileSync(source, 'utf8');
  } catch {
    throw new UsageError(`The file ${source} cannot be read.`);
  }
};

const only = ({ positionals }: Options): string => {
  const [first, ...more] = positionals;
  if (first === undefined || more.length > 0)
    throw new UsageError('Give one statement, or one file, or --saved NAME.');
  return first;
};

const sqlOf = (options: Options): string => {
  if (options.saved !== undefined) return questionText(options.saved, 'sqlite');
  const source = only(options);
  return source.endsWith('.sql') ? textOf(source) : source;
};

const stagesOf = (text: string): readonly object[] => {
  let stages: unknown;
  try {
    stages = JSON.parse(text);
  } catch {
    throw new UsageError('The pipeline is no JSON: write [{"$match": {"status": "PAID"}}].');
  }
  if (Array.isArray(stages) && stages.every((stage) => typeof stage === 'object' && stage !== null))
    return stages as object[];
  throw new UsageError('A pipeline is a list of stages.');
};

const mongoQueryOf = (options: Options): MongoQuery => {
  if (options.saved !== undefined) return { kind: 'script', text: questionText(options.saved, 'mongodb') };
  const [model, pipeline] = options.positionals;
  if (model !== undefined && pipeline !== undefined && options.positionals.length === 2)
    return { kind: 'pipeline', model, stages: stagesOf(pipeline) };
  const file = only(options);
  if (!file.endsWith('.js'))
    throw new UsageError(
      'MongoDB has no SQL. Give a model and a pipeline, a script that ends with .mongodb.js, or --saved NAME.',
    );
  return { kind: 'script', text: textOf(file) };
};

const runQuery = (
  config: Config,
  options: Options,
  bounds: QueryBounds,
  result: QueryResult,
): Promise<{ readonly isCut: boolean }> => {
  const { readModels: url, dataDir: directory, eventStore } = config;
  const showsPersonal = options.personal;
  if (url !== 'embedded')
    return queryMongo(mongoQueryOf(options), { url, clock: realClock, showsPersonal }, bounds, result);
  const files = { directory, hasEvents: eventStore === 'embedded', showsPersonal };
  return querySqlite(sqlOf(options), files, { ...bounds, clock: realClock }, result);
};

const run = async ({ args, environment, terminal, signal }: Invocation) => {
  const options = parsed(args);
  const output = outputTo(formatOf(options, terminal.interactive), options.output, terminal);
  if (options.describe || options.saved === 'list') {
    const { names, rows } = options.describe
      ? describe(options.positionals[0])
      : { names: ['question'], rows: questionNames().map((name) => [name]) };
    output.columns(names);
    output.rows(rows);
    await output.end();
    return exitCodes.ok;
  }
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const rowsMax = numberIn('rows', options.rows, ROWS_MAX);
  const timeoutMs = (numberIn('timeout', options.timeout, TIMEOUT_MAX_SECONDS) * 1_000) as Millis;
  const { isCut } = await runQuery(config, options, { rowsMax, timeoutMs, signal }, output);
  await output.end();
  if (signal.aborted) {
    terminal.err('Stopped. The rows so far are shown.');
    return exitCodes.interrupted;
  }
  if (!isCut) return exitCodes.ok;
  terminal.err(
    `There are more than ${rowsMax} rows. Ask for fewer, or for more with --rows; waybill export writes all of a model.`,
  );
  return exitCodes.failed;
};

export const queryCommand: Command = {
  name: 'query',
  summary: 'asks the read models with SQL or a MongoDB pipeline',
  usage,
  run,
};
