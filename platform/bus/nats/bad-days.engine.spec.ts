import { randomUUID } from 'node:crypto';
import { connect } from 'nats';
import { startNatsServer } from '../../../ops/ci/servers';
import { eventually } from '../../../tests/support/time/eventually';
import { describeOn } from '../../../tests/support/process/real-engine';
import { ownServer } from '../../../tests/support/process/started-server';
import { openTcpProxy } from '../../../tests/support/process/tcp-proxy';
import { realClock, realRandom } from '../../clock';
import { isFault } from '../../faults';
import { silentLogger, type Logger } from '../../telemetry';
import type { Bus, DocumentChanged, IntegrationEvent, Topic } from '../bus';
import { openNatsBus } from './';

const eventOf = (subject: string): IntegrationEvent => ({
  id: randomUUID(),
  type: 'order.paid',
  source: '/bad-days',
  subject,
  time: '2026-01-31T08:00:00.000Z',
  data: {},
});
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
/** Publishes it until it is taken, as the integration does. */
const insist = async (bus: Bus, topic: Topic, event: IntegrationEvent): Promise<void> => {
  for (;;) {
    const error = await failure(bus.publish(topic, event));
    if (error === undefined) return;
    if (!isFault(error) || !error.retryable) throw new Error('Not retryable', { cause: error });
  }
};
const unwanted = (): void => {
  throw new Error('Nothing is to be parked here');
};

