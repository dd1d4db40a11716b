export type RuntimeLimits = {
  /** The most events of a read of the store and of a batch of a projection. */
  readonly batchMax: number;
  /** The most events of a batch of a projection that is at least a page behind, so that a document is written less often. */
  readonly bulkMax: number;
  /** The most events of a page of the history, which all copies that are so far behind read together. */
  readonly historyPageMax: number;
  /** The longest time in which the events of such a batch are collected. */
  readonly collectMs: number;
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
  bulkMax: 2_048,
  historyPageMax: 1_024,
  collectMs: 1_000,
  waitingMax: 8_192,
  documentBytesMax: 2 * 1024 * 1024,
  checkpointEveryMs: 500,
  waitersMax: 10_000,
};
