import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  streamNameFilter,
} from '@eventstore/db-client';
import type {
  PersistentSubscriptionToStream,
  PersistentSubscriptionToStreamResolvedEvent,
  PersistentSubscriptionToStreamSettings,
} from '@eventstore/db-client';
import { eventually } from '../../../tests/support/time/eventually';
import { startStoreServer } from '../../../tests/support/event-store/eventstore-server';
import type { StoreServer } from '../../../tests/support/event-store/eventstore-server';
import { collect, newId } from '../../../tests/support/event-store/new-events';

let server: StoreServer;
let client: EventStoreDBClient;
beforeAll(async () => {
  server = await startStoreServer();
  client = EventStoreDBClient.connectionString(server.url);
});
afterAll(async () => {
  await client.dispose();
  await server.remove();
});

const newName = (): string => `trial-${newId()}`;
const write = (stream: string, ...marks: readonly number[]) =>
  client.appendToStream(
    stream,
    marks.map((mark) => jsonEvent({ type: 'TrialHeld', data: { mark } })),
  );

type Delivered = PersistentSubscriptionToStreamResolvedEvent;
const markOf = ({ event }: Delivered): number => (event?.data as { mark: number }).mark;

const settings = (changes: Partial<PersistentSubscriptionToStreamSettings> = {}) =>
  persistentSubscriptionToStreamSettingsFromDefaults({
    startFrom: 'start',
    checkPointLowerBound: 1,
    checkPointAfter: 10,
    ...changes,
  });

type Consumer = {
  readonly subscription: PersistentSubscriptionToStream;
  readonly seen: Delivered[];
  readonly errors: { readonly type?: string }[];
};

/** Receives events, and answers each as it is set. */
const consume = (
  stream: string,
  group: string,
  treat: (event: Delivered, subscription: PersistentSubscriptionToStream) => unknown,
  bufferSize = 10,
): Consumer => {
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize });
  const consumer: Consumer = { subscription, seen: [], errors: [] };
  subscription.on('error', (error) => consumer.errors.push(error as { type?: string }));
  subscription.on('data', (event: Delivered) => {
    consumer.seen.push(event);
    treat(event, subscription);
  });
  return consumer;
};

const ack = (event: Delivered, subscription: PersistentSubscriptionToStream) => subscription.ack(event);
const keep = (): undefined => undefined;
const stop = ({ subscription }: Consumer) => subscription.unsubscribe();
const info = (stream: string, group: string) => client.getPersistentSubscriptionToStreamInfo(stream, group);

