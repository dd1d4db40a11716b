#!/usr/bin/env -S node --max-semi-space-size=64 --min-semi-space-size=16 --v8-pool-size=1
import type { Millis } from '../domain/kernel';
import { realClock } from '../platform/clock';
import { exitCodes } from './program/command';
import { adminCommand } from './commands/admin';
import { backupCommand } from './commands/backup';
import { carrierCommand } from './commands/carrier';
import { configCommand } from './commands/config';
import { demoCommand } from './commands/demo';
import { diffCommand } from './commands/diff';
import { doctorCommand } from './commands/doctor';
import { eventStoreCommand } from './commands/eventstore';
import { eventsCommand } from './commands/events';
import { explainCommand } from './commands/explain';
import { exportCommand } from './commands/export';
import { forkCommand } from './commands/fork';
import { importCommand } from './commands/import';
import { paymentsCommand } from './commands/payments';
import { projectionsCommand } from './commands/projections';
import { queryCommand } from './commands/query';
import { restoreCommand } from './commands/restore';
import { startCommand } from './commands/start';
import { verifyCommand } from './commands/verify';
import { worldCommand } from './commands/world';
import { run } from './program/run';
import { processTerminal } from './program/terminal';

const commands = [
  startCommand,
  demoCommand,
  importCommand,
  adminCommand,
  worldCommand,
  carrierCommand,
  eventStoreCommand,
  eventsCommand,
  projectionsCommand,
  explainCommand,
  forkCommand,
  diffCommand,
  backupCommand,
  restoreCommand,
  queryCommand,
  exportCommand,
  paymentsCommand,
  verifyCommand,
  configCommand,
  doctorCommand,
];

/** Less than the ten seconds that process supervisors commonly wait. */
const END_WITHIN_MS = 9_500 as Millis;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stop.abort(new Error(`Stopped by ${signal}`));
    // Ends the process even if something still keeps it alive.
    realClock.after(END_WITHIN_MS, () => {
      invocation.terminal.err('Not everything ended in time.');
      process.exit(exitCodes.failed);
    });
    // A second signal ends the process at once.
    process.once(signal, () => process.exit(exitCodes.interrupted));
  });
}

const invocation = {
  args: process.argv.slice(2),
  environment: process.env,
  terminal: processTerminal(process.env),
  signal: stop.signal,
};
void run(commands, invocation).then((code) => {
  process.exitCode = code;
});
