import type { ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import {
  ANY,
  binaryEvent,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
} from '@eventstore/db-client';
import { failureOf, marked, marksOf, newName, withDbClient } from '../../tests/support/event-store/db-client';
import { startStoreServer } from '../../tests/support/event-store/eventstore-server';
import { collect } from '../../tests/support/event-store/new-events';
import { startScriptedStore } from '../../tests/support/event-store/scripted-eventstore';

/** The behaviour of @eventstore/db-client 6.2.1 with EventStoreDB 23.10.8, checked with this server. */
const { client, server } = withDbClient();

const read = async (stream: string) => collect(client().readStream(stream));

describe('appending', () => {
  it('shares one stream of calls, unless a call has credentials of its own', async () => {
    const calls = { shared: 0, own: 0 };
    const scripted = await startScriptedStore({
      BatchAppend: (call: ServerDuplexStream<{ correlationId: object }, object>) => {
        calls.shared += 1;
        call.on('data', ({ correlationId }: { correlationId: object }) =>
          call.write({ correlationId, success: { currentRevision: 0 } }),
        );
      },
      Append: (call: ServerReadableStream<object, object>, reply: (error: null, answer: object) => void) => {
        calls.own += 1;
        call.resume();
        call.on('end', () => reply(null, { success: { currentRevision: 0 } }));
      },
    });
    const caller = EventStoreDBClient.connectionString(scripted.url);
    const credentials = { username: 'ada', password: 'x' };
    const appendThrice = async (options: object): Promise<void> => {
      for (let round = 0; round < 3; round += 1) await caller.appendToStream(newName(), marked(), options);
    };
    await appendThrice({});
    expect(calls).toEqual({ shared: 1, own: 0 });
    await appendThrice({ credentials });
    expect(calls).toEqual({ shared: 1, own: 3 });
    await caller.dispose();
    scripted.stop();
  });

  it.each([{}, { credentials: { username: 'ada', password: 'x' } }])(
    'tells the revision and a position (%j)',
    async (options) => {
      const stream = newName();
      for (const revision of [0n, 1n]) {
        const { position, ...told } = await client().appendToStream(stream, marked(), options);
        expect(told).toEqual({ success: true, nextExpectedRevision: revision });
        expect(position?.commit).toBeGreaterThan(0n);
      }
    },
  );

  it.each([{}, { credentials: { username: 'ada', password: 'x' } }])(
    'tells a conflict with both revisions and no message (%j)',
    async (options) => {
      const stream = newName();
      const append = (expectedRevision: bigint | typeof NO_STREAM | typeof STREAM_EXISTS) =>
        failureOf(client().appendToStream(stream, marked(), { ...options, expectedRevision }));
      expect(await append(4n)).toMatchObject({
        type: 'wrong-expected-version',
        streamName: stream,
        expectedVersion: 4n,
        actualVersion: 'no_stream',
        name: 'Error',
        message: '',
      });
      expect(await append(STREAM_EXISTS)).toMatchObject({
        expectedVersion: 'stream_exists',
        actualVersion: 'no_stream',
      });
      await client().appendToStream(stream, [marked(), marked()]);
      expect(await append(NO_STREAM)).toMatchObject({ expectedVersion: 'no_stream', actualVersion: 1n });
      expect(await append(0n)).toMatchObject({ expectedVersion: 0n, actualVersion: 1n });
      expect(await append(STREAM_EXISTS)).toEqual({ type: 'it did not fail' });
    },
  );

  it('tells a wrong next revision when it is not to throw on the shared stream', async () => {
    const other = EventStoreDBClient.connectionString(`${server().url}&throwOnAppendFailure=false`);
    const stream = newName();
    await other.appendToStream(stream, [marked(), marked(), marked()]);
    const result = await other.appendToStream(stream, marked(), { expectedRevision: NO_STREAM });
    expect(result).toMatchObject({ success: false, nextExpectedRevision: 1n });
    await other.dispose();
  });

  it('is written once by the same ids at the same explicit revision, also after others', async () => {
    const stream = newName();
    const first = [marked(1), marked(2)];
    const second = [marked(3)];
    const opened = await client().appendToStream(stream, first, { expectedRevision: NO_STREAM });
    const added = await client().appendToStream(stream, second, { expectedRevision: 1n });
    await client().appendToStream(stream, marked(4), { expectedRevision: 2n });
    expect(await client().appendToStream(stream, second, { expectedRevision: 1n })).toEqual(added);
    expect(await client().appendToStream(stream, first, { expectedRevision: NO_STREAM })).toEqual(opened);
    expect(await client().appendToStream(stream, first, { expectedRevision: ANY })).toEqual(opened);
    expect(marksOf(await read(stream))).toEqual([1, 2, 3, 4]);
  });

  it('is written once by the same ids at any revision, also after a restart', async () => {
    const mortal = await startStoreServer();
    const own = EventStoreDBClient.connectionString(mortal.url);
    const stream = newName();
    const events = [marked(1), marked(2)];
    const first = await own.appendToStream(stream, events);
    await own.appendToStream(stream, marked(3));
    await own.dispose();
    await mortal.stop();
    await mortal.start();
    const later = EventStoreDBClient.connectionString(mortal.url);
    expect(await later.appendToStream(stream, events)).toEqual(first);
    expect(await collect(later.readStream(stream))).toHaveLength(3);
    await later.dispose();
    await mortal.remove();
  });

  it('is written again by the same ids at the revision that is now the last', async () => {
    const stream = newName();
    const events = [marked(1)];
    await client().appendToStream(stream, events, { expectedRevision: NO_STREAM });
    await client().appendToStream(stream, events, { expectedRevision: 0n });
    expect(marksOf(await read(stream))).toEqual([1, 1]);
  });

  it.each([NO_STREAM, ANY] as const)(
    'is refused when only some of the ids are there (%s)',
    async (expectedRevision) => {
      const stream = newName();
      const [one, two] = [marked(1), marked(2)];
      await client().appendToStream(stream, [one], { expectedRevision: NO_STREAM });
      const error = await failureOf(client().appendToStream(stream, [one, two], { expectedRevision }));
      expect(error['type']).toBe('wrong-expected-version');
      expect(await read(stream)).toHaveLength(1);
    },
  );

  it('of no events succeeds at revision 0 and makes no stream', async () => {
    const stream = newName();
    const { position } = await client().appendToStream(newName(), marked(0));
    expect(await client().appendToStream(stream, [])).toEqual({
      success: true,
      nextExpectedRevision: 0n,
      position,
    });
    expect((await failureOf(read(stream)))['type']).toBe('stream-not-found');
  });

  it.each([{}, { credentials: { username: 'ada', password: 'x' } }])(
    'is refused over 1 MiB (%j)',
    async (options) => {
      const stream = newName();
      const half = () => jsonEvent({ type: 'Large', data: { text: 'x'.repeat(600 * 1024) } });
      const error = await failureOf(client().appendToStream(stream, [half(), half()], options));
      expect(error).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 });
      expect((await failureOf(read(stream)))['type']).toBe('stream-not-found');
    },
  );

  it('at any revision lets everyone in who comes at once', async () => {
    const stream = newName();
    await Promise.all(Array.from({ length: 50 }, (_, mark) => client().appendToStream(stream, marked(mark))));
    const marks = marksOf(await read(stream)) as number[];
    expect(marks.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, mark) => mark));
  });

  it('keeps bytes and types as they came, in data and metadata', async () => {
    const stream = newName();
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await client().appendToStream(stream, [
      binaryEvent({ type: 'Bytes', data: bytes, metadata: bytes }),
      binaryEvent({ type: 'BytesThatAreText', data: Buffer.from('{"a":1}') }),
      jsonEvent({ type: 'Json', data: { naïve: '🚚' }, metadata: { $correlationId: 'c' } }),
      jsonEvent({ type: 'JsonText', data: 'a text' }),
    ]);
    const found = (await read(stream)).map(({ event: each }) => each);
    expect(found.map((each) => [each?.type, each?.isJson])).toEqual([
      ['Bytes', false],
      ['BytesThatAreText', false],
      ['Json', true],
      ['JsonText', true],
    ]);
    expect(Buffer.from(found[0]?.data as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(found[0]?.metadata as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(found[1]?.data as Uint8Array).toString()).toBe('{"a":1}');
    expect(found[2]).toMatchObject({ data: { naïve: '🚚' }, metadata: { $correlationId: 'c' } });
    expect(found[3]?.data).toBe('a text');
    expect(Math.abs(Date.now() - (found[0]?.created.getTime() ?? 0))).toBeLessThan(60_000);
  });
});