describeOn('WAYBILL_TEST_NATS_BINARY', 'the bus over NATS, on bad days', (binary) => {
  const own = ownServer((directory) => startNatsServer(binary, directory));
  const opened: Bus[] = [];
  const open = async (port: number): Promise<Bus> => {
    const bus = await openNatsBus({
      url: `nats://127.0.0.1:${port}`,
      clock: realClock,
      random: realRandom,
      limits: { publishWithinMs: 500, redelivery: { baseMs: 5, factor: 2, maxMs: 20 } },
    });
    opened.push(bus);
    return bus;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.close()));
  });

  it('opens without a server, says so in time, and works once there is one', async () => {
    await own.server.kill();
    const bus = await open(own.server.port);
    expect(bus.healthy()).toBe(false);
    const startedAt = performance.now();
    const errors = await Promise.all([
      failure(bus.publish('user.events', eventOf('a'))),
      failure(bus.consume('user.events', { name: 'a', maxDeliveries: 1 }, async () => undefined, unwanted)),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    for (const error of errors) expect(isFault(error, 'BUS_UNAVAILABLE')).toBe(true);
    await own.server.restart();
    await eventually(() => bus.healthy(), 10_000);
    await bus.publish('user.events', eventOf('a'));
  });

  it('loses nothing it took, and keeps it once, while the server is killed 20 times under load', async () => {
    const topic = 'order.events';
    const [bus, other] = await Promise.all([open(own.server.port), open(own.server.port)]);
    const handled = new Set<string>();
    const handler = async ({ id }: IntegrationEvent): Promise<void> => void handled.add(id);
    await bus.consume(topic, { name: 'counter', maxDeliveries: 100 }, handler, unwanted);
    await other.consume(topic, { name: 'counter', maxDeliveries: 100 }, handler, unwanted);
    const published: string[] = [];
    let isOver = false;
    const load = Promise.all(
      [bus, bus, other, other].map(async (via) => {
        while (!isOver) {
          const event = eventOf('load');
          await insist(via, topic, event);
          published.push(event.id);
        }
      }),
    );
    for (let kill = 0; kill < 20; kill += 1) {
      const before = published.length;
      await eventually(() => published.length > before + 20, 30_000);
      await own.server.restart();
    }
    isOver = true;
    await load;
    await eventually(() => published.every((id) => handled.has(id)), 30_000);
    expect(handled.size).toBe(published.length);
    const connection = await connect({ servers: `127.0.0.1:${own.server.port}` });
    const { state } = await (await connection.jetstreamManager()).streams.info('order_events');
    await connection.close();
    expect(state.messages).toBe(published.length);
  }, 180_000);

  it('tells other processes of changes again after the server was away', async () => {
    const [one, two] = await Promise.all([open(own.server.port), open(own.server.port)]);
    const seen: DocumentChanged[] = [];
    await two.onChange((change) => void seen.push(change));
    const change = { collection: 'order_details', id: 'a', position: '1' };
    await own.server.restart();
    await eventually(() => one.healthy() && two.healthy(), 10_000);
    await eventually(() => {
      one.announce([change]);
      return seen.length > 0;
    });
    expect(seen[0]).toEqual(change);
  });

  it.each(['a subscriber', 'a publisher'])(
    'makes all consumers read again after %s was cut off',
    async (who) => {
      const proxy = await openTcpProxy(own.server.port);
      const [cutOff, other] = await Promise.all([open(proxy.port), open(own.server.port)]);
      const [listener, announcer] = who === 'a subscriber' ? [cutOff, other] : [other, cutOff];
      const seen: DocumentChanged[] = [];
      let missed = 0;
      await listener.onChange(
        (change) => void seen.push(change),
        () => (missed += 1),
      );
      proxy.cut();
      await eventually(() => !cutOff.healthy(), 10_000);
      announcer.announce([{ collection: 'order_details', id: 'a', position: '1' }]);
      const before = missed;
      proxy.mend();
      await eventually(() => missed > before, 15_000);
      expect(seen).toEqual([]);
      await Promise.all([cutOff.close(), other.close()]);
      await proxy.close();
    },
  );

  it('keeps each once at a server that is slower than a publication may last, all of them together', async () => {
    const proxy = await openTcpProxy(own.server.port);
    const bus = await open(proxy.port);
    const seen: string[] = [];
    const consumer = { name: 'behind-a-slow-line', maxDeliveries: 9 };
    await bus.consume('user.events', consumer, async ({ id }) => void seen.push(id), unwanted);
    // About two seconds for all of them, in turns of four.
    proxy.slow(16 * 1024);
    const events = Array.from({ length: 60 }, () => eventOf('slow'));
    const left = [...events];
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        for (let event = left.pop(); event; event = left.pop()) await insist(bus, 'user.events', event);
      }),
    );
    expect(bus.healthy()).toBe(true);
    await eventually(() => events.every(({ id }) => seen.includes(id)), 15_000);
    expect(seen).toHaveLength(events.length);
    await bus.close();
    await proxy.close();
  }, 60_000);

  it.each(['cut', 'stall', 'swallowAnswers'] as const)(
    'gives up in time behind a bad line, and goes on after it: %s',
    async (fault) => {
      const proxy = await openTcpProxy(own.server.port);
      const bus = await open(proxy.port);
      const seen: string[] = [];
      const consumer = { name: `behind-${fault}`, maxDeliveries: 9 };
      await bus.consume('product.events', consumer, async ({ id }) => void seen.push(id), unwanted);
      const event = eventOf(fault);
      proxy[fault]();
      const startedAt = performance.now();
      const error = await failure(bus.publish('product.events', event));
      expect(performance.now() - startedAt).toBeLessThan(5_000);
      expect(isFault(error, 'BUS_UNAVAILABLE')).toBe(true);
      proxy.mend();
      await insist(bus, 'product.events', event);
      await eventually(() => seen.length > 0, 15_000);
      expect(new Set(seen)).toEqual(new Set([event.id]));
      await bus.close();
      await proxy.close();
    },
    30_000,
  );
});

describeOn('WAYBILL_TEST_NATS_BINARY', 'the bus over a NATS server that asks who comes', (binary) => {
  const user = 'waybill';
  const own = ownServer((directory) => startNatsServer(binary, directory, { user, password: 'right' }));
  const openAs = async (password: string): Promise<{ bus: Bus; said: string[] }> => {
    const said: string[] = [];
    const warn = (_: object, message: string): void => void said.push(message);
    const bus = await openNatsBus({
      url: own.server.url.replace('//', `//${user}:${password}@`),
      clock: realClock,
      random: realRandom,
      logger: { ...silentLogger, warn } as Logger,
      limits: { publishWithinMs: 500 },
    });
    return { bus, said };
  };

  it('is unavailable with a wrong password, and the log has the reason', async () => {
    const { bus, said } = await openAs('wrong');
    expect(bus.healthy()).toBe(false);
    expect(isFault(await failure(bus.publish('user.events', eventOf('a'))), 'BUS_UNAVAILABLE')).toBe(true);
    expect(said).toContain('NATS refuses the name or password of WAYBILL_BUS');
    await bus.close();
  });

  it('takes what comes with the right one', async () => {
    const { bus } = await openAs('right');
    expect(bus.healthy()).toBe(true);
    await bus.publish('user.events', eventOf('a'));
    await bus.close();
  });
});
