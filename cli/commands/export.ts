import { parseArgs } from 'node:util';
import { parseInstant, type Instant } from '../../domain/kernel';
import { readConfig, type Config } from '../../platform/config';
import { eventLog, flatModels } from '../../projections/flat-models';
import { allProjections } from '../../projections/read-models';
import { openFlatPagesAsOf } from '../analytics/export/as-of';
import { ExportConflict, type ExportRequest } from '../analytics/export/progress-file';
import { eventLogSource, flatSource, openFlatPages, type ExportSource } from '../analytics/export/source';
import { exportFormats, writeExport } from '../analytics/export/write-export';
import { exitCodes, UsageError, type Command, type Invocation } from '../program/command';
import { realRuntime } from '../program/runtime';
import { bar } from '../program/terminal';

const usage = `Usage: waybill export --model MODEL --output FILE [options]

Writes all rows of a flat model (docs/reference/data-dictionary.md) to a file, beside a running platform or without one, with
either engine of the read models. It only reads, and its memory stays the same for any length. Until it is complete, the file is
FILE.part; the same command again continues it after a stop or a crash, and cuts off a torn row. A Parquet file is then written
from the start. In CSV a text that a spreadsheet would run as a formula begins with an apostrophe.

Options
  --model MODEL    waybill query --describe lists them
  --output FILE    a file that is there already is refused
  --format FORMAT  ${exportFormats.join(', ')} (default: csv)
  --since TIME     rows whose column of time is at or after this moment, e.g. 2026-01-31T08:00:00Z
  --as-of TIME     the rows as of this moment: of the events that were stored by then; builds the read model beside, from the
                   first event, in the directory for temporary files
  --personal       permits customer_contacts, which has names and e-mail addresses
  --json           the report as JSON`;

const momentIn = (name: string, text: string | undefined): Instant | undefined => {
  if (text === undefined) return undefined;
  const moment = parseInstant(text);
  if (moment === undefined)
    throw new UsageError(`--${name} takes a moment like 2026-01-31T08:00:00Z; not "${text}".`);
  return moment;
};

const parsed = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      output: { type: 'string' },
      format: { type: 'string', default: 'csv' },
      since: { type: 'string' },
      'as-of': { type: 'string' },
      personal: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { model, output } = values;
  if (model === undefined || output === undefined)
    throw new UsageError('Give --model and --output: waybill export --model orders --output orders.csv.');
  const format = exportFormats.find((name) => name === values.format);
  if (format === undefined)
    throw new UsageError(`--format takes ${exportFormats.join(', ')}; not "${values.format}".`);
  const [since, asOf] = [momentIn('since', values.since), momentIn('as-of', values['as-of'])];
  return { model, output, format, since, asOf, personal: values.personal, json: values.json };
};
type Options = ReturnType<typeof parsed>;

const openSource = async (
  options: Options,
  config: Config,
  { terminal, signal }: Invocation,
): Promise<ExportSource> => {
  const runtime = realRuntime({ logLevel: 'error' });
  const { model: name, since, asOf, personal } = options;
  if (name === eventLog.name) return eventLogSource(config, runtime, { since, asOf });
  const model = flatModels.find((one) => one.name === name);
  if (model === undefined) {
    const known = [...flatModels, eventLog].map((one) => one.name).join(', ');
    throw new UsageError(`There is no model "${name}". Those that there are: ${known}.`);
  }
  if (model.isPersonal && !personal)
    throw new UsageError(`${name} holds personal data. Give --personal if you may have it.`);
  if (since !== undefined && model.time === undefined)
    throw new UsageError(`The rows of ${name} have no time, so --since means nothing. Leave it out.`);
  const projection = allProjections.find(({ collection }) => collection.name === model.source);
  if (asOf === undefined || projection === undefined)
    return flatSource(model, await openFlatPages(config, runtime), since);
  const onProgress = (done: number, total: number): void => terminal.progress(bar(done, total, 'events'));
  return flatSource(
    model,
    await openFlatPagesAsOf(config, runtime, { projection, asOf, onProgress, signal }),
    since,
  );
};

const requestOf = (
  { model, format, since, asOf }: Options,
  config: Config,
  source: ExportSource,
): ExportRequest => ({
  model,
  format,
  since: since ?? null,
  asOf: asOf ?? null,
  timeZone: config.timeZone,
  columns: source.columns.map(({ name }) => name).join(','),
});

const write = async (
  options: Options,
  source: ExportSource,
  request: ExportRequest,
  { terminal, signal }: Invocation,
) => {
  const { output: file, json, format } = options;
  const exported = await writeExport(format, {
    file,
    request,
    source,
    signal,
    onProgress: (rows) => terminal.progress(`${rows} rows`),
  });
  const { rows, before, isComplete } = exported;
  if (json) terminal.out(JSON.stringify({ file, model: options.model, format, ...exported }));
  else if (isComplete)
    terminal.out(`${file}: ${rows} rows${before > 0 ? `, ${before} of them from an earlier run` : ''}.`);
  if (!isComplete) terminal.err(`Stopped after ${rows} rows. The same command continues.`);
  return isComplete ? exitCodes.ok : exitCodes.interrupted;
};

const run = async (invocation: Invocation) => {
  const { args, environment, terminal } = invocation;
  const options = parsed(args);
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const source = await openSource(options, config, invocation).catch((error: unknown) => {
    if (!invocation.signal.aborted) throw error;
    return undefined;
  });
  if (source === undefined) return exitCodes.interrupted;
  try {
    return await write(options, source, requestOf(options, config, source), invocation);
  } catch (error) {
    if (!(error instanceof ExportConflict)) throw error;
    terminal.err(error.message);
    return exitCodes.conflict;
  } finally {
    await source.close();
  }
};

export const exportCommand: Command = {
  name: 'export',
  summary: 'writes a flat model to CSV, JSON lines or Parquet',
  usage,
  run,
};
