export type RuntimeLimits = {
  /** Events a read of the store and a batch of a projection, at most. */
  readonly batchMax: number;
  /** Events that wait in front of one projection; above that it is no longer fed, and reads for itself. */
  readonly waitingMax: number;
  /** How long the others wait for a projection that has no room before they go on without it. */
  readonly patienceMs: number;
  /** Documents that each projection keeps at hand. */
  readonly documentsKeptMax: number;
  /** How often a position is written down while only events pass that change nothing. */
  readonly checkpointEveryMs: number;
  /** Callers that wait for a position of one projection. */
  readonly waitersMax: number;
};

export const runtimeLimits: RuntimeLimits = {
  batchMax: 512,
  waitingMax: 4_096,
  patienceMs: 1_000,
  documentsKeptMax: 5_000,
  checkpointEveryMs: 500,
  waitersMax: 10_000,
};
