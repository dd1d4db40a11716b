import { runs } from '../support/runs';
import fc from 'fast-check';
import type {
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  StreamName,
} from '../../platform/event-store';
import { appended, collect, newEvent, newEvents, newStream } from '../support/event-store/new-events';
import { subscriptionContract } from './event-store-subscription.contract';

/** The fields of an event that must be equal when it is read: all except its positions and its time. */
const written = ({ id, type, data, metadata }: NewEvent): NewEvent => ({ id, type, data, metadata });

/** The differences between engines. */
export type EngineCapabilities = {
  /**
   * The place of a tombstoned stream's events among all events: `removed` with the tombstone, or, for a server that
   * may be EventStoreDB itself, `removed-or-kept`: present until a scavenge.
   */
  readonly tombstonedEvents: 'removed' | 'removed-or-kept';
};

/**
 * The contract of every event store. The store may be shared and contain other events: each case uses its own streams
 * and reads from the former end of the store.
 */
export const eventStoreContract = (
  open: () => Promise<EventStore>,
  { tombstonedEvents }: EngineCapabilities = { tombstonedEvents: 'removed' },
): void => {
  let store: EventStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const append = async (stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]) =>
    appended(await store.append(stream, expected, events));

  /** Returns a position from which a case can read, with any other content of the store. */
  const mark = async (): Promise<Position> =>
    (await append(newStream('mark'), 'no-stream', newEvents(1))).position;

  const idsOf = (events: readonly NewEvent[]): string[] => events.map(({ id }) => id);

  describe('append', () => {
    it('keeps all there is about an event', async () => {
      const stream = newStream();
      const data = {
        text: 'naïve “quotes” \u2028 \u0000 \\ 🚚',
        nested: { list: [1, -0.5, 1e21, null, true, [], {}] },
        big: Number.MAX_SAFE_INTEGER,
      };
      const event = newEvent(data);
      const traced = {
        ...event,
        metadata: {
          ...event.metadata,
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        },
      };
      const result = await append(stream, 'no-stream', [traced]);
      const [read] = await collect(store.read(stream));
      expect(read).toEqual({
        ...traced,
        stream,
        revision: 0n,
        position: result.position,
        recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      });
    });

    it('counts revisions from 0 without a gap and answers with the last one', async () => {
      const stream = newStream();
      const first = await append(stream, 'no-stream', newEvents(3));
      const second = await append(stream, 2n, newEvents(2));
      const events = await collect(store.read(stream));
      expect(events.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
      expect([first.revision, second.revision]).toEqual([2n, 4n]);
      expect([first.position, second.position]).toEqual([events[2]?.position, events[4]?.position]);
    });

    it('refuses at a revision that is not the last one, and writes nothing', async () => {
      const stream = newStream();
      await append(stream, 'no-stream', newEvents(2));
      for (const expected of ['no-stream', 0n, 2n, 7n] as const)
        expect(await store.append(stream, expected, newEvents(2))).toEqual({ kind: 'conflict', actual: 1n });
      expect(await collect(store.read(stream))).toHaveLength(2);
    });

    it('refuses at a revision of a stream that is not there, and does not make it', async () => {
      const stream = newStream();
      expect(await store.append(stream, 0n, newEvents(1))).toEqual({ kind: 'conflict', actual: 'no-stream' });
      expect(await collect(store.read(stream))).toEqual([]);
      await append(stream, 'no-stream', newEvents(1));
    });

    it('lets one of several win at the same revision', async () => {
      const stream = newStream();
      await append(stream, 'no-stream', newEvents(1));
      const results = await Promise.all(newEvents(20).map((event) => store.append(stream, 0n, [event])));
      expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(19);
      expect(await collect(store.read(stream))).toHaveLength(2);
    });

    it('lets no conflict harm what is written beside it', async () => {
      const taken = newStream();
      await append(taken, 'no-stream', newEvents(1));
      const streams = Array.from({ length: 30 }, () => newStream());
      const results = await Promise.all(
        streams.flatMap((stream) => [
          store.append(stream, 'no-stream', newEvents(2)),
          store.append(taken, 'no-stream', newEvents(1)),
        ]),
      );
      expect(results.map(({ kind }) => kind)).toEqual(streams.flatMap(() => ['appended', 'conflict']));
      for (const stream of streams) expect(await collect(store.read(stream))).toHaveLength(2);
    });

    it('refuses an event over 1 MiB, and takes one just under', async () => {
      const stream = newStream();
      const large = store.append(stream, 'no-stream', [newEvent({ text: 'x'.repeat(1024 * 1024) })]);
      await expect(large).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
      const text = 'x'.repeat(1024 * 1024 - 2_000);
      await append(stream, 'no-stream', [newEvent({ text })]);
      const [read] = await collect(store.read(stream));
      expect(read?.data).toEqual({ text });
    });

    it('has events to write, or it is a bug', async () => {
      await expect(store.append(newStream(), 'no-stream', [])).rejects.toThrow('events');
    });
  });

  describe('the very same append again', () => {
    it.each([1, 3])(
      'is answered as the first time, also when others have written since (%i events)',
      async (count) => {
        const stream = newStream();
        const opening = newEvents(count);
        const opened = await append(stream, 'no-stream', opening);
        const second = newEvents(count);
        const added = await append(stream, opened.revision, second);
        await append(stream, added.revision, newEvents(1));

        expect(await store.append(stream, 'no-stream', opening)).toEqual(opened);
        expect(await store.append(stream, opened.revision, second)).toEqual(added);
        expect(await collect(store.read(stream))).toHaveLength(2 * count + 1);
      },
    );

    it('is written once by any number of concurrent callers', async () => {
      const stream = newStream();
      const events = newEvents(2);
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store.append(stream, 'no-stream', events)),
      );
      expect(new Set(results.map((result) => appended(result).position)).size).toBe(1);
      expect(await collect(store.read(stream))).toHaveLength(2);
    });

    it('is a conflict when only some of it is there', async () => {
      const stream = newStream();
      const [one, two, three] = newEvents(3) as [NewEvent, NewEvent, NewEvent];
      await append(stream, 'no-stream', [one, two]);
      const partial = [
        [one, three],
        [one, two, three],
        [three, two],
        [two, one],
      ];
      for (const events of partial)
        expect(await store.append(stream, 'no-stream', events)).toEqual({ kind: 'conflict', actual: 1n });
      expect(idsOf(await collect(store.read(stream)))).toEqual(idsOf([one, two]));
    });

    it('is a conflict at another revision than the first time', async () => {
      const stream = newStream();
      const [one, two, three] = newEvents(3) as [NewEvent, NewEvent, NewEvent];
      await append(stream, 'no-stream', [one]);
      await append(stream, 0n, [two]);
      await append(stream, 1n, [three]);
      expect(await store.append(stream, 1n, [two])).toEqual({ kind: 'conflict', actual: 2n });
      expect(await store.append(stream, 'no-stream', [two])).toEqual({ kind: 'conflict', actual: 2n });
    });
  });

  describe('read', () => {
    it('yields nothing for a stream that was never written, or past its end', async () => {
      const stream = newStream();
      expect(await collect(store.read(stream))).toEqual([]);
      expect(await collect(store.read(stream, { direction: 'backwards' }))).toEqual([]);
      await append(stream, 'no-stream', newEvents(1));
      expect(await collect(store.read(stream, { from: 1n }))).toEqual([]);
    });

    it('goes from a revision, either way, as far as asked', async () => {
      const stream = newStream();
      await append(stream, 'no-stream', newEvents(6));
      const revisions = async (options: Parameters<EventStore['read']>[1]) =>
        (await collect(store.read(stream, options))).map(({ revision }) => Number(revision));
      expect(await revisions({ from: 4n })).toEqual([4, 5]);
      expect(await revisions({ from: 1n, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0]);
      expect(await revisions({ direction: 'backwards', limit: 1 })).toEqual([5]);
      expect(await revisions({ direction: 'backwards', from: 2n })).toEqual([2, 1, 0]);
      expect(await revisions({ limit: 0 })).toEqual([]);
    });

    it('goes through a long stream without a gap', async () => {
      const stream = newStream();
      let expected: ExpectedRevision = 'no-stream';
      for (let batch = 0; batch < 6; batch += 1)
        expected = (await append(stream, expected, newEvents(300))).revision;
      const events = await collect(store.read(stream));
      expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => BigInt(index)));
      expect(events).toHaveLength(1800);
      const backwards = await collect(store.read(stream, { direction: 'backwards', limit: 1500 }));
      expect(idsOf(backwards)).toEqual(idsOf(events).reverse().slice(0, 1500));
    });
  });

  describe('readAll', () => {
    it('yields the events of all streams in the order of their positions', async () => {
      const start = await mark();
      const [one, two] = [newStream(), newStream()];
      await append(one, 'no-stream', newEvents(2));
      await append(two, 'no-stream', newEvents(1));
      await append(one, 1n, newEvents(1));
      const events = await collect(store.readAll({ after: start }));
      expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
        [one, 0n],
        [one, 1n],
        [two, 0n],
        [one, 2n],
      ]);
      const positions = events.map(({ position }) => position);
      expect([...positions].sort()).toEqual(positions);
      expect(new Set(positions).size).toBe(4);
    });

    it('goes on after a position, or back before one, as far as asked', async () => {
      const start = await mark();
      const stream = newStream();
      const events = newEvents(5);
      await append(stream, 'no-stream', events);
      const all = await collect(store.readAll({ after: start }));
      const third = all[2]!.position;
      expect(idsOf(await collect(store.readAll({ after: third })))).toEqual(idsOf(events.slice(3)));
      expect(idsOf(await collect(store.readAll({ after: start, limit: 2 })))).toEqual(
        idsOf(events.slice(0, 2)),
      );
      const back = await collect(store.readAll({ after: third, direction: 'backwards', limit: 2 }));
      expect(idsOf(back)).toEqual(idsOf([events[1]!, events[0]!]));
      const last = await collect(store.readAll({ direction: 'backwards', limit: 1 }));
      expect(idsOf(last)).toEqual(idsOf([events[4]!]));
      expect(await collect(store.readAll({ after: all[4]!.position }))).toEqual([]);
    });
  });

  describe('head', () => {
    it('is the position of the last event', async () => {
      const { position } = await append(newStream(), 'no-stream', newEvents(3));
      expect(await store.head()).toBe(position);
    });
  });

  subscriptionContract(() => store);

  describe('tombstone', () => {
    it('erases a stream for good', async () => {
      const start = await mark();
      const [gone, kept] = [newStream(), newStream()];
      await append(gone, 'no-stream', newEvents(3));
      await append(kept, 'no-stream', newEvents(1));
      expect((await store.tombstone(gone, 2n)).kind).toBe('appended');
      expect(await collect(store.read(gone))).toEqual([]);
      for (const expected of ['no-stream', 2n] as const)
        expect((await store.append(gone, expected, newEvents(1))).kind).toBe('conflict');
      const all = await collect(store.readAll({ after: start }));
      expect(all.filter(({ stream }) => stream !== gone).map(({ stream }) => stream)).toEqual([kept]);
      const remaining = all.filter(({ stream }) => stream === gone).map(({ revision }) => revision);
      expect(tombstonedEvents === 'removed' ? [[]] : [[], [0n, 1n, 2n]]).toContainEqual(remaining);
    });

    it('is refused at a revision that is not the last one', async () => {
      const stream = newStream();
      await append(stream, 'no-stream', newEvents(2));
      expect(await store.tombstone(stream, 0n)).toEqual({ kind: 'conflict', actual: 1n });
      expect(await collect(store.read(stream))).toHaveLength(2);
    });
  });

  describe('close', () => {
    it('answers what is under way, then refuses everything', async () => {
      const stream = newStream();
      const under = store.append(stream, 'no-stream', newEvents(1));
      await store.close();
      expect(['appended', 'unknown']).toContain((await under).kind);
      const closed = { code: 'STORE_CLOSED' };
      await expect(store.append(stream, 0n, newEvents(1))).rejects.toMatchObject(closed);
      await expect(store.tombstone(stream, 0n)).rejects.toMatchObject(closed);
      await expect(store.head()).rejects.toMatchObject(closed);
      await expect(collect(store.read(stream))).rejects.toMatchObject(closed);
      await expect(collect(store.readAll())).rejects.toMatchObject(closed);
      const { signal } = new AbortController();
      await expect(collect(store.subscribe({ signal }))).rejects.toMatchObject(closed);
      await store.close();
    });
  });

  describe('any history', () => {
    type Model = Map<StreamName, NewEvent[]>;
    const revisionOf = (events: readonly NewEvent[]): ExpectedRevision =>
      events.length === 0 ? 'no-stream' : BigInt(events.length - 1);
    /** One step: several appends at once, right, stale or repeated, over few streams. */
    const step = fc.array(
      fc.record({
        stream: fc.nat(2),
        count: fc.integer({ min: 1, max: 4 }),
        manner: fc.constantFrom('fresh', 'stale', 'repeated'),
      }),
      { minLength: 1, maxLength: 5 },
    );

    it('is what a plain list a stream would be', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
          const streams = [newStream(), newStream(), newStream()];
          const model: Model = new Map(streams.map((stream) => [stream, []]));
          for (const appends of steps) {
            const calls = appends.map(({ stream: which, count, manner }) => {
              const stream = streams[which]!;
              const events = model.get(stream)!;
              if (manner === 'repeated' && events.length > 0) {
                const from = Math.max(0, events.length - count);
                const again = events.slice(from);
                const result = store.append(stream, from === 0 ? 'no-stream' : BigInt(from - 1), again);
                return { result, kind: 'appended' };
              }
              if (manner === 'stale' && events.length > 0)
                return { result: store.append(stream, 'no-stream', newEvents(count)), kind: 'conflict' };
              const fresh = newEvents(count);
              const expected = revisionOf(events);
              model.set(stream, [...events, ...fresh]);
              return { result: store.append(stream, expected, fresh), kind: 'appended' };
            });
            for (const { result, kind } of calls) expect((await result).kind).toBe(kind);
          }
          for (const [stream, events] of model)
            expect((await collect(store.read(stream))).map(written)).toEqual(events);
        }),
        { numRuns: runs(25, 10) },
      );
    });
  });
};