describe('a consumer group', () => {
  it('gives each event to one of its consumers, past and new, in turn', async () => {
    const stream = newName();
    await write(stream, 0, 1, 2, 3);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const consumers = [consume(stream, 'g', ack), consume(stream, 'g', ack)];
    await eventually(() => consumers.reduce((sum, { seen }) => sum + seen.length, 0) === 4);
    await write(stream, 4, 5, 6, 7);
    await eventually(() => consumers.reduce((sum, { seen }) => sum + seen.length, 0) === 8);
    const marks = consumers.flatMap(({ seen }) => seen.map(markOf));
    expect(marks.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(consumers.map(({ seen }) => seen.length)).toEqual([expect.any(Number), expect.any(Number)]);
    for (const { seen } of consumers) expect(seen.length).toBeGreaterThan(1);
    await Promise.all(consumers.map(stop));
  });

  it('sends a consumer at most the requested number, and the rest after acknowledgements', async () => {
    const stream = newName();
    await write(stream, 0, 1, 2, 3, 4);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const consumer = consume(stream, 'g', keep, 2);
    await eventually(() => consumer.seen.length === 2);
    const [connection] = (await info(stream, 'g')).connections;
    expect(connection).toMatchObject({ inFlightMessages: 2, availableSlots: 0 });
    await consumer.subscription.ack(consumer.seen[0]!);
    await eventually(() => consumer.seen.length === 3);
    await stop(consumer);
  });

  it('goes on behind what was acknowledged, over consumers and restarts of the server', async () => {
    const stream = newName();
    await write(stream, 0, 1, 2, 3);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const first = consume(stream, 'g', (event, subscription) => {
      // 1 is never acknowledged: what comes after it is remembered as open, too.
      if (markOf(event) !== 1) void subscription.ack(event);
    });
    await eventually(() => first.seen.length === 4);
    await eventually(async () => (await info(stream, 'g')).stats.lastCheckpointedEventRevision === 0n);
    await stop(first);
    await server.stop();
    await server.start();
    const second = consume(stream, 'g', ack);
    await eventually(() => second.seen.length === 3);
    expect(second.seen.map(markOf)).toEqual([1, 2, 3]);
    await stop(second);
  });

  it('gives what a lost consumer had in hand to another', async () => {
    const stream = newName();
    await write(stream, 0, 1);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const first = consume(stream, 'g', keep);
    await eventually(() => first.seen.length === 2);
    const second = consume(stream, 'g', ack);
    await stop(first);
    await eventually(() => second.seen.length === 2);
    expect(second.seen.map(markOf)).toEqual([0, 1]);
    await stop(second);
  });

  it('sends an event again after a retry, counts the retries, and parks it at the limit', async () => {
    const stream = newName();
    await write(stream, 0, 1);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings({ maxRetryCount: 2 }));
    const consumer = consume(stream, 'g', (event, subscription) =>
      markOf(event) === 0 ? subscription.nack('retry', 'not now', event) : subscription.ack(event),
    );
    await eventually(async () => (await info(stream, 'g')).stats.parkedMessageCount === 1n);
    const tries = consumer.seen.filter((event) => markOf(event) === 0);
    expect(tries.map(({ retryCount }) => retryCount)).toEqual([0, 1, 2]);
    await stop(consumer);
  });

  it('gives an event again when there is no answer in time', async () => {
    const stream = newName();
    await write(stream, 0);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings({ messageTimeout: 50 }));
    const consumer = consume(stream, 'g', (event, subscription) => {
      if (event.retryCount > 0) void subscription.ack(event);
    });
    await eventually(() => consumer.seen.length === 2);
    expect(consumer.seen[1]?.retryCount).toBe(1);
    await stop(consumer);
  });

  it('parks with a reason, and replays what was parked, as much as asked', async () => {
    const stream = newName();
    await write(stream, 0, 1, 2);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    let isReplayed = false;
    const consumer = consume(stream, 'g', (event, subscription) =>
      isReplayed ? subscription.ack(event) : subscription.nack('park', 'bad', event),
    );
    await eventually(async () => (await info(stream, 'g')).stats.parkedMessageCount === 3n);
    const parked = await collect(client.readStream(`$persistentsubscription-${stream}::g-parked`));
    expect(parked.map(({ event }) => event?.metadata)).toMatchObject([
      { reason: 'bad' },
      { reason: 'bad' },
      { reason: 'bad' },
    ]);
    isReplayed = true;
    await client.replayParkedMessagesToStream(stream, 'g', { stopAt: 1 });
    await eventually(async () => (await info(stream, 'g')).stats.parkedMessageCount === 2n);
    expect(consumer.seen.map(markOf)).toEqual([0, 1, 2, 0]);
    await client.replayParkedMessagesToStream(stream, 'g');
    await eventually(async () => (await info(stream, 'g')).stats.parkedMessageCount === 0n);
    expect(consumer.seen.map(markOf)).toEqual([0, 1, 2, 0, 1, 2]);
    await stop(consumer);
  });

  it('replays after a restart what was being replayed and not settled', async () => {
    const stream = newName();
    await write(stream, 0);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const first = consume(stream, 'g', (event, subscription) => {
      if (first.seen.length === 1) void subscription.nack('park', 'bad', event);
    });
    await eventually(async () => (await info(stream, 'g')).stats.parkedMessageCount === 1n);
    await client.replayParkedMessagesToStream(stream, 'g');
    await eventually(() => first.seen.length === 2);
    await stop(first);
    await server.stop();
    await server.start();
    const second = consume(stream, 'g', ack);
    await client.replayParkedMessagesToStream(stream, 'g');
    await eventually(() => second.seen.length === 1);
    await eventually(async () => (await info(stream, 'g')).stats.parkedMessageCount === 0n);
    await stop(second);
  });

  it('lets a consumer skip an event, and stop', async () => {
    const stream = newName();
    await write(stream, 0, 1);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const first = consume(stream, 'g', (event, subscription) =>
      markOf(event) === 0
        ? subscription.nack('skip', 'not for me', event)
        : subscription.nack('stop', 'enough', event),
    );
    await eventually(() => first.errors.length === 1);
    expect(first.errors[0]?.type).toBe('persistent-subscription-dropped');
    const second = consume(stream, 'g', ack);
    await eventually(() => second.seen.length === 1);
    expect(second.seen.map(markOf)).toEqual([1]);
    await stop(second);
  });

  it('gives all events of a stream to one consumer when it is pinned', async () => {
    const streams = Array.from({ length: 6 }, newName);
    const filter = streamNameFilter({ prefixes: streams });
    const group = newId();
    const pinned = persistentSubscriptionToAllSettingsFromDefaults({
      startFrom: 'start',
      consumerStrategyName: 'Pinned',
    });
    await client.createPersistentSubscriptionToAll(group, pinned, { filter });
    const seen: string[][] = [[], [], []];
    const consumers = seen.map((streamsSeen) => {
      const subscription = client.subscribeToPersistentSubscriptionToAll(group, { bufferSize: 100 });
      subscription.on('error', () => undefined);
      subscription.on('data', (event) => {
        streamsSeen.push(event.event?.streamId ?? '');
        void subscription.ack(event);
      });
      return subscription;
    });
    await eventually(
      async () => (await client.getPersistentSubscriptionToAllInfo(group)).connections.length === 3,
    );
    for (let round = 0; round < 3; round += 1) for (const stream of streams) await write(stream, round);
    await eventually(() => seen.flat().length === 18);
    const owners = streams.map((stream) => seen.filter((each) => each.includes(stream)).length);
    expect(owners).toEqual(streams.map(() => 1));
    await Promise.all(consumers.map((each) => each.unsubscribe()));
    await client.deletePersistentSubscriptionToAll(group);
  });

  it('resolves links, and is acknowledged by them', async () => {
    const [stream, links] = [newName(), newName()];
    await write(stream, 0, 1);
    await server.store.raw.append(
      links,
      -1,
      [0, 1].map((revision) => ({
        id: Buffer.from(newId().replaceAll('-', ''), 'hex'),
        type: '$>',
        data: Buffer.from(`${revision}@${stream}`),
        metadata: '',
      })),
    );
    await client.createPersistentSubscriptionToStream(links, 'g', settings({ resolveLinkTos: true }));
    const consumer = consume(links, 'g', ack);
    await eventually(() => consumer.seen.length === 2);
    expect(consumer.seen.map(({ event, link }) => [event?.streamId, link?.streamId])).toEqual([
      [stream, links],
      [stream, links],
    ]);
    await eventually(async () => (await info(links, 'g')).stats.lastCheckpointedEventRevision === 1n);
    await stop(consumer);
  });

  it('holds no more in memory than its buffer', async () => {
    const stream = newName();
    await write(stream, ...Array.from({ length: 50 }, (_, mark) => mark));
    await client.createPersistentSubscriptionToStream(
      stream,
      'g',
      settings({ historyBufferSize: 8, readBatchSize: 4 }),
    );
    const consumer = consume(stream, 'g', keep, 3);
    await eventually(() => consumer.seen.length === 3);
    await eventually(async () => (await info(stream, 'g')).stats.readBufferCount === 5);
    consumer.subscription.on('data', (event: Delivered) => void consumer.subscription.ack(event));
    await consumer.subscription.ack(...consumer.seen);
    await eventually(() => consumer.seen.length === 50);
    expect(consumer.seen.map(markOf)).toEqual(Array.from({ length: 50 }, (_, mark) => mark));
    await stop(consumer);
  });
});

