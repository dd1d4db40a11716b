import { status } from '@grpc/grpc-js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { eventually } from '../../../tests/support/time/eventually';
import {
  failure,
  methodOf,
  name,
  newStream,
  proposed,
  string,
  trailers,
} from '../../../tests/support/event-store/eventstore-messages';
import type { Message } from '../../../tests/support/event-store/eventstore-messages';
import { ofData, withQuestions } from '../../../tests/support/event-store/eventstore-questions';
import { newId } from '../../../tests/support/event-store/new-events';
import { persistentService } from '../services';

/** The stored state of groups, and the identity of their events. */
const { server, call, clientOf, dataOf, remove, written } = withQuestions();

const settings = {
  maxRetryCount: 3,
  readBatchSize: 5,
  historyBufferSize: 50,
  liveBufferSize: 50,
  messageTimeoutMs: 30_000,
  checkpointAfterMs: 10,
  maxCheckpointCount: 1,
  consumerStrategy: 'RoundRobin',
};
const source = (stream: string): Message =>
  stream === '$all' ? { all: { start: {} } } : { stream: { streamIdentifier: name(stream), start: {} } };
const create = (stream: string, changes: Message = {}, more: Message = {}) =>
  call(
    { service: persistentService, method: 'Create' },
    { options: { ...source(stream), groupName: 'g', settings: { ...settings, ...changes }, ...more } },
  );

type Given = { readonly event: { readonly event: { readonly id: Message } } };

/** Acknowledges every event until it is cancelled. */
const consume = (stream: string) => {
  const opened = clientOf().makeBidiStreamRequest(...methodOf(persistentService, 'Read'));
  const consumer = opened as unknown as ClientDuplexStream<Message, Message>;
  let count = 0;
  consumer.on('error', () => undefined);
  consumer.on('data', (answer: Message) => {
    if (!answer['event']) return;
    count += 1;
    consumer.write({ ack: { ids: [(answer as unknown as Given).event.event.id] } });
  });
  const from = stream === '$all' ? { all: {} } : { streamIdentifier: name(stream) };
  consumer.write({ options: { ...from, groupName: 'g', bufferSize: 20, uuidOption: { string: {} } } });
  return { count: () => count, stop: () => consumer.cancel() };
};
const checkpointOf = (stream: string) => `$persistentsubscription-${stream}::g-checkpoint`;
const lastCheckpoint = async (stream: string): Promise<string | undefined> => {
  const kept = checkpointOf(stream);
  return server().store.raw.standing(kept).revision < 0 ? undefined : (await dataOf(kept)).at(-1)?.[0];
};

