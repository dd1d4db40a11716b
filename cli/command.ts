import type { Environment } from '../platform/config';

/** What a shell sees when a command ends. */
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

/** Data goes to `out`, talk goes to `err`; each call is one line. */
export type Terminal = {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Rewrites the last line of talk in place; does nothing where nobody watches. */
  readonly progress: (line: string) => void;
  /** Writes lines of talk in place of the last `above` lines; only where `interactive` is true. */
  readonly redraw: (lines: readonly string[], above: number) => void;
  /** A person watches: bars and colours are welcome. */
  readonly interactive: boolean;
  readonly colour: boolean;
};

export type Invocation = {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly terminal: Terminal;
  /** Aborts on SIGINT and SIGTERM: finish what is in hand, then return. */
  readonly signal: AbortSignal;
};

export type Command = {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints, options included. */
  readonly usage: string;
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
};

/** The words of the command line make no sense; the message says what would. */
export class UsageError extends Error {}
