/** A stored event as the picture of a trace shows it. */
export type TraceEvent = {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string;
};

/** An event with its place in the picture: `x` from 0 to 1, the number of its lane, and that of its request. */
export type Placed = {
  readonly event: TraceEvent;
  readonly x: number;
  readonly lane: number;
  readonly request: number;
  /** The number of the event that caused it, or of an earlier event of the same cause; undefined where neither is here. */
  readonly linked: number | undefined;
};

const linkedTo = (events: readonly TraceEvent[], at: number): number | undefined => {
  const causationId = events[at]?.causationId;
  const link = events.findIndex(
    (other, place) => other.id === causationId || (place < at && other.causationId === causationId),
  );
  return link === -1 ? undefined : link;
};

/**
 * Places events on a time axis, in the order in which they were stored. Events that follow each other at once are kept apart, so
 * that each can be seen; the longer pauses are to scale.
 */
export const placedOf = (events: readonly TraceEvent[], streams: readonly string[]): readonly Placed[] => {
  const sorted = [...events].sort((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
  const moments = sorted.map(({ recordedAt }) => Date.parse(recordedAt));
  const span = Math.max(1, (moments.at(-1) ?? 0) - (moments[0] ?? 0));
  const gap = 1 / Math.max(1, sorted.length);
  const offsets: number[] = [];
  for (const [at, moment] of moments.entries()) {
    const since = at === 0 ? 0 : (moment - (moments[at - 1] ?? moment)) / span;
    offsets.push(at === 0 ? 0 : (offsets[at - 1] ?? 0) + gap + since);
  }
  const width = offsets.at(-1) || 1;
  const requests = [...new Set(sorted.map(({ correlationId }) => correlationId))];
  return sorted.map((event, at) => ({
    event,
    x: (offsets[at] ?? 0) / width,
    lane: Math.max(0, streams.indexOf(event.stream)),
    request: requests.indexOf(event.correlationId),
    linked: linkedTo(sorted, at),
  }));
};
