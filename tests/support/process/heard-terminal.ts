import type { Terminal } from '../../../cli/program/command';

/** A terminal without a user, and its whole output. */
export const heardTerminal = (): {
  readonly terminal: Terminal;
  readonly out: readonly string[];
  readonly err: readonly string[];
} => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    progress: () => undefined,
    redraw: () => undefined,
    interactive: false,
    colour: false,
  };
  return { terminal, out, err };
};
