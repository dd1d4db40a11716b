/** A connection, as far as the protocol needs one. */
export type Link = {
  /** What was sent and has not left yet. */
  readonly backlogBytes: number;
  send(bytes: Uint8Array): void;
  pause(): void;
  resume(): void;
  /** Closes once everything is sent. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
};

export type Timing = {
  /** An answer that is not acked is sent again after so long, a quarter more or less. */
  readonly resendMs: number;
  /** A client that says nothing for so long is let go. */
  readonly idleMs: number;
  /** A client that disconnects waits at most so long for what it has still in hand. */
  readonly drainMs: number;
};
