#!/usr/bin/env node
import { carrierCommand } from './commands/carrier';
import { configCommand } from './commands/config';
import { demoCommand } from './commands/demo';
import { eventStoreCommand } from './commands/eventstore';
import { importCommand } from './commands/import';
import { startCommand } from './commands/start';
import { verifyCommand } from './commands/verify';
import { worldCommand } from './commands/world';
import { exitCodes } from './command';
import { run } from './run';
import { processTerminal } from './terminal';

const commands = [
  startCommand,
  demoCommand,
  importCommand,
  worldCommand,
  carrierCommand,
  eventStoreCommand,
  verifyCommand,
  configCommand,
];

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stop.abort(new Error(`Told to stop by ${signal}`));
    // A second one does not wait.
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
