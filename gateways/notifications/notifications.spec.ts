import type { AccountRegistered, NotificationPreferencesChanged } from '../../domain/account';
import {
  attemptsMax,
  notification,
  notificationEventTypes,
  type NotificationEvent,
} from '../../domain/notification';
import type { NotificationId } from '../../domain/kernel';
import { memoryEventStore, streamName, type RecordedEvent } from '../../platform/event-store';
import { createAggregates } from '../../platform/execution';
import { createReactionRuntime } from '../../platform/reactions';
import { silentLogger } from '../../platform/telemetry';
import {
  createMemoryCheckpoints,
  createMemoryParking,
} from '../../tests/support/commands/memory-workflow-ports';
import { at, customerId, orderId, paid, placed } from '../../tests/support/domain/orders';
import { event, shipmentId } from '../../tests/support/domain/shipments';
import { collect, newEvent } from '../../tests/support/event-store/new-events';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { queueNotices, sendNotifications, type Channel, type Delivery, type Mail } from './index';

const address = 'ada@shop.example';
const registered: AccountRegistered = {
  type: 'AccountRegistered',
  data: {
    accountId: customerId,
    email: address,
    name: 'Ada',
    passwordHash: 'hash',
    roles: ['customer'],
    registeredAt: at,
  },
};
const declined: NotificationPreferencesChanged = {
  type: 'NotificationPreferencesChanged',
  data: { accountId: customerId, unwanted: ['payments'], changedAt: at },
};
const later: Delivery = { kind: 'failed', reason: `451 <${address}> try later`, isPermanent: false };
const never: Delivery = { kind: 'failed', reason: `550 <${address}> is unknown`, isPermanent: true };

/** A channel that answers as a test says, and otherwise takes every mail. */
const scriptedChannel = () => {
  const mails: Mail[] = [];
  const answers: Delivery[] = [];
  const channel: Channel = {
    name: 'scripted',
    send: async (mail) => {
      mails.push(mail);
      return answers.shift() ?? { kind: 'sent', messageId: `<${mail.id}@shop>` };
    },
    close: async () => undefined,
  };
  return { channel, mails, answers };
};

/** A shop with one customer, whose order is placed. */
const open = async ({ sale, preferences = [] }: { sale?: object; preferences?: readonly object[] } = {}) => {
  const clock = createVirtualClock();
  const store = memoryEventStore(clock);
  const [random, logger] = [seededRandom(1), silentLogger];
  const durable = { checkpoints: createMemoryCheckpoints(), parking: createMemoryParking() };
  const { channel, mails, answers } = scriptedChannel();
  const order = streamName('order', orderId);
  await store.append(streamName('account', customerId), 'no-stream', [
    newEvent(registered.data, 'AccountRegistered'),
    ...preferences.map((data) => newEvent(data, 'NotificationPreferencesChanged')),
  ]);
  await store.append(order, 'no-stream', [newEvent({ ...placed.data, sale }, 'OrderPlaced')]);

  /** One life of the process, as it ends in a crash: what it holds in memory dies with it. */
  const start = (via = channel) => {
    const aggregates = createAggregates({ store, clock, random, logger, soleWriter: false });
    const deps = { aggregates, clock, random, logger };
    const shopUrl = () => 'https://shop.example';
    const reactors = [queueNotices(deps), sendNotifications({ ...deps, channel: via, shopUrl })];
    const runtime = createReactionRuntime({ ...deps, ...durable, store, reactors, name: 'notifications' });
    runtime.start();
    return { aggregates, stop: () => clock.drive(runtime.stop()) };
  };
  const pay = () => store.append(order, 0n, [newEvent(paid.data, 'OrderPaid')]);
  const park = (expected: 'no-stream' | bigint = 'no-stream') =>
    store.append(streamName('shipment', shipmentId), expected, [
      newEvent({ ...event.parked('packing').data, orderId }, 'ShipmentParked'),
    ]);
  const facts = async (): Promise<readonly (RecordedEvent & NotificationEvent)[]> =>
    (await collect(store.readAll())).filter(({ type }) =>
      Object.hasOwn(notificationEventTypes, type),
    ) as unknown as (RecordedEvent & NotificationEvent)[];
  const types = async () => (await facts()).map(({ type }) => type);
  return { clock, mails, answers, channel, start, pay, park, facts, types, ...durable };
};

