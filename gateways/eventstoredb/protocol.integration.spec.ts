import { connect } from 'node:net';
import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { eventually } from '../../tests/support/time/eventually';
import {
  failure,
  methodOf,
  name,
  newStream,
  proposed,
  readOptions,
  string,
  trailers,
  withPlainMessages,
} from '../../tests/support/event-store/eventstore-messages';
import type { Message } from '../../tests/support/event-store/eventstore-messages';
import { newId } from '../../tests/support/event-store/new-events';
import { persistentService, streamsService } from './services';

/** Behaviour on which clients other than Node's rely, without a client between. */
const { server, clientOf, call, all, append, written } = withPlainMessages();

describe('an append by itself', () => {
  it('tells a conflict in the answer, to old clients too', async () => {
    const stream = newStream();
    await written(stream, proposed(), proposed());
    const answer = await append([{ options: { streamIdentifier: name(stream), revision: 7 } }, proposed()]);
    const fields = answer['wrongExpectedVersion'] as Record<string, { toNumber(): number }>;
    expect(fields['currentRevision']?.toNumber()).toBe(1);
    expect(fields['expectedRevision']?.toNumber()).toBe(7);
    expect(fields['currentRevision_20_6_0']?.toNumber()).toBe(1);
    expect(fields['expectedRevision_20_6_0']?.toNumber()).toBe(7);
  });

  it.each([
    ['no type', proposed(undefined, { metadata: { 'content-type': 'application/json' } })],
    ['no content type', proposed(undefined, { metadata: { type: 'A' } })],
  ])('says which metadata is missing (%s)', async (_, message) => {
    const error = await failure(written(newStream(), message));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(trailers(error)).toMatchObject({
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    });
  });

  it.each([
    [
      'an id that is none',
      [{ options: { streamIdentifier: name('trial-1'), any: {} } }, proposed(string('x'))],
    ],
    ['no id', [{ options: { streamIdentifier: name('trial-1'), any: {} } }, proposed({})]],
    ['a name of no characters', [{ options: { streamIdentifier: name(''), any: {} } }, proposed()]],
    ['a name without end', [{ options: { streamIdentifier: name('x'.repeat(2_000)), any: {} } }, proposed()]],
    [
      'a name that is no text',
      [{ options: { streamIdentifier: { streamName: Buffer.from([255]) }, any: {} } }],
    ],
    ['no expectation', [{ options: { streamIdentifier: name('trial-1') } }, proposed()]],
    ['no options', [proposed()]],
    ['nothing', []],
  ])('is refused with %s', async (_, messages) => {
    expect((await failure(append(messages))).code).toBe(status.INVALID_ARGUMENT);
  });
});

describe('ids', () => {
  it('are taken and given as text or as two halves', async () => {
    const stream = newStream();
    const structured = {
      mostSignificantBits: { high: 0x01020304, low: 0x05060708 },
      leastSignificantBits: { high: -1, low: -2 },
    };
    await written(stream, proposed({ structured }));
    const request = { stream: { streamIdentifier: name(stream), start: {} } };
    const idIn = async (uuidOption: Message): Promise<Message> => {
      const [answer] = await all(readOptions({ ...request, uuidOption }));
      return (answer as unknown as { event: { event: { id: Message } } }).event.event.id;
    };
    expect((await idIn({ string: {} }))['string']).toBe('01020304-0506-0708-ffff-fffffffffffe');
    expect(JSON.parse(JSON.stringify((await idIn({ structured: {} }))['structured']))).toEqual({
      mostSignificantBits: '72623859790382856',
      leastSignificantBits: '-2',
    });
  });
});

