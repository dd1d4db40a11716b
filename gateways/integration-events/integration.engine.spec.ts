import { connect } from 'nats';
import { startNatsServer } from '../../ops/ci/servers';
import { eventually } from '../../tests/support/time/eventually';
import { createMemoryCheckpoints } from '../../tests/support/commands/memory-workflow-ports';
import { newEvent } from '../../tests/support/event-store/new-events';
import { describeOn } from '../../tests/support/process/real-engine';
import { ownServer } from '../../tests/support/process/started-server';
import { realClock, realRandom } from '../../platform/clock';
import { openNatsBus } from '../../platform/bus/nats';
import { memoryEventStore, streamName } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';
import { startIntegration } from './index';

const ORDERS = 300;

describeOn('WAYBILL_TEST_NATS_BINARY', 'the integration over NATS', (binary) => {
  const own = ownServer((directory) => startNatsServer(binary, directory));

  it('tells every order once, while the server is killed and it is itself stopped and started', async () => {
    const store = memoryEventStore(realClock);
    const checkpoints = createMemoryCheckpoints();
    const bus = await openNatsBus({
      url: own.server.url,
      clock: realClock,
      random: realRandom,
      limits: { publishWithinMs: 500 },
    });
    const heard = new Set<string>();
    await bus.consume(
      'order.events',
      { name: 'listener', maxDeliveries: 100 },
      async ({ id }) => void heard.add(id),
      (_, reason) => {
        throw new Error(reason);
      },
    );
    const start = () =>
      startIntegration({
        store,
        bus,
        checkpoints,
        clock: realClock,
        random: realRandom,
        logger: silentLogger,
        limits: { batchSize: 10, checkpointEveryMs: 5 },
      });

    let integration = start();
    const recorded: string[] = [];
    for (let number = 0; number < ORDERS; number += 1) {
      const event = newEvent({ orderId: `o${number}`, number, customerId: 'ada', lines: [] }, 'OrderPlaced');
      await store.append(streamName('order', `o${number}`), 'no-stream', [event]);
      recorded.push(event.id);
      if (number % 100 === 50) await own.server.restart();
      if (number % 100 === 99) {
        await integration.stop();
        integration = start();
      }
    }
    await eventually(() => recorded.every((id) => heard.has(id)), 30_000);
    expect(heard.size).toBe(ORDERS);
    const connection = await connect({ servers: `127.0.0.1:${own.server.port}` });
    const { state } = await (await connection.jetstreamManager()).streams.info('order_events');
    expect(state.messages).toBe(ORDERS);
    await connection.close();
    await integration.stop();
    await bus.close();
    await store.close();
  }, 90_000);
});