describe('the list of groups', () => {
  it('knows each with its settings, also after a restart', async () => {
    const stream = newName();
    const own = settings({ maxRetryCount: 3, startFrom: 7n, consumerStrategyName: 'DispatchToSingle' });
    await client.createPersistentSubscriptionToStream(stream, 'one', own);
    await client.createPersistentSubscriptionToStream(stream, 'two', settings());
    await server.stop();
    await server.start();
    expect((await info(stream, 'one')).settings).toEqual(own);
    const found = await client.listPersistentSubscriptionsToStream(stream);
    expect(found.map(({ groupName }) => groupName)).toEqual(['one', 'two']);
    const all = await client.listAllPersistentSubscriptions();
    expect(all.filter(({ eventSource }) => eventSource === stream)).toHaveLength(2);
  });

  it('refuses a second group of a name, and says when there is none', async () => {
    const stream = newName();
    const create = () => client.createPersistentSubscriptionToStream(stream, 'g', settings());
    await create();
    const about = { streamName: stream, groupName: 'g' };
    await expect(create()).rejects.toMatchObject({ type: 'persistent-subscription-exists', ...about });
    await client.deletePersistentSubscriptionToStream(stream, 'g');
    const missing = { type: 'persistent-subscription-does-not-exist', ...about };
    await expect(client.deletePersistentSubscriptionToStream(stream, 'g')).rejects.toMatchObject(missing);
    await expect(client.updatePersistentSubscriptionToStream(stream, 'g', settings())).rejects.toMatchObject(
      missing,
    );
    await expect(info(stream, 'g')).rejects.toMatchObject(missing);
    await expect(client.replayParkedMessagesToStream(stream, 'g')).rejects.toMatchObject(missing);
    await expect(client.listPersistentSubscriptionsToStream(stream)).rejects.toMatchObject({
      type: missing.type,
      streamName: stream,
    });
    const consumer = consume(stream, 'g', ack);
    await eventually(() => consumer.errors.length === 1);
    expect(consumer.errors[0]).toMatchObject(missing);
  });

  it('drops the consumers of a group that is changed or deleted, and keeps its place when changed', async () => {
    const stream = newName();
    await write(stream, 0, 1);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const first = consume(stream, 'g', ack);
    await eventually(async () => (await info(stream, 'g')).stats.lastCheckpointedEventRevision === 1n);
    await client.updatePersistentSubscriptionToStream(stream, 'g', settings({ maxRetryCount: 1 }));
    await eventually(() => first.errors.length === 1);
    expect(first.errors[0]?.type).toBe('persistent-subscription-dropped');
    expect((await info(stream, 'g')).settings.maxRetryCount).toBe(1);
    await write(stream, 2);
    const second = consume(stream, 'g', ack);
    await eventually(() => second.seen.length === 1);
    expect(second.seen.map(markOf)).toEqual([2]);
    await client.deletePersistentSubscriptionToStream(stream, 'g');
    await eventually(() => second.errors.length === 1);
    expect(second.errors[0]?.type).toBe('persistent-subscription-dropped');
    await client.createPersistentSubscriptionToStream(stream, 'g', settings());
    const third = consume(stream, 'g', ack);
    await eventually(() => third.seen.length === 3);
    await stop(third);
  });

  it('takes no more consumers than it is to have', async () => {
    const stream = newName();
    await client.createPersistentSubscriptionToStream(stream, 'g', settings({ maxSubscriberCount: 1 }));
    const first = consume(stream, 'g', ack);
    await eventually(async () => (await info(stream, 'g')).connections.length === 1);
    const second = consume(stream, 'g', ack);
    await eventually(() => second.errors.length === 1);
    expect(second.errors[0]?.type).toBe('maximum-subscribers-reached');
    await stop(first);
  });

  it('starts at the end as it was when the group was made', async () => {
    const stream = newName();
    await write(stream, 0);
    await client.createPersistentSubscriptionToStream(stream, 'g', settings({ startFrom: 'end' }));
    await write(stream, 1);
    const consumer = consume(stream, 'g', ack);
    await eventually(() => consumer.seen.length === 1);
    expect(consumer.seen.map(markOf)).toEqual([1]);
    await stop(consumer);
  });
});