describe('settings of a group', () => {
  it.each([
    ['an unknown strategy', { consumerStrategy: 'Loudest' }],
    ['as much read at once as is held', { readBatchSize: 50 }],
    ['nothing held', { readBatchSize: 0, historyBufferSize: 0 }],
    ['a time-out below zero', { messageTimeoutMs: -5 }],
  ])('are refused with %s', async (_, changes) => {
    const error = await failure(create(newStream(), changes));
    expect(error.code).toBe(status.INTERNAL);
    expect(trailers(error)).toMatchObject({ exception: 'persistent-subscription-failed', 'group-name': 'g' });
  });

  it.each([
    { maxRetryCount: -1 },
    { maxSubscriberCount: -1 },
    { liveBufferSize: 0 },
    { messageTimeoutMs: 0 },
  ])('are taken with %j', async (changes) => {
    const stream = newStream();
    await create(stream, changes);
    await written(stream, proposed());
    const consumer = consume(stream);
    await eventually(() => consumer.count() === 1);
    consumer.stop();
  });

  it('hold no place beyond the last event', async () => {
    const beyond = server().store.raw.head() + 1_000_000;
    const all = { all: { position: { commitPosition: beyond, preparePosition: beyond } } };
    const error = await failure(create('$all', {}, all));
    expect(error.code).toBe(status.INTERNAL);
    expect(trailers(error)).toMatchObject({ exception: 'persistent-subscription-failed' });
  });

  it('are kept as the original keeps them, and found again', async () => {
    const stream = newStream();
    const filter = { streamIdentifier: { prefix: ['a,b', 'c'] }, count: {} };
    await create(stream, { maxRetryCount: 7, resolveLinks: true });
    await call(
      { service: persistentService, method: 'Create' },
      { options: { all: { end: {}, filter }, groupName: stream, settings } },
    );
    const [text = ''] = (await dataOf('$persistentSubscriptionConfig')).at(-1) ?? [];
    const { version, entries } = JSON.parse(text) as { version: string; entries: Message[] };
    expect(version).toBe('2');
    expect(entries.find((entry) => entry['stream'] === stream)).toMatchObject({
      group: 'g',
      resolveLinkTos: true,
      messageTimeout: 30_000,
      startPosition: '0',
      historyBufferSize: 50,
      maxRetryCount: 7,
      checkPointAfter: 10,
      namedConsumerStrategy: 'RoundRobin',
    });
    const info = async () => {
      const names = { options: { streamIdentifier: name(stream), groupName: 'g' } };
      const answer = await call({ service: persistentService, method: 'GetInfo' }, names);
      return (answer['subscriptionInfo'] as Message)['maxRetryCount'];
    };
    await call({ service: persistentService, method: 'RestartSubsystem' }, {});
    expect(await info()).toBe(7);
    // A filter holds through a restart, also where a prefix has a comma.
    await written(`a,b-${newId()}`, proposed());
    const consumer = clientOf().makeBidiStreamRequest(...methodOf(persistentService, 'Read'));
    consumer.on('error', () => undefined);
    consumer.write({ options: { all: {}, groupName: stream, bufferSize: 5 } });
    const names: string[] = [];
    consumer.on('data', (answer: Message) => {
      const given = answer['event'] as { event: { streamIdentifier: { streamName: Buffer } } } | null;
      if (given) names.push(given.event.streamIdentifier.streamName.toString().slice(0, 4));
    });
    await eventually(() => names.length === 1);
    expect(names).toEqual(['a,b-']);
    consumer.cancel();
  });

  it('that cannot be read do not prevent the reading of others', async () => {
    const stream = newStream();
    await create(stream);
    await written('$persistentSubscriptionConfig', ofData('{"entries":"none"}'), ofData('no json'));
    await call({ service: persistentService, method: 'RestartSubsystem' }, {});
    const error = await failure(create(stream));
    expect(trailers(error)).toMatchObject({ exception: 'persistent-subscription-exists' });
  });
});

describe('a checkpoint', () => {
  it('is kept as the original keeps it', async () => {
    const stream = newStream();
    await create(stream);
    await written(stream, proposed(), proposed(), proposed());
    const consumer = consume(stream);
    await eventually(async () => (await lastCheckpoint(stream)) === '"2"');
    consumer.stop();
    const [record] = await readAllOf(checkpointOf(stream));
    expect(record?.type).toBe('SubscriptionCheckpoint');
  });

  it('is read as former versions wrote it', async () => {
    const stream = newStream();
    await create(stream);
    await written(stream, proposed(), proposed(), proposed());
    await written(checkpointOf(stream), ofData('1', '$SubscriptionCheckpoint'));
    const consumer = consume(stream);
    await eventually(async () => (await lastCheckpoint(stream)) === '"2"');
    expect(consumer.count()).toBe(1);
    consumer.stop();
  });

  it('goes on where one id stands in three streams', async () => {
    const id = string(newId());
    await create('$all');
    for (const stream of [newStream(), newStream(), newStream()]) await written(stream, proposed(id));
    const { position } = (await lastOf())!;
    const consumer = consume('$all');
    // What comes behind these, the checkpoints themselves among it, is passed on as well.
    await eventually(async () => placeIn(await lastCheckpoint('$all')) >= position);
    consumer.stop();
    expect(await lastCheckpoint('$all')).toMatch(/^"C:(\d+)\/P:\1"$/);
  });
});

describe('a group of a stream that is erased', () => {
  it('gives its consumer no end of the stream for an event', async () => {
    const stream = newStream();
    await create(stream);
    await written(stream, proposed());
    const consumer = consume(stream);
    await eventually(async () => (await lastCheckpoint(stream)) === '"0"');
    await remove('Tombstone', stream);
    const other = newStream();
    await create(other);
    await written(other, proposed());
    const witness = consume(other);
    await eventually(() => witness.count() === 1);
    expect(consumer.count()).toBe(1);
    expect(await lastCheckpoint(stream)).toBe('"0"');
    witness.stop();
    consumer.stop();
  });
});

const readAllOf = async (stream: string) => {
  for await (const records of server().store.raw.read(stream)) return records;
  return [];
};
const lastOf = async () => {
  for await (const [record] of server().store.raw.readAll({ direction: 'backwards', limit: 1 }))
    return record;
  return undefined;
};
const placeIn = (checkpoint: string | undefined): number =>
  Number(/C:(\d+)/.exec(checkpoint ?? '')?.[1] ?? -1);
