import type { Command, ExitCode } from '../../../cli/program/command';
import { run } from '../../../cli/program/run';
import type { Environment } from '../../../platform/config';

export type Said = { readonly code: ExitCode; readonly out: string; readonly err: string };

/** Runs a command of the command line in this process, and says what it printed; `onProgress` may stop it. */
export const runCommand = async (
  command: Command,
  args: readonly string[],
  environment: Environment,
  onProgress: (stop: () => void) => void = () => undefined,
): Promise<Said> => {
  const out: string[] = [];
  const err: string[] = [];
  const told = new AbortController();
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    progress: () => onProgress(() => told.abort(new Error('Stopped by a test'))),
    redraw: () => undefined,
    interactive: false,
    colour: false,
  };
  const invocation = { args: [command.name, ...args], environment, terminal, signal: told.signal };
  const code = await run([command], invocation);
  return { code, out: out.join('\n'), err: err.join('\n') };
};
