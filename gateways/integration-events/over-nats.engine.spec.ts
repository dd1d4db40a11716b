import { AckPolicy, connect, DiscardPolicy, type JetStreamManager, type NatsConnection } from 'nats';
import { startNatsServer, startServer } from '../../ops/ci/servers';
import { eventually } from '../../tests/support/time/eventually';
import { freePort } from '../../tests/support/process/free-port';
import { integrationRows } from '../../tests/support/projections/integration-rows';
import { createMemoryCheckpoints } from '../../tests/support/commands/memory-workflow-ports';
import { newEvent } from '../../tests/support/event-store/new-events';
import { describeOn } from '../../tests/support/process/real-engine';
import { ownServer } from '../../tests/support/process/started-server';
import { topics, type Bus, type AbandonedMessage } from '../../platform/bus';
import { openNatsBus } from '../../platform/bus/nats';
import { realClock, realRandom } from '../../platform/clock';
import { memoryEventStore, streamName, type EventStore } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';
import { republish, startIntegration, type Integration } from './';

const surroundings = { clock: realClock, random: realRandom, logger: silentLogger };
const streamOf = (topic: string): string => topic.replace('.', '_');

/** Returns the content of an event of a type. */
const dataOf = (type: string): object => {
  const [, data] = integrationRows.find(([name]) => name === type) ?? [];
  return data ?? {};
};

describeOn('WAYBILL_TEST_NATS_BINARY', 'integration events over NATS', (binary) => {
  const own = ownServer((directory) => startNatsServer(binary, directory));
  let store: EventStore;
  let bus: Bus;
  let integration: Integration | undefined;
  let connection: NatsConnection;
  let manager: JetStreamManager;
  beforeAll(async () => {
    connection = await connect({ servers: `127.0.0.1:${own.server.port}` });
    manager = await connection.jetstreamManager();
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    store = memoryEventStore(realClock);
    bus = await openNatsBus({ url: own.server.url, ...surroundings, limits: { publishWithinMs: 1_000 } });
  });
  afterEach(async () => {
    await integration?.stop();
    await bus.close();
    await store.close();
    for (const topic of topics) await manager.streams.delete(streamOf(topic)).catch(() => undefined);
  });

  const start = (via: Bus = bus): Integration => {
    integration = startIntegration({
      ...surroundings,
      store,
      bus: via,
      checkpoints: createMemoryCheckpoints(),
    });
    return integration;
  };
  const record = async (category: string, ...types: readonly string[]): Promise<readonly string[]> => {
    const events = types.map((type) => newEvent(dataOf(type), type));
    await store.append(streamName(category, events[0]!.id), 'no-stream', events);
    return events.map(({ id }) => id);
  };
  const allTold = (): Promise<void> =>
    eventually(async () => integration?.status().position === (await store.head()), 10_000);
  const keptOf = async (topic: string): Promise<number> =>
    (await manager.streams.info(streamOf(topic))).state.messages;

  it('has on the wire, for each topic, the event’s id as Nats-Msg-Id and a CloudEvent', async () => {
    const [registered] = await record('account', 'AccountRegistered');
    const [received] = await record('stock', 'StockReceived');
    const [placed, paid] = await record('order', 'OrderPlaced', 'OrderPaid');
    start();
    await allTold();
    const onWire = async (topic: string) => {
      const messages = [];
      for (let seq = 1; seq <= (await keptOf(topic)); seq += 1) {
        const { subject, header, data } = await manager.streams.getMessage(streamOf(topic), { seq });
        const body = JSON.parse(new TextDecoder().decode(data)) as Record<string, unknown>;
        const { specversion, id, type, source } = body;
        expect({ specversion, source }).toEqual({ specversion: '1.0', source: `/waybill/${topic}` });
        expect(header.get('Content-Type')).toBe('application/cloudevents+json; charset=utf-8');
        expect(header.get('Nats-Msg-Id')).toBe(id);
        messages.push([subject, type, id]);
      }
      return messages;
    };
    expect((await Promise.all(topics.map(onWire))).flat().sort()).toEqual(
      [
        ['user.events', 'user.registered', registered],
        ['product.events', 'product.stock.updated', received],
        ['order.events', 'order.created', placed],
        ['order.events', 'order.paid', paid],
        ['notification.tasks', 'notification.requested', paid],
      ].sort(),
    );
  });

  it('says in words that a stream is full, loses nothing, and goes on when there is room', async () => {
    const limits = { max_msgs: 1, discard: DiscardPolicy.New };
    await manager.streams.add({ name: 'order_events', subjects: ['order.events'], ...limits });
    await record('order', 'OrderPlaced', 'OrderPaid');
    const running = start();
    await eventually(() => running.status().refusal !== undefined, 10_000);
    expect(running.status()).toMatchObject({
      ...{ position: undefined, waiting: 1 },
      refusal: expect.stringMatching(/^NATS has no room for order\.events/) as string,
    });
    await manager.streams.update('order_events', { max_msgs: 10 });
    await allTold();
    expect(running.status()).toMatchObject({ waiting: 0, refusal: undefined });
    expect(await keptOf('order.events')).toBe(2);
  }, 30_000);

  it('says in words that JetStream is off', async () => {
    const port = await freePort();
    const plain = await startServer({
      ...{ scheme: 'nats', binary },
      argumentsFor: () => ['--addr=127.0.0.1', `--port=${port}`],
      listening: () => Promise.resolve(port),
    });
    const dumb = await openNatsBus({ url: plain.url, ...surroundings });
    try {
      await record('order', 'OrderPlaced');
      const running = start(dumb);
      await eventually(() => running.status().refusal?.includes('is JetStream on?') ?? false, 20_000);
      expect(dumb.healthy()).toBe(true);
    } finally {
      await integration?.stop();
      await dumb.close();
      await plain.stop();
    }
  }, 40_000);

  it('is sent again with its own id: a present message stays once, a lost one is there again', async () => {
    await record('order', 'OrderPlaced', 'OrderPaid');
    start();
    await allTold();
    const again = () =>
      republish(
        { ...surroundings, store, bus },
        { topics: ['order.events'] },
        new AbortController().signal,
        () => undefined,
      );
    expect(await again()).toEqual({ events: 2, messages: 2 });
    expect(await keptOf('order.events')).toBe(2);
    await manager.streams.delete('order_events');
    await again();
    expect(await keptOf('order.events')).toBe(2);
  }, 30_000);

  it('reports which message a consumer of another system has abandoned', async () => {
    const heard: AbandonedMessage[] = [];
    await bus.onAbandoned((message) => void heard.push(message));
    await record('order', 'OrderPlaced');
    start();
    await allTold();
    await manager.consumers.add('order_events', {
      ...{ durable_name: 'billing', ack_policy: AckPolicy.Explicit, max_deliver: 2 },
    });
    const billing = await connection.jetstream().consumers.get('order_events', 'billing');
    await eventually(async () => {
      for await (const message of await billing.fetch({ max_messages: 1, expires: 1_000 })) message.nak();
      return heard.length > 0;
    }, 20_000);
    expect(heard).toEqual([{ topic: 'order.events', consumer: 'billing', sequence: 1, deliveries: 2 }]);
  }, 40_000);
});
