import { once } from 'node:events';
import {
  END,
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from '@eventstore/db-client';
import type { StreamSubscription } from '@eventstore/db-client';
import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceDefinition, ServiceError } from '@grpc/grpc-js';
import { failureOf, marked, newName } from '../../tests/support/event-store/db-client';
import { eventually } from '../../tests/support/time/eventually';
import { startStoreServer } from '../../tests/support/event-store/eventstore-server';
import type { StoreServer } from '../../tests/support/event-store/eventstore-server';
import { collect, newId } from '../../tests/support/event-store/new-events';
import { openTcpProxy } from '../../tests/support/process/tcp-proxy';
import { persistentService, streamsService } from './services';

/** Bad callers and bad days: too much, too slow, gone, and the server's own end. */

let server: StoreServer;
let client: EventStoreDBClient;
let raw: Client;
beforeEach(async () => {
  server = await startStoreServer();
  client = EventStoreDBClient.connectionString(server.url);
  raw = new Client(server.address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
});
afterEach(async () => {
  raw.close();
  await client.dispose();
  await server.remove();
});

const methodOf = (service: ServiceDefinition, method: string) => {
  const { path, requestSerialize, responseDeserialize } = service[method]!;
  return [path, requestSerialize, responseDeserialize] as const;
};
const name = (stream: string) => ({ streamName: Buffer.from(stream) });
const large = (mark: number) => jsonEvent({ type: 'TrialHeld', data: { mark, text: 'x'.repeat(40_000) } });
const writeLarge = async (stream: string, count: number): Promise<void> => {
  for (let mark = 0; mark < count; mark += 20)
    await client.appendToStream(
      stream,
      Array.from({ length: 20 }, (_, index) => large(mark + index)),
    );
};
const groupOf = (stream: string) =>
  client.createPersistentSubscriptionToStream(
    stream,
    'g',
    persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: 'start', historyBufferSize: 1_000 }),
  );

