export type RuntimeLimits = {
  /** The most events of a read of the store and of a batch of a projection. */
  readonly batchMax: number;
  /** The limit of events that wait for one projection; above it the projection reads no more. */
  readonly waitingMax: number;
  /** The memory of the documents that each projection caches, in bytes. */
  readonly documentBytesMax: number;
  /** The interval of checkpoints while only irrelevant events pass. */
  readonly checkpointEveryMs: number;
  /** The limit of callers that wait for a position of one projection. */
  readonly waitersMax: number;
};

export const runtimeLimits: RuntimeLimits = {
  batchMax: 512,
  waitingMax: 4_096,
  documentBytesMax: 2 * 1024 * 1024,
  checkpointEveryMs: 500,
  waitersMax: 10_000,
};
