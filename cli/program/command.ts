import type { Environment } from '../../platform/config';

/** The exit codes of the program. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  unavailable: 5,
  differencesFound: 6,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Writes data to `out` and messages to `err`; each call writes one line. */
export type Terminal = {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Rewrites the last message in place; does nothing unless `interactive`. */
  readonly progress: (line: string) => void;
  /** Writes messages over the last `above` lines; only where `interactive` is true. */
  readonly redraw: (lines: readonly string[], above: number) => void;
  /** Whether messages go to a screen, so that bars and colours make sense. */
  readonly interactive: boolean;
  readonly colour: boolean;
};

export type Invocation = {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly terminal: Terminal;
  /** Aborts on SIGINT and SIGTERM. The command then finishes its work in progress and returns. */
  readonly signal: AbortSignal;
};

export type Command = {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The output of `--help`, options included. */
  readonly usage: string;
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
};

/** The arguments are invalid; the message says which are valid. */
export class UsageError extends Error {}