describe('too much', () => {
  it('a call beyond a hundred on a connection waits in silence until one of them ends', async () => {
    const stream = newName();
    // A call of its own, which ends.
    await client.appendToStream(stream, marked(0), { credentials: { username: 'a', password: 'b' } });
    const follow = async (): Promise<StreamSubscription> => {
      const subscription = client.subscribeToStream(stream, { fromRevision: END });
      subscription.on('error', () => undefined);
      await once(subscription, 'caughtUp');
      return subscription;
    };
    const hundred = await Promise.all(Array.from({ length: 100 }, follow));
    let isAnswered = false;
    const reading = failureOf(collect(client.readStream(newName()))).then((failure) => {
      isAnswered = true;
      return failure['type'];
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAnswered).toBe(false);
    await hundred[0]?.unsubscribe();
    expect(await reading).toBe('stream-not-found');
    await Promise.all(hundred.slice(1).map((each) => each.unsubscribe()));
  });

  it('appends that are begun and never ended are refused', async () => {
    const call = raw.makeBidiStreamRequest(...methodOf(streamsService, 'BatchAppend'));
    const failed = once(call, 'error') as Promise<[ServiceError]>;
    call.resume();
    for (let count = 0; count < 1_025; count += 1)
      call.write({
        correlationId: { string: newId() },
        options: { streamIdentifier: name('trial-1'), any: {} },
        isFinal: false,
      });
    expect((await failed)[0].code).toBe(status.INVALID_ARGUMENT);
  });

  it('types and ids of an append without payload are counted, too', async () => {
    const type = 'T'.repeat(100_000);
    const stream = newName();
    const events = Array.from({ length: 200 }, () => jsonEvent({ type, data: {} }));
    const credentials = { username: 'a', password: 'b' };
    const asked = client.appendToStream(stream, events, { credentials, deadline: 60_000 });
    expect((await failureOf(asked))['type']).toBe('maximum-append-size-exceeded');
  });
});

describe('a slow caller', () => {
  it('of a group is given no more than its connection holds, and the rest when it takes it', async () => {
    const stream = newName();
    await writeLarge(stream, 200);
    await groupOf(stream);
    const consumer = raw.makeBidiStreamRequest(...methodOf(persistentService, 'Read'));
    consumer.on('error', () => undefined);
    consumer.write({ options: { streamIdentifier: name(stream), groupName: 'g', bufferSize: 1_000 } });
    const inHand = async (): Promise<number> =>
      (await client.getPersistentSubscriptionToStreamInfo(stream, 'g')).stats.totalInFlightMessages;
    await eventually(async () => (await inHand()) > 0);
    await eventually(
      async () =>
        (await client.getPersistentSubscriptionToStreamInfo(stream, 'g')).stats.readBufferCount > 100,
    );
    expect(await inHand()).toBeLessThan(100);
    let seen = 0;
    consumer.on('data', () => (seen += 1));
    // The confirmation is one of them.
    await eventually(() => seen === 201);
    expect(await inHand()).toBe(200);
    consumer.cancel();
  });

  it('who is gone without a word leaves what it had to another', async () => {
    const stream = newName();
    await client.appendToStream(stream, [marked(0), marked(1)]);
    await groupOf(stream);
    const proxy = await openTcpProxy(server.port);
    const far = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    const lost = far.subscribeToPersistentSubscriptionToStream(stream, 'g');
    lost.on('error', () => undefined);
    let had = 0;
    lost.on('data', () => (had += 1));
    await eventually(() => had === 2);
    proxy.cut();
    const other = client.subscribeToPersistentSubscriptionToStream(stream, 'g');
    other.on('error', () => undefined);
    let got = 0;
    other.on('data', (event) => {
      got += 1;
      void other.ack(event);
    });
    await eventually(() => got === 2);
    await other.unsubscribe();
    await far.dispose();
    await proxy.close();
  });
});

describe('the end of the server', () => {
  it('is reported to all subscribers, and does not wait for one that does not read', async () => {
    const stream = newName();
    await writeLarge(stream, 100);
    await groupOf(stream);
    const followed = [
      client.subscribeToStream(stream),
      client.subscribeToAll(),
      client.subscribeToPersistentSubscriptionToStream(stream, 'g'),
    ];
    const ends = followed.map(async (subscription) => {
      subscription.on('data', () => undefined);
      await once(subscription, 'data');
      return once(subscription, 'error');
    });
    const stuck = raw.makeServerStreamRequest(...methodOf(streamsService, 'Read'), {
      options: { all: { start: {} }, count: 1_000, noFilter: {} },
    });
    stuck.on('error', () => undefined);
    await once(stuck, 'metadata');
    await Promise.all(followed.map((subscription) => once(subscription, 'data')));
    const start = performance.now();
    await server.stop(5_000);
    expect(performance.now() - start).toBeLessThan(20_000);
    const errors = (await Promise.all(ends)) as { type?: string; code?: number }[][];
    expect(errors.map(([error]) => error?.type)).toEqual(['unavailable', 'unavailable', 'unavailable']);
  });

  it('of the groups alone drops their consumers, who come again and go on where they were', async () => {
    const stream = newName();
    await client.appendToStream(stream, [marked(0), marked(1)]);
    await groupOf(stream);
    const first = client.subscribeToPersistentSubscriptionToStream(stream, 'g');
    const dropped = once(first, 'error') as Promise<[{ type: string }]>;
    let acked = 0;
    first.on('data', (event) => void first.ack(event).then(() => (acked += 1)));
    await eventually(() => acked === 2);
    await client.restartPersistentSubscriptionSubsystem();
    expect((await dropped)[0].type).toBe('persistent-subscription-dropped');
    await client.appendToStream(stream, marked(2));
    const second = client.subscribeToPersistentSubscriptionToStream(stream, 'g');
    second.on('error', () => undefined);
    const [event] = (await once(second, 'data')) as [{ event: { data: { mark: number } } }];
    expect(event.event.data.mark).toBe(2);
    await second.unsubscribe();
  });
});
