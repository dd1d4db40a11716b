import { instantOf } from '../../domain/kernel';
import { positionOf, type EventStore, type RecordedEvent, type StreamName } from '../../platform/event-store';

/** The least that keeps the event store's promises, for specs of what stands on it. */
export const createSimpleEventStore = (): EventStore => {
  const all: RecordedEvent[] = [];
  const streams = new Map<StreamName, RecordedEvent[]>();
  let wake: () => void = () => undefined;
  let woken = new Promise<void>((resolve) => (wake = resolve));

  return {
    append: async (stream, expected, events) => {
      await Promise.resolve();
      const written = streams.get(stream) ?? [];
      const from = expected === 'no-stream' ? 0 : Number(expected) + 1;
      const same = written.slice(from, from + events.length);
      if (same.length > 0 && events.every(({ id }, index) => id === same[index]?.id)) {
        const last = same.at(-1)!;
        return { kind: 'appended', revision: last.revision, position: last.position };
      }
      if (from !== written.length)
        return { kind: 'conflict', actual: written.length === 0 ? 'no-stream' : BigInt(written.length - 1) };
      for (const event of events) {
        const copy = JSON.parse(JSON.stringify(event)) as typeof event;
        const recorded = {
          ...copy,
          stream,
          revision: BigInt(written.length),
          position: positionOf(all.length),
          recordedAt: instantOf(0),
        };
        written.push(recorded);
        all.push(recorded);
      }
      streams.set(stream, written);
      wake();
      woken = new Promise((resolve) => (wake = resolve));
      const last = written.at(-1)!;
      return { kind: 'appended', revision: last.revision, position: last.position };
    },
    read: async function* (stream, { from, direction, limit } = {}) {
      await Promise.resolve();
      const events = [...(streams.get(stream) ?? [])];
      const wanted =
        direction === 'backwards'
          ? events.filter(({ revision }) => revision <= (from ?? revision)).reverse()
          : events.slice(Number(from ?? 0n));
      yield* wanted.slice(0, limit);
    },
    readAll: async function* ({ after, limit } = {}) {
      await Promise.resolve();
      yield* all.filter(({ position }) => after === undefined || position > after).slice(0, limit);
    },
    subscribe: async function* ({ after, batchSize = 512, signal }) {
      let next = after === undefined ? 0 : Number(after) + 1;
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      while (!signal.aborted) {
        const events = all.slice(next, next + batchSize);
        next += events.length;
        const more = woken;
        yield { events, caughtUp: next === all.length };
        if (next === all.length) await Promise.race([more, aborted]);
      }
    },
    head: async () => all.at(-1)?.position,
    tombstone: async () => ({ kind: 'unknown', reason: 'not in this store' }),
    close: async () => undefined,
  };
};
