import type { AccountRegistered, NotificationPreferencesChanged } from '../../../domain/account';
import { notificationEventTypes, type NotificationEvent } from '../../../domain/notification';
import type { Instant, NotificationChannel } from '../../../domain/kernel';
import { memoryEventStore, streamName, type RecordedEvent } from '../../../platform/event-store';
import { createAggregates } from '../../../platform/execution';
import { createReactionRuntime } from '../../../platform/reactions';
import { silentLogger } from '../../../platform/telemetry';
import { createMemoryCheckpoints, createMemoryParking } from '../commands/memory-workflow-ports';
import { event as refusal } from '../domain/after-sales';
import { at, customerId, orderId, paid, placed } from '../domain/orders';
import { event, shipmentId } from '../domain/shipments';
import { collect, newEvent } from '../event-store/new-events';
import { seededRandom } from '../time/seeded-random';
import { createVirtualClock } from '../time/virtual-clock';
import { projected } from '../projections/it-projects';
import { heldNotifications, type HeldNotification } from '../../../projections/held-notifications';
import {
  queueAlerts,
  queueLowStock,
  queueNotices,
  releaseHeld,
  sendNotifications,
  type Channel,
  type Delivery,
  type Message,
} from '../../../gateways/notifications';

export const address = 'ada@shop.example';
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
export const declined: NotificationPreferencesChanged = {
  type: 'NotificationPreferencesChanged',
  data: { accountId: customerId, unwanted: ['payments'], changedAt: at },
};
const profile = { accountId: customerId, name: 'Ada', language: 'en', changedAt: at };
export const telephone = '+4402079460958';
/** Payments and deliveries by e-mail, and by SMS where that fails. */
export const routes = (['payments', 'deliveries'] as const).map((topic) => ({
  topic,
  channels: ['email', 'sms'],
}));
export const wants = (wanted: object) => ({ accountId: customerId, unwanted: [], changedAt: at, ...wanted });
export const later: Delivery = { kind: 'failed', reason: `451 <${address}> try later`, isPermanent: false };
export const never: Delivery = { kind: 'failed', reason: `550 <${address}> is unknown`, isPermanent: true };

/** A channel that answers as a test says, and otherwise takes every mail. */
const scriptedChannel = (name = 'scripted') => {
  const mails: Message[] = [];
  const answers: Delivery[] = [];
  const forgotten: string[] = [];
  const channel: Channel = {
    name,
    send: async (mail) => {
      mails.push(mail);
      return answers.shift() ?? { kind: 'sent', messageId: `<${mail.id}@shop>` };
    },
    forget: async (ids) => {
      for (const id of ids) forgotten.push(id);
    },
    close: async () => undefined,
  };
  return { channel, mails, answers, forgotten };
};

