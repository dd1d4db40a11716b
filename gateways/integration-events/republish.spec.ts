import { topics, type IntegrationEvent, type Topic } from '../../platform/bus';
import { realRandom } from '../../platform/clock';
import { memoryEventStore, streamName, type Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import { silentLogger } from '../../platform/telemetry';
import { newEvent } from '../../tests/support/event-store/new-events';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { republish, type Republished } from './index';

/** A shop in which a customer ordered at eight o'clock and paid at nine. */
const openShop = async (refusals = 0) => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const [placed, paid] = [
    newEvent({ orderId: 'o', number: 7, customerId: 'ada', lines: [] }, 'OrderPlaced'),
    newEvent({ orderId: 'o' }, 'OrderPaid'),
  ];
  const order = streamName('order', 'o');
  const first = await store.append(order, 'no-stream', [placed]);
  await clock.advance(3_600_000);
  const paidAt = clock.now();
  await store.append(order, 0n, [paid]);
  const published: { topic: Topic; event: IntegrationEvent }[] = [];
  let left = refusals;
  const bus = {
    publish: async (topic: Topic, event: IntegrationEvent): Promise<void> => {
      if (left-- > 0) throw new Fault('OVERLOADED', 'no room');
      published.push({ topic, event });
    },
  };
  const heard: (string | undefined)[] = [];
  const deps = { store, bus, clock, random: realRandom, logger: silentLogger };
  const signal = new AbortController().signal;
  return {
    ...{ clock, placed, paid, paidAt, heard },
    placedPosition: (first as { position: Position }).position,
    told: () => published.map(({ topic, event }) => [topic, event.type, event.id]),
    republish: (wanted: Partial<Republished>) =>
      clock.drive(republish(deps, { topics, ...wanted }, signal, ({ refusal }) => void heard.push(refusal))),
  };
};

describe('telling other systems again', () => {
  it('publishes what there is, each message under the id that it had', async () => {
    const shop = await openShop();
    expect(await shop.republish({})).toEqual({ events: 2, messages: 3 });
    expect(shop.told()).toEqual([
      ['order.events', 'order.created', shop.placed.id],
      ['order.events', 'order.paid', shop.paid.id],
      ['notification.tasks', 'notification.requested', shop.paid.id],
    ]);
  });

  it('begins behind a position, or at a moment', async () => {
    const shop = await openShop();
    const paid = [['order.events', 'order.paid', shop.paid.id]];
    const only = { topics: ['order.events'] } as const;
    await shop.republish({ ...only, after: shop.placedPosition });
    expect(shop.told()).toEqual(paid);
    await shop.republish({ ...only, since: shop.paidAt });
    expect(shop.told()).toEqual([...paid, ...paid]);
  });

  it('sends only the chosen topics', async () => {
    const shop = await openShop();
    await shop.republish({ topics: ['notification.tasks'] });
    expect(shop.told()).toEqual([['notification.tasks', 'notification.requested', shop.paid.id]]);
  });

  it('sends no notification about old events', async () => {
    const shop = await openShop();
    await shop.clock.advance(86_400_001);
    await shop.republish({ topics: ['notification.tasks'] });
    expect(shop.told()).toEqual([]);
  });

  it('waits for a bus that has no room, and says so', async () => {
    const shop = await openShop(4);
    await shop.republish({});
    expect(shop.told()).toHaveLength(3);
    expect(shop.heard).toContain('no room');
  });
});
