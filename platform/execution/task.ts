import type { AnyFact, AnyRejection } from '../../domain/kernel';
import type { Executed } from './aggregates';
import type { CommandContext } from './command-context';
import type { CachedStream } from './cached-stream';

export type Answer = Executed<AnyFact, AnyRejection>;

/** Something that waits for its stream's turn. It is settled once; whatever comes later is not heard. */
type Waiting = {
  /**
   * - `waiting`: nothing of it has left this process, so giving up means that nothing happened.
   * - `sent`: its events are on their way, so giving up means that nobody knows.
   */
  phase: 'waiting' | 'sent' | 'settled';
  /** On the clock's monotonic scale. */
  readonly deadlineMs: number;
  readonly fail: (error: unknown) => void;
};

export type CommandTask = Waiting & {
  readonly kind: 'command';
  readonly command: unknown;
  /** Whether the stream is assumed to be new: the command is then decided without a read. */
  readonly assumeNew: boolean;
  readonly context: CommandContext;
  /** Of the span that stands for this command; its events carry it, so that what follows joins the trace. */
  readonly traceparent: string | undefined;
  readonly settle: (answer: Answer) => void;
};

/** Asks what the stream looks like when its turn comes. */
export type LookTask = Waiting & { readonly kind: 'look'; readonly settle: (known: CachedStream) => void };

export type Task = CommandTask | LookTask;
