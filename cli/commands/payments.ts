import { parseArgs } from 'node:util';
import type { PaymentReconciliation } from '../../gateways/payments';
import { formatMoney, type Money } from '../../domain/money';
import { realClock } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import {
  exitCodes,
  UsageError,
  type Command,
  type ExitCode,
  type Invocation,
  type Terminal,
} from '../program/command';
import { openReadModelsToRead } from '../composition/engines';
import { reconciliation, yesterday } from '../roles/payments';
import { realRuntime } from '../program/runtime';

const MOVEMENTS_MAX = 1_000_000;

const usage = `Usage: waybill payments reconcile [--day DAY] [--json]

Compares what the payment provider says of a day, in its statement, with the books of Waybill: each difference by its kind, the sums
of each currency, and what to do. It only reads, beside a running platform or without one. The statement of a day is a file in
WAYBILL_PAYMENT_STATEMENTS (docs/how-to/reconcile-payments.md). At most ${MOVEMENTS_MAX} movements a day.

Exit code 6 if there is a difference that something must be done about; 3 if the day has movements and no statement.

Options
  --day DAY  such as 2026-01-31, in the shop's time zone (default: yesterday)
  --json     the report as JSON`;

const sums = (report: PaymentReconciliation): readonly string[] =>
  report.totals.map(
    ({ net: { currency }, capturedThere, capturedHere, refundedThere, refundedHere, fees, net }) =>
      `${currency}: captured ${formatMoney(capturedThere)} there, ${formatMoney(capturedHere)} here; refunded ${formatMoney(refundedThere)} there, ${formatMoney(refundedHere)} here; fees ${formatMoney(fees)}; net ${formatMoney(net)}`,
  );

const shown = (sum: Money | null): string => (sum === null ? '–' : formatMoney(sum));

const print = (report: PaymentReconciliation, terminal: Terminal): void => {
  const { day, isOver, hasStatement, movementsThere, movementsHere, differences } = report;
  terminal.out(
    `${day}: ${hasStatement ? `${movementsThere} movements` : 'no statement'} there, ${movementsHere} movements here`,
  );
  for (const line of sums(report)) terminal.out(line);
  for (const { kind, meaning, remedy, orderId, key, reference, there, here, detail } of differences) {
    terminal.out(`${kind}  there ${shown(there)}, here ${shown(here)}`);
    terminal.out(`  order ${orderId ?? '–'}  key ${key ?? '–'}  reference ${reference ?? '–'}`);
    terminal.out(`  ${detail === null ? meaning : `${meaning} ${detail}`}`);
    terminal.out(`  → ${remedy}`);
  }
  if (!isOver) terminal.err('The day is not over, so the statement may lack movements.');
};

const verdictOf = ({ differenceCount, needsAction }: PaymentReconciliation): string => {
  if (differenceCount === 0) return 'The provider and the books agree.';
  return needsAction
    ? `${differenceCount} differences.`
    : `${differenceCount} movements on another day; nothing needs to be done.`;
};

const codeOf = ({ hasStatement, movementsHere, needsAction }: PaymentReconciliation): ExitCode => {
  if (!hasStatement && movementsHere > 0) return exitCodes.notFound;
  return needsAction ? exitCodes.differencesFound : exitCodes.ok;
};

const run = async ({ args, environment, terminal }: Invocation): Promise<ExitCode> => {
  const [action, ...rest] = args;
  if (action !== 'reconcile') throw new UsageError('Say what to do: reconcile.');
  const { values } = parseArgs({
    args: [...rest],
    options: { day: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const readModels = await openReadModelsToRead(config, realRuntime(config));
  try {
    const runtime = { clock: realClock };
    const bounds = { movementsMax: MOVEMENTS_MAX, differencesMax: MOVEMENTS_MAX };
    const reconcile = reconciliation(config, readModels, runtime, bounds);
    const report = await reconcile(values.day ?? yesterday(config, runtime));
    if (values.json) terminal.out(JSON.stringify(report, undefined, 2));
    else print(report, terminal);
    terminal.err(verdictOf(report));
    return codeOf(report);
  } finally {
    await readModels.close();
  }
};

export const paymentsCommand: Command = {
  name: 'payments',
  summary: 'compares the statements of the payment provider with the books',
  usage,
  run,
};
