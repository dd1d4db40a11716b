import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { changesBetween } from '../../platform/projections';
import { exitCodes, UsageError, type Command, type Invocation, type Terminal } from '../program/command';
import { openHistory } from '../composition/engines';
import { diffOutcomes, type Money, type OutcomeDiff } from '../fork/outcomes';
import { realRuntime, type Runtime } from '../program/runtime';

const wantedOf = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [a, b, ...rest] = positionals;
  if (a === undefined || b === undefined || rest.length > 0)
    throw new UsageError('waybill diff takes two data directories, or esdb:// URLs.');
  return { a, b, isJson: values.json };
};

const opened = (name: string, config: Config, runtime: Runtime) => {
  if (/^[a-z+]+:\/\//.test(name)) return openHistory({ ...config, eventStore: name }, runtime);
  if (!existsSync(name)) throw new Fault('STORE_UNAVAILABLE', `There is no ${name}.`);
  return openHistory({ eventStore: 'embedded', readModels: 'embedded', dataDir: name }, runtime);
};

const moneyText = (money: Money): string =>
  Object.entries(money)
    .map(
      ([currency, { sold, captured, refunded }]) =>
        `${currency} sold ${sold}, captured ${captured}, refunded ${refunded}`,
    )
    .join('; ') || 'none';

const text = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

const print = ({ compared, differing, differences, money }: OutcomeDiff, terminal: Terminal): void => {
  for (const [kind, count] of Object.entries(compared))
    terminal.out(`${kind}: ${count} compared, ${differing[kind as keyof typeof differing]} differ`);
  terminal.out(`money of A, in minor units: ${moneyText(money.a)}`);
  terminal.out(`money of B, in minor units: ${moneyText(money.b)}`);
  for (const { kind, id, a, b } of differences) {
    terminal.out(`${kind} ${id}${a === undefined ? ' only in B' : b === undefined ? ' only in A' : ''}`);
    if (a !== undefined && b !== undefined)
      for (const { path, before, after } of changesBetween(a, b))
        terminal.out(`  ${path}: ${text(before)} → ${text(after)}`);
  }
};

const run = async ({ args, environment, terminal, signal }: Invocation) => {
  const { a, b, isJson } = wantedOf(args);
  const { config } = readConfig(environment);
  const runtime = realRuntime(config);
  const one = await opened(a, config, runtime);
  try {
    const other = await opened(b, config, runtime);
    try {
      const diff = await diffOutcomes(one, other, { signal, onProgress: (what) => terminal.progress(what) });
      if (isJson) terminal.out(JSON.stringify(diff, undefined, 2));
      else print(diff, terminal);
      const count = Object.values(diff.differing).reduce((sum, each) => sum + each, 0);
      terminal.err(count === 0 ? 'The outcomes are equal.' : `${count} outcomes differ.`);
      return count === 0 ? exitCodes.ok : exitCodes.differencesFound;
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
};

export const diffCommand: Command = {
  name: 'diff',
  summary: 'compares the outcomes of two histories',
  usage: `Usage: waybill diff A B [--json]

Compares orders, stock, payments and sums of money of two data directories, such as a platform and its fork, or of EventStoreDB by
esdb:// URLs. It folds the events of both by this program's read models, beside running platforms or without them. Ids and figures
count, times do not. Exit code 6 if an outcome differs; the first hundred are printed.

  --json  the comparison as JSON`,
  run,
};