describe('notifications', () => {
  it('are stored, then sent to the address of the account in its words, and recorded', async () => {
    const shop = await open();
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    expect(shop.mails).toEqual([
      expect.objectContaining({
        to: { name: 'Ada', address },
        subject: 'Order 1001: payment received',
        text: expect.stringContaining(`https://shop.example/orders/${orderId}`) as string,
      }),
    ]);
    expect(await shop.types()).toEqual(['NotificationQueued', 'NotificationSent']);
    expect(JSON.stringify((await shop.facts()).map(({ data }) => data))).not.toMatch(/Ada|ada@/);
    await stop();
  });

  it('say once that an order is delayed when a shipment of it was parked, also after a retry', async () => {
    const shop = await open();
    const { stop } = shop.start();
    await shop.park();
    await shop.clock.advance(1_000);
    await shop.park(0n);
    await shop.clock.advance(1_000);
    expect(shop.mails.map(({ subject }) => subject)).toEqual(['Order 1001: delayed']);
    await stop();
  });

  it('wait longer after each failure, keep the reason without the address, and are then sent once', async () => {
    const shop = await open();
    shop.answers.push(later, later);
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(10_000);
    expect(shop.mails).toHaveLength(1);
    await shop.clock.advance(40_000);
    expect(shop.mails).toHaveLength(2);
    await shop.clock.advance(40_000);
    expect(shop.mails).toHaveLength(2);
    await shop.clock.advance(120_000);
    expect(new Set(shop.mails.map(({ id }) => id)).size).toBe(1);
    const [, first, second, sent] = await shop.facts();
    expect(first?.data).toMatchObject({ attempt: 1, reason: '451 <…> try later' });
    expect(second?.data).toMatchObject({ attempt: 2 });
    expect(sent).toMatchObject({ type: 'NotificationSent', data: { attempt: 3 } });
    expect(shop.parking.all()).toEqual([]);
    await stop();
  });

  it('are parked after a refusal for good, and sent again when staff say so', async () => {
    const shop = await open();
    shop.answers.push(never);
    const { stop, aggregates } = shop.start();
    await shop.pay();
    await shop.clock.advance(3_600_000);
    expect(await shop.types()).toEqual(['NotificationQueued', 'NotificationParked']);
    expect(shop.mails).toHaveLength(1);
    const notificationId = (await shop.facts())[0]?.data.notificationId as NotificationId;
    await shop.clock.drive(
      aggregates.of(notification).execute(
        notificationId,
        { type: 'RequeueNotification', notificationId, at },
        {
          commandId: 'retry',
          correlationId: 'c',
          principal: { kind: 'staff', id: 'sam', roles: ['staff'] },
        },
      ),
    );
    await shop.clock.advance(1_000);
    expect(await shop.types()).toEqual([
      ...['NotificationQueued', 'NotificationParked', 'NotificationRequeued', 'NotificationSent'],
    ]);
    await stop();
  });

  it('are parked after a bounded number of attempts', async () => {
    const shop = await open();
    shop.answers.push(...Array.from({ length: 100 }, () => later));
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(3 * 86_400_000);
    expect(shop.mails).toHaveLength(attemptsMax);
    expect((await shop.types()).at(-1)).toBe('NotificationParked');
    await stop();
  });

  it('are sent once after a restart, also where one waits for its next attempt', async () => {
    const shop = await open();
    shop.answers.push(later);
    const first = shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    await first.stop();
    const second = shop.start();
    await shop.clock.advance(60_000);
    await second.stop();
    const third = shop.start();
    await shop.clock.advance(60_000);
    expect(shop.mails).toHaveLength(2);
    expect((await shop.types()).filter((type) => type === 'NotificationSent')).toHaveLength(1);
    await third.stop();
  });

  it('are sent again under the same id where the process died before it recorded the first time', async () => {
    const shop = await open();
    const hangs: Channel = {
      ...shop.channel,
      send: async (mail) => {
        await shop.channel.send(mail);
        return new Promise(() => undefined);
      },
    };
    const dying = shop.start(hangs);
    await shop.pay();
    await shop.clock.advance(1_000);
    await dying.stop();
    const { stop } = shop.start();
    await shop.clock.advance(1_000);
    expect(shop.mails).toHaveLength(2);
    expect(new Set(shop.mails.map(({ id }) => id)).size).toBe(1);
    expect(await shop.types()).toEqual(['NotificationQueued', 'NotificationSent']);
    await stop();
  });

  it('are not sent where the account declined their topic', async () => {
    const shop = await open({ preferences: [declined.data] });
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    expect(shop.mails).toEqual([]);
    expect(await shop.types()).toEqual(['NotificationQueued', 'NotificationSkipped']);
    await stop();
  });

  it('are not made of events that are more than a day old, nor of imported orders', async () => {
    const old = await open();
    await old.pay();
    await old.clock.advance(86_400_001);
    const imported = await open({ sale: { source: 'old-shop', reference: '1', soldAt: at } });
    await imported.pay();
    for (const shop of [old, imported]) {
      const { stop } = shop.start();
      await shop.clock.advance(1_000);
      expect(shop.mails).toEqual([]);
      expect(await shop.types()).toEqual([]);
      await stop();
    }
  });
});