describe('errors', () => {
  const expecting = (stream: string, expected: Message): Message => ({
    options: { streamIdentifier: name(stream), ...expected },
  });

  it.each(['Delete', 'Tombstone'])('tell in their trailers what is the matter (%s)', async (method) => {
    const stream = newStream();
    await written(stream, proposed(), proposed());
    const error = await failure(
      call({ service: streamsService, method }, expecting(stream, { revision: 9 })),
    );
    expect(error.code).toBe(status.FAILED_PRECONDITION);
    expect(trailers(error)).toMatchObject({
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': '9',
      'actual-version': '1',
    });
    const absent = newStream();
    const missing = await failure(
      call({ service: streamsService, method }, expecting(absent, { streamExists: {} })),
    );
    expect(trailers(missing)).toMatchObject({ 'expected-version': '-4', 'actual-version': '-1' });
  });

  it('tell of a stream that was erased, also when its name is in another script', async () => {
    const stream = `пробный-${newId()}`;
    await written(stream, proposed());
    await call({ service: streamsService, method: 'Tombstone' }, expecting(stream, { any: {} }));
    const request = readOptions({ stream: { streamIdentifier: name(stream), start: {} } });
    const error = await failure(all(request));
    expect(error.code).toBe(status.FAILED_PRECONDITION);
    expect(trailers(error)).toMatchObject({
      exception: 'stream-deleted',
      'stream-name': encodeURIComponent(stream),
    });
  });
});

