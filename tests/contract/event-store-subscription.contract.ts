import type {
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  RecordedEvent,
  StreamName,
} from '../../platform/event-store';
import { appended, collect, newEvent, newEvents, newStream } from '../support/event-store/new-events';

/** The part of `eventStoreContract` about subscriptions. */
export const subscriptionContract = (storeOf: () => EventStore): void => {
  describe('subscribe', () => {
    const append = async (stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]) =>
      appended(await storeOf().append(stream, expected, events));

    const mark = async (): Promise<Position> =>
      (await append(newStream('mark'), 'no-stream', newEvents(1))).position;

    const idsOf = (events: readonly NewEvent[]): string[] => events.map(({ id }) => id);

    /** Takes from a subscription until so many events have come. */
    const take = async (
      count: number,
      options: { after?: Position; batchSize?: number },
      onCaughtUp: (seen: number) => void = () => undefined,
    ): Promise<RecordedEvent[]> => {
      const stop = new AbortController();
      const seen: RecordedEvent[] = [];
      for await (const { events, caughtUp } of storeOf().subscribe({ ...options, signal: stop.signal })) {
        seen.push(...events);
        if (caughtUp) onCaughtUp(seen.length);
        if (seen.length >= count) stop.abort();
      }
      return seen;
    };

    it('tells first what was, then what comes, each event once and in order', async () => {
      const start = await mark();
      const stream = newStream();
      await append(stream, 'no-stream', newEvents(700));
      let caughtUpAt: number | undefined;
      let writing: Promise<unknown> = Promise.resolve();
      const seen = await take(1000, { after: start, batchSize: 100 }, (count) => {
        if (caughtUpAt !== undefined) return;
        caughtUpAt = count;
        writing = (async () => {
          for (let revision = 699n; revision < 999n; revision += 10n)
            await append(stream, revision, newEvents(10));
        })();
      });
      await writing;
      expect(caughtUpAt).toBe(700);
      expect(seen.map(({ revision }) => revision)).toEqual(seen.map((_, index) => BigInt(index)));
      expect(idsOf(seen)).toEqual(idsOf(await collect(storeOf().read(stream))));
    });

    it('says that it has caught up when there is nothing at all', async () => {
      const after = await mark();
      const stop = new AbortController();
      for await (const batch of storeOf().subscribe({ after, signal: stop.signal })) {
        expect(batch).toEqual({ events: [], caughtUp: true });
        stop.abort();
      }
    });

    it('keeps to the size of a batch', async () => {
      const after = await mark();
      await append(newStream(), 'no-stream', newEvents(25));
      const stop = new AbortController();
      const sizes: number[] = [];
      for await (const { events } of storeOf().subscribe({ after, batchSize: 10, signal: stop.signal })) {
        sizes.push(events.length);
        if (sizes.reduce((sum, size) => sum + size) === 25) stop.abort();
      }
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    });

    it('tells a stored event as it is read, whether it comes live or later', async () => {
      const after = await mark();
      const stream = newStream();
      const odd = newEvent({ gone: undefined, at: new Date(0), kept: [undefined] });
      const live = take(1, { after }, (seen) => {
        if (seen === 0) void storeOf().append(stream, 'no-stream', [odd]);
      });
      const [seen] = await live;
      const [read] = await collect(storeOf().read(stream));
      expect(seen).toStrictEqual(read);
      expect(read?.data).toStrictEqual({ at: '1970-01-01T00:00:00.000Z', kept: [null] });
    });

    it('serves many, the slow one too, while others write', async () => {
      const after = await mark();
      const streams = Array.from({ length: 8 }, () => newStream());
      const readers = [1, 7, 512].map((batchSize) => take(400, { after, batchSize }));
      const writers = streams.map(async (stream) => {
        let expected: ExpectedRevision = 'no-stream';
        for (let index = 0; index < 10; index += 1)
          expected = (await append(stream, expected, newEvents(5))).revision;
      });
      const seen = await Promise.all(readers);
      await Promise.all(writers);
      const all = await collect(storeOf().readAll({ after }));
      for (const events of seen) expect(idsOf(events)).toEqual(idsOf(all));
    });

    it('ends when its signal aborts, also while it waits', async () => {
      const after = await mark();
      const stop = new AbortController();
      const ended = (async () => {
        for await (const { caughtUp } of storeOf().subscribe({ after, signal: stop.signal }))
          if (caughtUp) setImmediate(() => stop.abort());
      })();
      await ended;
    });

    it('ends when the store closes', async () => {
      const after = await mark();
      const never = new AbortController();
      for await (const { caughtUp } of storeOf().subscribe({ after, signal: never.signal }))
        if (caughtUp) void storeOf().close();
    });
  });
};
