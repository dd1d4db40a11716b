import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  NO_STREAM,
  START,
} from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { instantOf } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { failureOf, marked, marksOf, newName, withDbClient } from '../../tests/support/event-store/db-client';
import { startStoreServer } from '../../tests/support/event-store/eventstore-server';
import { collect } from '../../tests/support/event-store/new-events';

/** The behaviour of @eventstore/db-client 6.2.1 with EventStoreDB 23.10.8, checked with this server. */
const { client } = withDbClient();

const read = async (stream: string) => collect(client().readStream(stream));

describe('reading', () => {
  it('requests all events with any filter', async () => {
    const before = (
      await collect(client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
    )[0];
    await client().appendToStream(newName(), [marked(1), marked(2, 'Other')]);
    // The types have it, and it does nothing.
    const filter = { filter: eventTypeFilter({ prefixes: ['Other'] }) };
    const fromPosition = before?.event?.position ?? START;
    const found = await collect(client().readAll({ fromPosition, ...filter }));
    expect(found.map(({ event: each }) => each?.type).slice(-2)).toEqual(['TrialHeld', 'Other']);
  });

  it('throws for a missing stream only while iterating, and yields nothing past the end', async () => {
    const stream = newName();
    const missing = client().readStream(stream);
    expect(await failureOf(collect(missing))).toMatchObject({ type: 'stream-not-found', streamName: stream });
    await client().appendToStream(stream, marked());
    expect(await collect(client().readStream(stream, { fromRevision: 5n }))).toEqual([]);
  });

  it('goes both ways, from a place on, as far as asked', async () => {
    const stream = newName();
    await client().appendToStream(
      stream,
      [0, 1, 2, 3].map((mark) => marked(mark)),
    );
    const marks = async (options: Parameters<EventStoreDBClient['readStream']>[1]) =>
      marksOf(await collect(client().readStream(stream, options)));
    expect(await marks({ fromRevision: 2n })).toEqual([2, 3]);
    expect(await marks({ fromRevision: 2n, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await marks({ fromRevision: END, direction: BACKWARDS, maxCount: 2 })).toEqual([3, 2]);
    expect(await marks({ fromRevision: START, direction: BACKWARDS })).toEqual([0]);
    expect(await failureOf(marks({ fromRevision: END }))).toMatchObject({ code: status.INVALID_ARGUMENT });
    const all = await collect(client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 3 }));
    expect(marksOf(all)).toEqual([3, 2, 1]);
    const { position } = all[1]!.event!;
    const from = (direction: typeof BACKWARDS | 'forwards', maxCount: number) =>
      collect(client().readAll({ fromPosition: position, direction, maxCount }));
    // Forwards from a position includes what is there; backwards does not.
    expect(marksOf(await from('forwards', 2))).toEqual([2, 3]);
    expect(marksOf(await from(BACKWARDS, 2))).toEqual([1, 0]);
  });

  it('calls the position of stream metadata its revision', async () => {
    const stream = newName();
    const { position } = await client().setStreamMetadata(stream, {
      maxCount: 5,
      acl: { readRoles: ['ada'] },
      own: 1,
    });
    const { metadata, metastreamRevision } = await client().getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 5, acl: { readRoles: ['ada'] }, own: 1 });
    expect(metastreamRevision).toBe(position?.commit);
  });
});

describe('stream metadata', () => {
  const written = async (count: number): Promise<string> => {
    const stream = newName();
    await client().appendToStream(
      stream,
      Array.from({ length: count }, (_, mark) => marked(mark)),
    );
    return stream;
  };

  it('limits a stream to its last events', async () => {
    const stream = await written(5);
    await client().setStreamMetadata(stream, { maxCount: 2 });
    expect(marksOf(await read(stream))).toEqual([3, 4]);
    await client().appendToStream(stream, marked(5), { expectedRevision: 4n });
    expect(marksOf(await read(stream))).toEqual([4, 5]);
    expect(
      marksOf(await collect(client().readStream(stream, { direction: BACKWARDS, fromRevision: END }))),
    ).toEqual([5, 4]);
  });

  it('hides what is before a revision', async () => {
    const stream = await written(5);
    await client().setStreamMetadata(stream, { truncateBefore: 3 });
    expect(marksOf(await read(stream))).toEqual([3, 4]);
  });

  it('hides what is older than an age', async () => {
    let now = Date.now();
    const clock = { ...realClock, now: () => instantOf(now) };
    const old = await startStoreServer({ clock });
    const own = EventStoreDBClient.connectionString(old.url);
    const stream = newName();
    await own.appendToStream(stream, marked(0));
    await own.setStreamMetadata(stream, { maxAge: 60 });
    expect(await collect(own.readStream(stream))).toHaveLength(1);
    now += 120_000;
    expect(await collect(own.readStream(stream))).toHaveLength(0);
    await own.dispose();
    await old.remove();
  });
});

describe('deleting', () => {
  it('hides a stream until it is written again, with revisions going on', async () => {
    const stream = newName();
    await client().appendToStream(stream, [marked(0), marked(1)]);
    await client().deleteStream(stream, { expectedRevision: 1n });
    expect((await failureOf(read(stream)))['type']).toBe('stream-not-found');
    const again = await client().appendToStream(stream, marked(2), { expectedRevision: NO_STREAM });
    expect(again.nextExpectedRevision).toBe(2n);
    expect(marksOf(await read(stream))).toEqual([2]);
    await client().deleteStream(stream);
    await client().appendToStream(stream, marked(3), { expectedRevision: ANY });
    await client().deleteStream(stream);
    await client().appendToStream(stream, marked(4), { expectedRevision: 3n });
    expect(marksOf(await read(stream))).toEqual([4]);
  });

  it('forgets the other metadata of a stream', async () => {
    const stream = newName();
    await client().appendToStream(stream, [marked(0)]);
    await client().setStreamMetadata(stream, { maxCount: 7, own: true });
    await client().deleteStream(stream);
    await client().appendToStream(stream, marked(1));
    expect((await client().getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 1 });
  });

  it.each(['deleteStream', 'tombstoneStream'] as const)(
    'is refused at another revision (%s)',
    async (way) => {
      const stream = newName();
      await client().appendToStream(stream, [marked(0), marked(1)]);
      expect(await failureOf(client()[way](stream, { expectedRevision: 0n }))).toMatchObject({
        type: 'wrong-expected-version',
        streamName: stream,
        expectedVersion: 0n,
        actualVersion: 1n,
      });
      expect(await read(stream)).toHaveLength(2);
    },
  );

  it('for good refuses everything after', async () => {
    const stream = newName();
    await client().appendToStream(stream, marked(0));
    expect((await client().tombstoneStream(stream)).position?.commit).toBeGreaterThan(0n);
    const gone = { type: 'stream-deleted', streamName: stream };
    const credentials = { username: 'ada', password: 'x' };
    expect(await failureOf(read(stream))).toMatchObject(gone);
    expect(await failureOf(client().appendToStream(stream, marked()))).toMatchObject(gone);
    expect(
      await failureOf(client().appendToStream(stream, marked(), { credentials, expectedRevision: 0n })),
    ).toMatchObject(gone);
    expect(await failureOf(client().tombstoneStream(stream))).toMatchObject(gone);
    expect(await failureOf(client().deleteStream(stream))).toMatchObject(gone);
  });
});