/** A shop with one customer, whose order is placed. */
export const open = async ({
  sale,
  shipTo,
  words = {},
  telephone,
  preferences = [],
  start: beginning,
}: {
  sale?: object;
  shipTo?: object;
  /** The words that the customer gave with the order. */
  words?: object;
  telephone?: string | undefined;
  preferences?: readonly object[];
  start?: Instant;
} = {}) => {
  const clock = createVirtualClock(beginning);
  const store = memoryEventStore(clock);
  const [random, logger] = [seededRandom(1), silentLogger];
  const durable = { checkpoints: createMemoryCheckpoints(), parking: createMemoryParking() };
  const { channel, ...scripted } = scriptedChannel();
  const [sms, wecom] = [scriptedChannel('sms'), scriptedChannel('wecom')];
  const order = streamName('order', orderId);
  await store.append(streamName('account', customerId), 'no-stream', [
    newEvent(registered.data, 'AccountRegistered'),
    ...(telephone === undefined ? [] : [newEvent({ ...profile, telephone }, 'AccountProfileChanged')]),
    ...preferences.map((data) => newEvent(data, 'NotificationPreferencesChanged')),
  ]);
  await store.append(order, 'no-stream', [
    newEvent({ ...placed.data, sale, shipTo, ...words }, 'OrderPlaced'),
  ]);

  /** One life of the process, as it ends in a crash: what it holds in memory dies with it. */
  const start = (via = channel) => {
    const aggregates = createAggregates({ store, clock, random, logger, soleWriter: false });
    const deps = { aggregates, clock, random, logger };
    const shopUrl = () => 'https://shop.example';
    const channels = { email: via, sms: sms.channel };
    const ways = [
      { channel: wecom.channel, address: '' },
      { channel: via, address: 'desk@shop.example' },
    ];
    const sending = { ...deps, channels, desk: { ways, language: 'zh' }, timeZone: 'UTC', shopUrl } as const;
    const reactors = [queueNotices(deps), queueAlerts(deps), queueLowStock(deps), sendNotifications(sending)];
    const runtime = createReactionRuntime({ ...deps, ...durable, store, reactors, name: 'notifications' });
    runtime.start();
    // A test of two days at the usual interval would take 35,000 turns.
    const held = releaseHeld({ ...deps, dueNotifications, everyMs: 60_000 });
    return {
      aggregates,
      stop: async () => {
        await clock.drive(held.stop());
        await clock.drive(runtime.stop());
      },
    };
  };
  const dueNotifications = async (now: Instant): Promise<readonly HeldNotification[]> => {
    const documents = projected(
      heldNotifications,
      (await facts()).filter(({ type }) => Object.hasOwn(heldNotifications.handlers, type)) as never,
    );
    return [...documents.values()].filter(({ until }) => until < now);
  };
  const pay = () => store.append(order, 0n, [newEvent(paid.data, 'OrderPaid')]);
  const write = (channel: NotificationChannel) => {
    const of = { notificationId: 'n-1', accountId: customerId };
    return store.append(streamName('notification', 'n-1'), 'no-stream', [
      newEvent({ ...of, notice: { template: 'message', channel }, queuedAt: at }, 'NotificationQueued'),
      newEvent(
        { ...of, subject: 'Your kettle', text: 'First <b>.\n\nSecond.', wordedAt: at },
        'NotificationWorded',
      ),
    ]);
  };
  const ship = () => store.append(order, 1n, [newEvent({ orderId, shippedAt: at }, 'OrderShipped')]);
  const park = (expected: 'no-stream' | bigint = 'no-stream') =>
    store.append(streamName('shipment', shipmentId), expected, [
      newEvent({ ...event.parked('packing').data, orderId }, 'ShipmentParked'),
    ]);
  const refuseRequest = () =>
    store.append(streamName('after_sales', refusal.refused.data.afterSalesId), 'no-stream', [
      newEvent({ ...refusal.refused.data, orderId }, 'AfterSalesRefused'),
    ]);
  /** A product of the customer, as its seller, of which a warehouse has 6 pieces and a threshold of 5. */
  const stocked = async () => {
    const of = { warehouseId: 7, productId: 'p1' };
    const { sku, name, price } = {
      sku: 'HAT-1',
      name: 'Felt hat',
      price: { amountMinor: 1, currency: 'GBP' },
    };
    const facts = { sku, name, price, number: 1, description: '', category: 'hats', sellerId: customerId };
    await store.append(streamName('product', 'p1'), 'no-stream', [
      newEvent({ productId: 'p1', ...facts, registeredAt: at }, 'ProductRegistered'),
    ]);
    await store.append(streamName('stock', '7-p1'), 'no-stream', [
      newEvent({ ...of, quantity: 6, receivedAt: at }, 'StockReceived'),
      newEvent({ ...of, threshold: 5, setAt: at }, 'StockThresholdSet'),
    ]);
    let revision = 1n;
    const move = async (type: 'StockRemoved' | 'StockReceived', quantity: number) => {
      const moved = type === 'StockRemoved' ? { reason: 'sold', removedAt: at } : { receivedAt: at };
      await store.append(streamName('stock', '7-p1'), revision, [
        newEvent({ ...of, quantity, ...moved }, type),
      ]);
      revision += 1n;
    };
    return move;
  };
  const logIn = (isNewDevice: true | undefined, expected = 0n) =>
    store.append(streamName('account', customerId), expected, [
      newEvent(
        {
          ...{ accountId: customerId, sessionId: `s${expected}`, tokenHash: 't', device: 'Lynx on VAX' },
          ...{ isNewDevice, expiresAt: at, openedAt: at },
        },
        'SessionOpened',
      ),
    ]);
  const facts = async (): Promise<readonly (RecordedEvent & NotificationEvent)[]> =>
    (await collect(store.readAll())).filter(({ type }) =>
      Object.hasOwn(notificationEventTypes, type),
    ) as unknown as (RecordedEvent & NotificationEvent)[];
  const types = async () => (await facts()).map(({ type }) => type);
  const erase = (streams: readonly string[]) =>
    store.append(streamName('account', customerId), 0n, [
      newEvent({ accountId: customerId, streams, erasedAt: at }, 'PersonalDataErased'),
    ]);
  const others = { sms, wecom, ship, logIn, stocked, write };
  return {
    clock,
    ...scripted,
    ...others,
    channel,
    start,
    erase,
    pay,
    park,
    refuseRequest,
    facts,
    types,
    ...durable,
  };
};
