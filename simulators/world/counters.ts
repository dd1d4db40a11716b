/** Counts of messages since the start, in elements unless stated otherwise. */
export type Counters = {
  connections: number;
  /** Received commands, repeats included and lost ones excluded. */
  received: number;
  acted: number;
  refused: number;
  repeated: number;
  putOff: number;
  lostIncoming: number;
  /** Sent answers, repeats included and lost ones excluded. */
  sent: number;
  resent: number;
  lostOutgoing: number;
  /** Connections that were closed because of malformed input. */
  malformed: number;
  /** Connections that were closed because the client did not read. */
  slowReaders: number;
  idle: number;
};

export const newCounters = (): Counters => ({
  connections: 0,
  received: 0,
  acted: 0,
  refused: 0,
  repeated: 0,
  putOff: 0,
  lostIncoming: 0,
  sent: 0,
  resent: 0,
  lostOutgoing: 0,
  malformed: 0,
  slowReaders: 0,
  idle: 0,
});