describe('a read', () => {
  it('of all events is filtered on the server', async () => {
    const type = `Wanted${newId()}`;
    await written(newStream(), proposed());
    await written(
      newStream(),
      proposed(undefined, { metadata: { type, 'content-type': 'application/json' } }),
    );
    await written(newStream(), proposed());
    const filter = { eventType: { prefix: [type] }, count: {}, checkpointIntervalMultiplier: 1 };
    const request = { options: { all: { start: {} }, count: 100, filter } };
    expect(await all(request)).toHaveLength(1);
  });

  it.each([
    ['punctuation that needs no escape', String.raw`^trial\-.*\@x$`],
    ['the anchors of a whole text', String.raw`\Atrial-.*@x\z`],
    ['an escape within a set', String.raw`^trial[\-].+[\w\@]+$`],
    ['a group with a name', String.raw`^(?<kind>trial)-`],
    ['what is not to be', String.raw`^(?!(\$.+$|other$))`],
  ])('takes expressions as clients of other languages write them (%s)', async (_, regex) => {
    const stream = `${newStream()}@x`;
    await written(stream, proposed());
    const filter = { streamIdentifier: { regex }, count: {}, checkpointIntervalMultiplier: 1 };
    const options = { all: { end: {} }, count: 1, readDirection: 1, filter, uuidOption: { string: {} } };
    const [answer] = (await all({ options })) as unknown as [
      { event: { event: { streamIdentifier: { streamName: Buffer } } } },
    ];
    expect(answer.event.event.streamIdentifier.streamName.toString()).toBe(stream);
  });

  it('resolves links if that is requested, and returns one without a target as it is', async () => {
    const [stream, links] = [newStream(), newStream()];
    await written(stream, proposed());
    const link = (to: string) =>
      proposed(undefined, {
        metadata: { type: '$>', 'content-type': 'application/octet-stream' },
        data: Buffer.from(to),
      });
    await written(links, link(`0@${stream}`), link(`9@${stream}`));
    const request = (resolveLinks: boolean) =>
      readOptions({ stream: { streamIdentifier: name(links), start: {} }, resolveLinks });
    const shapes = async (resolveLinks: boolean) =>
      (await all(request(resolveLinks))).map((answer) => {
        const { event, link: by } = answer['event'] as { event?: object | null; link?: object | null };
        return [Boolean(event), Boolean(by)];
      });
    expect(await shapes(true)).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(await shapes(false)).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it.each([
    ['nothing to read', readOptions({})],
    ['no options', {}],
    ['no events at all', readOptions({ all: { start: {} }, count: 0 })],
    ['a backwards subscription', { options: { all: { start: {} }, subscription: {}, readDirection: 1 } }],
    [
      'an expression that is none',
      { options: { all: { start: {} }, count: 1, filter: { eventType: { regex: '(' }, count: {} } } },
    ],
    ['a filter on nothing', { options: { all: { start: {} }, count: 1, filter: { count: {} } } }],
  ])('is refused with %s', async (_, request) => {
    expect((await failure(all(request))).code).toBe(status.INVALID_ARGUMENT);
  });
});

describe('a subscription', () => {
  /** Returns the answers until the caught-up message, and that message. */
  const caughtUp = async (source: Message): Promise<Message> => {
    const client = clientOf();
    const request = { options: { ...source, subscription: {}, noFilter: {} } };
    const stream = client.makeServerStreamRequest(...methodOf(streamsService, 'Read'), request);
    stream.on('error', () => undefined);
    for await (const answer of stream as AsyncIterable<Message>)
      if (answer['caughtUp']) {
        stream.cancel();
        return JSON.parse(JSON.stringify(answer['caughtUp'])) as Message;
      }
    throw new Error('It ended before');
  };
  const timestamp = { seconds: expect.stringMatching(/^\d{10}$/) as string };

  it.each([
    ['its start', { start: {} }],
    ['a revision', { revision: 0 }],
    ['its end', { end: {} }],
  ])('to a stream from %s reports when and at which revision it has caught up', async (_, start) => {
    const stream = newStream();
    await written(stream, proposed(), proposed());
    const told = await caughtUp({ stream: { streamIdentifier: name(stream), ...start } });
    expect(told).toMatchObject({ timestamp, streamRevision: '1' });
    expect(told).not.toHaveProperty('position');
  });

  it.each([
    ['its start', { start: {} }],
    ['its end', { end: {} }],
  ])('to all events from %s reports when and at which position it has caught up', async (_, start) => {
    await written(newStream(), proposed());
    const place = String(server().store.raw.head());
    const told = await caughtUp({ all: start });
    expect(told).toMatchObject({ timestamp, position: { commitPosition: place, preparePosition: place } });
    expect(told).not.toHaveProperty('streamRevision');
  });
});

describe('a consumer of a group', () => {
  it('gets no confirmation if the group is full', async () => {
    const source = newStream();
    const client = clientOf();
    const settings = {
      messageTimeoutMs: 1_000,
      checkpointAfterMs: 1_000,
      historyBufferSize: 10,
      maxSubscriberCount: 1,
    };
    const stream = { streamIdentifier: name(source), start: {} };
    await call(
      { service: persistentService, method: 'Create', client },
      { options: { stream, groupName: 'g', settings } },
    );
    const consumer = () => {
      const consuming = client.makeBidiStreamRequest(...methodOf(persistentService, 'Read'));
      consuming.write({ options: { streamIdentifier: name(source), groupName: 'g', bufferSize: 1 } });
      return consuming;
    };
    const first = consumer();
    first.on('error', () => undefined);
    await once(first, 'data');
    const second = consumer();
    const told: unknown[] = [];
    second.on('data', (answer) => told.push(answer));
    const [error] = (await once(second, 'error')) as [ServiceError];
    expect(trailers(error)).toMatchObject({ exception: 'maximum-subscribers-reached' });
    expect(told).toEqual([]);
    first.cancel();
  });

  it('gets the names of the source and of the group, by which clients recognize their group', async () => {
    const source = newStream();
    const client = clientOf();
    const settings = { messageTimeoutMs: 1_000, checkpointAfterMs: 1_000, historyBufferSize: 10 };
    const stream = { streamIdentifier: name(source), start: {} };
    const options = { stream, groupName: 'g', settings };
    await call({ service: persistentService, method: 'Create', client }, { options });
    const consumer = client.makeBidiStreamRequest(...methodOf(persistentService, 'Read'));
    consumer.on('error', () => undefined);
    consumer.write({ options: { streamIdentifier: name(source), groupName: 'g', bufferSize: 1 } });
    const [answer] = (await once(consumer, 'data')) as [Message];
    expect(answer['subscriptionConfirmation']).toMatchObject({ subscriptionId: `${source}::g` });
    consumer.cancel();
  });
});

describe('the port', () => {
  it.each(['P', 'PRI', 'GET /health/live HTTP/1.1\r\n', '\u0000\u0001'])(
    'lets go of a connection that begins with %j and goes no further',
    async (start) => {
      const socket = connect(server().port, '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(start);
      await new Promise((resolve) => setImmediate(resolve));
      socket.end();
      await eventually(() => socket.destroyed || socket.readableEnded, 2_000);
      socket.destroy();
    },
  );

  it('takes the first bytes of HTTP/2 one by one', async () => {
    const socket = connect(server().port, '127.0.0.1');
    await once(socket, 'connect');
    for (const byte of 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') {
      socket.write(byte);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    // An empty SETTINGS frame; the answer is one too.
    socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer[3]).toBe(4);
    socket.destroy();
  });
});
