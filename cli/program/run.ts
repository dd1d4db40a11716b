import { isDiskFull, isFault, type FaultCode } from '../../platform/faults';
import {
  exitCodes,
  UsageError,
  type Command,
  type ExitCode,
  type Invocation,
  type Terminal,
} from './command';
import { visible } from '../../platform/visible-text';
import { version } from './version';

const exitCodeOf: Partial<Record<FaultCode, ExitCode>> = {
  CONFIG_INVALID: exitCodes.usage,
  INPUT_INVALID: exitCodes.usage,
  DATA_DIRECTORY_IN_USE: exitCodes.conflict,
  PORT_IN_USE: exitCodes.conflict,
  REVISION_CONFLICT: exitCodes.conflict,
  MOMENT_IN_FUTURE: exitCodes.usage,
  MOMENT_BEFORE_HISTORY: exitCodes.notFound,
  OUTCOME_UNKNOWN: exitCodes.unavailable,
  STORE_UNAVAILABLE: exitCodes.unavailable,
  READ_MODELS_UNAVAILABLE: exitCodes.unavailable,
  BUS_UNAVAILABLE: exitCodes.unavailable,
  COMMANDS_UNAVAILABLE: exitCodes.unavailable,
  DEADLINE_EXCEEDED: exitCodes.unavailable,
};

/** Codes of other libraries may be numbers. */
const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError || (error instanceof Error && /^ERR_PARSE_ARGS/.test(codeOf(error)));

const overview = (commands: readonly Command[]): string => {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: waybill <command> [options]',
    '',
    ...lines,
    '',
    'waybill <command> --help says more; waybill --version, which one this is.',
  ].join('\n');
};

/** Escapes control characters in all output: cells, settings and answers must not control the terminal. */
const withVisibleText = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (line) => terminal.out(visible(line)),
  err: (line) => terminal.err(visible(line)),
  progress: (line) => terminal.progress(visible(line)),
  redraw: (lines, above) => terminal.redraw(lines.map(visible), above),
});

/** Runs the named command and returns its exit code. An expected error is printed as one line, any other with its stack. */
export const run = async (commands: readonly Command[], invocation: Invocation): Promise<ExitCode> => {
  const terminal = withVisibleText(invocation.terminal);
  const [name, ...args] = invocation.args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.out(overview(commands));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(version());
    return exitCodes.ok;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.err(`waybill has no command "${name}".\n\n${overview(commands)}`);
    return exitCodes.usage;
  }
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(command.usage);
    return exitCodes.ok;
  }
  try {
    return await command.run({ ...invocation, terminal, args });
  } catch (error) {
    if (isUsage(error)) {
      terminal.err(`${error.message}\n\n${command.usage}`);
      return exitCodes.usage;
    }
    if (isDiskFull(error)) {
      const why = error instanceof Error ? error.message : String(error);
      terminal.err(
        `STORE_FULL: ${why} The disk is full: make room and do it again. What was acknowledged is kept.`,
      );
      return exitCodes.failed;
    }
    if (isFault(error)) {
      terminal.err(`${error.code}: ${error.message}`);
      return exitCodeOf[error.code] ?? exitCodes.failed;
    }
    if (invocation.signal.aborted && error === invocation.signal.reason) {
      terminal.err(error instanceof Error ? error.message : String(error));
      return exitCodes.interrupted;
    }
    // An unexpected error is a bug: its stack shows where.
    terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.failed;
  }
};
