/** What went over the wire since the start, counted in elements unless it says otherwise. */
export type Counters = {
  connections: number;
  /** Commands that arrived, repeats included; the lost ones are not in it. */
  received: number;
  acted: number;
  refused: number;
  repeated: number;
  putOff: number;
  lostIncoming: number;
  /** Answers that were sent, repeats included; the lost ones are not in it. */
  sent: number;
  resent: number;
  lostOutgoing: number;
  /** Connections that were closed because of what came over them. */
  malformed: number;
  /** Connections that were closed because nobody read what was sent. */
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
