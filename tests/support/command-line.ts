import type { Command, ExitCode } from '../../cli/command';
import { run } from '../../cli/run';
import type { Environment } from '../../platform/config';

export type Said = { readonly code: ExitCode; readonly out: string; readonly err: string };

/** Runs a command of the command line in this process, and says what it printed. */
export const runCommand = async (
  command: Command,
  args: readonly string[],
  environment: Environment,
): Promise<Said> => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    progress: () => undefined,
    interactive: false,
    colour: false,
  };
  const { signal } = new AbortController();
  const code = await run([command], { args: [command.name, ...args], environment, terminal, signal });
  return { code, out: out.join('\n'), err: err.join('\n') };
};
