import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import {
  chainTo,
  explain,
  HistoryScan,
  isWithin,
  type ChainedCommand,
  type ExplainedField,
  type Explanation,
  type Origin,
} from '../../platform/projections';
import { readModelNamed, readModelNames } from '../../projections/read-model-names';
import {
  exitCodes,
  UsageError,
  type Command,
  type ExitCode,
  type Invocation,
  type Terminal,
} from '../program/command';
import { openHistory } from '../composition/engines';
import { realRuntime } from '../program/runtime';

const wantedOf = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [name, id, field, ...rest] = positionals;
  if (name === undefined || id === undefined || rest.length > 0)
    throw new UsageError('waybill explain takes a read model, an id, and perhaps a field.');
  const projection = readModelNamed(name);
  if (projection === undefined)
    throw new UsageError(`There is no read model "${name}": ${readModelNames().join(', ')}.`);
  return { projection, id, field, json: values.json };
};

const jsonOfOrigin = ({ revision, traceId, ...origin }: Origin) => ({
  ...origin,
  revision: Number(revision),
  traceId: traceId ?? null,
});

const jsonOfField = (explanation: Explanation, { path, value, setBy }: ExplainedField) => ({
  path,
  value,
  setBy: jsonOfOrigin(setBy),
  chain: chainTo(explanation, setBy).map(jsonOfOrigin),
});

const jsonOf = (explanation: Explanation, fields: readonly ExplainedField[]) => ({
  readModel: explanation.readModel,
  id: explanation.id,
  document: explanation.document ?? null,
  fields: fields.map((field) => jsonOfField(explanation, field)),
  shaped: explanation.shaped.map(jsonOfOrigin),
});

const text = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

const where = ({ moment, stream, revision, position }: Origin): string =>
  `${moment}  ${stream} @ ${revision}  position ${position}`;

const who = ({ commandId, actor, traceId }: Origin): string =>
  `command ${commandId} of ${actor}${traceId === undefined ? '' : `, trace ${traceId}`}`;

const printChain = (chain: readonly ChainedCommand[], terminal: Terminal): void => {
  for (const command of chain) {
    terminal.out(`    ${command.types.join(', ')}  ${where(command)}`);
    terminal.out(`      ${who(command)}`);
  }
};

const printField = (
  explanation: Explanation,
  { path, value, setBy }: ExplainedField,
  terminal: Terminal,
): void => {
  terminal.out(`${path} = ${text(value)}`);
  terminal.out(`  set by ${setBy.type}  ${where(setBy)}`);
  terminal.out(`  ${who(setBy)}`);
  terminal.out(`  the first request ${setBy.correlationId} led to`);
  printChain(chainTo(explanation, setBy), terminal);
};

const printAll = ({ fields, shaped, document }: Explanation, terminal: Terminal): void => {
  for (const event of shaped) {
    terminal.out(`${event.type}  ${where(event)}`);
    terminal.out(`  ${who(event)}`);
    for (const { path, before, after } of event.changes)
      terminal.out(`  ${path}: ${text(before)} → ${text(after)}`);
  }
  terminal.out('');
  if (document === undefined) terminal.out('The last event removed the document.');
  for (const { path, value, setBy } of fields)
    terminal.out(`${path} = ${text(value)}  (${setBy.type} @ ${setBy.position})`);
};

const print = (explanation: Explanation, field: string | undefined, terminal: Terminal): void => {
  if (field === undefined) printAll(explanation, terminal);
  else
    explanation.fields
      .filter(({ path }) => isWithin(path, field))
      .forEach((one) => printField(explanation, one, terminal));
  terminal.err(`${explanation.shaped.length} events shaped ${explanation.readModel} ${explanation.id}.`);
};

const run = async ({ args, environment, terminal, signal }: Invocation): Promise<ExitCode> => {
  const { projection, id, field, json } = wantedOf(args);
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const runtime = realRuntime(config);
  const events = await openHistory(config, runtime);
  try {
    const onProgress = (progress: string): void => terminal.progress(progress);
    const scan = new HistoryScan({ events, clock: runtime.clock, signal, onProgress });
    const explanation = await explain(projection, id, scan);
    if (explanation === undefined) {
      terminal.err(`No event ever made a document ${id} of ${projection.collection.name}.`);
      return exitCodes.notFound;
    }
    const fields = explanation.fields.filter(({ path }) => field === undefined || isWithin(path, field));
    if (field !== undefined && fields.length === 0) {
      const names = Object.keys(explanation.document ?? {}).join(', ');
      terminal.err(`${projection.collection.name} ${id} has no field "${field}". It has ${names || 'none'}.`);
      return exitCodes.notFound;
    }
    if (json) terminal.out(JSON.stringify(jsonOf(explanation, fields), undefined, 2));
    else print(explanation, field, terminal);
    return exitCodes.ok;
  } finally {
    await events.close();
  }
};

export const explainCommand: Command = {
  name: 'explain',
  summary: 'says why a document of a read model is as it is',
  usage: `Usage: waybill explain READ-MODEL ID [FIELD] [--json]

Folds the events of one document again, and prints what each of them changed, and for each field the event that last set it.
With FIELD (such as status, or shipments[0].status; shipments means all fields in it) it prints for that field: the event with
its moment, stream and position, the command, the actor, the trace, and the commands that the same first request had led to by
then, the first one first. READ-MODEL is the name of a read model, such as stock_levels, or its singular; also order, product,
stock. It reads only events, beside a running platform or without one. Exit code 3 if there is no such document or field.

  --json  the explanation as JSON`,
  run,
};
