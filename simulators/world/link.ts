/** A connection, as an interface for the protocol. */
export type Link = {
  /** The number of bytes that were sent and have not left yet. */
  readonly backlogBytes: number;
  send(bytes: Uint8Array): void;
  pause(): void;
  resume(): void;
  /** Closes after everything is sent. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
};

export type Timing = {
  /** The time after which an unacknowledged answer is sent again, at random a quarter more or less. */
  readonly resendMs: number;
  /** The time after which a silent client is disconnected. */
  readonly idleMs: number;
  /** The longest wait of a disconnecting client for its unfinished commands. */
  readonly drainMs: number;
};
