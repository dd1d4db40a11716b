import type { Question, Reply } from './calls';

/** The program of a worker. */
export type Program = {
  /** Absolute path, without extension, of a module that calls `serveCalls`. */
  readonly entry: string;
  /** Plain data for `serveCalls`. */
  readonly data: unknown;
  readonly name: string;
};

export type LinkEvents = {
  readonly onReply: (reply: Reply) => void;
  /** `error`: the reason, if the worker gave one. Called once, and nothing after it. */
  readonly onEnd: (code: string, error: Error | undefined) => void;
};

/** The owner's connection to a thread or a process. */
export interface Link {
  post(question: Question): void;
  /** Lets the worker keep the owner's process alive. */
  ref(): void;
  unref(): void;
  /** Ends the worker by force. */
  kill(): void;
}

export type StartLink = (program: Program, events: LinkEvents) => Link;
