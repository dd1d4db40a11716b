import { createMemoryCheckpoints } from '../../tests/support/commands/memory-workflow-ports';
import { eventually } from '../../tests/support/time/eventually';
import { newEvent } from '../../tests/support/event-store/new-events';
import type { Checkpoints } from '../../platform/reactions';
import { inProcessBus, type Bus, type IntegrationEvent, type Topic } from '../../platform/bus';
import { realClock, realRandom, type Clock } from '../../platform/clock';
import { memoryEventStore, streamName, type EventStore } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { silentLogger } from '../../platform/telemetry';
import { startIntegration, type Integration } from './index';

type Published = { readonly topic: Topic; readonly event: IntegrationEvent };

/** A bus that remembers what it took; `refusal` says why it does not take one. */
const recordingBus = (refusal: (event: IntegrationEvent) => Error | undefined = () => undefined) => {
  const published: Published[] = [];
  const bus: Bus = {
    ...inProcessBus({ clock: realClock, random: realRandom }),
    publish: async (topic, event) => {
      const error = refusal(event);
      if (error) throw error;
      published.push({ topic, event });
    },
  };
  return { bus, published, types: () => published.map(({ event }) => event.type) };
};

const placed = newEvent({ orderId: 'o', number: 7, customerId: 'ada', lines: [] }, 'OrderPlaced');
const paid = newEvent({ orderId: 'o' }, 'OrderPaid');
const order = streamName('order', 'o');

describe('the integration', () => {
  let store: EventStore;
  let checkpoints: Checkpoints;
  let running: Integration | undefined;

  beforeEach(() => {
    store = memoryEventStore(realClock);
    checkpoints = createMemoryCheckpoints();
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await store.close();
  });

  const start = (bus: Bus, clock: Clock = realClock): Integration =>
    (running = startIntegration({
      store,
      bus,
      checkpoints,
      clock,
      random: realRandom,
      logger: silentLogger,
      limits: { republish: { baseMs: 1, factor: 1, maxMs: 1 }, checkpointEveryMs: 1 },
    }));
  const caughtUp = (integration: Integration) =>
    eventually(async () => integration.status().position === (await store.head()));

  it('publishes what was recorded before and since, in its order, with whose order it is', async () => {
    const { bus, published } = recordingBus();
    await store.append(order, 'no-stream', [placed]);
    const integration = start(bus);
    await caughtUp(integration);
    await store.append(order, 0n, [paid, newEvent({}, 'OrderAllocated')]);
    await caughtUp(integration);
    expect(published.map(({ topic, event }) => [topic, event.type, event.subject])).toEqual([
      ['order.events', 'order.created', 'o'],
      ['order.events', 'order.paid', 'o'],
      ['notification.tasks', 'notification.requested', 'o'],
    ]);
    expect(published[1]?.event).toMatchObject({ id: paid.id, data: { customerId: 'ada', revision: 1 } });
  });

  it('goes on where it left off', async () => {
    const first = recordingBus();
    await store.append(order, 'no-stream', [placed]);
    await caughtUp(start(first.bus));
    await running?.stop();
    await store.append(order, 0n, [paid]);
    const second = recordingBus();
    await caughtUp(start(second.bus));
    expect(first.types()).toEqual(['order.created']);
    expect(second.types()).toEqual(['order.paid', 'notification.requested']);
  });

  it('publishes again what the bus does not take, and leaves nothing out', async () => {
    let refusals = 5;
    const { bus, types } = recordingBus(({ type }) =>
      type === 'order.paid' && refusals-- > 0 ? new Fault('BUS_UNAVAILABLE', 'away') : undefined,
    );
    await store.append(order, 'no-stream', [placed, paid, newEvent({ orderId: 'o' }, 'OrderShipped')]);
    await caughtUp(start(bus));
    expect(refusals).toBe(-1);
    expect(types().sort()).toEqual([
      'notification.requested',
      'notification.requested',
      'order.created',
      'order.paid',
      'order.shipped',
    ]);
  });

  it('stays before what the bus has not taken, also when it is stopped', async () => {
    const { bus } = recordingBus(() => new Fault('BUS_UNAVAILABLE', 'away'));
    await store.append(order, 'no-stream', [placed]);
    const integration = start(bus);
    await eventually(() => integration.status().waiting === 1);
    await integration.stop();
    expect(await checkpoints.read('integration')).toBeUndefined();
    const { bus: better, types } = recordingBus();
    await caughtUp(start(better));
    expect(types()).toEqual(['order.created']);
  });

  it('leaves out what the bus will never take', async () => {
    const { bus, types } = recordingBus(({ type }) =>
      type === 'order.created' ? new Fault('EVENT_TOO_LARGE', 'too large') : undefined,
    );
    await store.append(order, 'no-stream', [placed, paid]);
    await caughtUp(start(bus));
    expect(types()).toEqual(['order.paid', 'notification.requested']);
  });

  it('sends no notification about old events', async () => {
    const { bus, types } = recordingBus();
    await store.append(order, 'no-stream', [placed, paid]);
    const dayLater: Clock = {
      ...realClock,
      now: () => new Date(Date.now() + 86_400_001).toISOString() as ReturnType<Clock['now']>,
    };
    await caughtUp(start(bus, dayLater));
    expect(types()).toEqual(['order.created', 'order.paid']);
  });
});
