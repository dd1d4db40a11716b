import { attemptsMax, notification } from '../../domain/notification';
import type { NotificationId } from '../../domain/kernel';
import { at, customerId, orderId } from '../../tests/support/domain/orders';
import { address, declined, later, never, open } from '../../tests/support/notifications/shop-with-channels';
import type { Channel } from './index';

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

  it('say where the order goes, and do not store it', async () => {
    const shop = await open({
      shipTo: { recipient: 'Ada', line1: '1 Quay', city: 'Hull', country: 'GB' },
    });
    shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    expect(shop.mails[0]?.text).toContain('Ada\n1 Quay\nHull\nUnited Kingdom');
    expect(JSON.stringify((await shop.facts()).map(({ data }) => data))).not.toContain('Quay');
  });

  it('repeat what the customer said with the order, and do not store it', async () => {
    const shop = await open({
      words: { noteToSeller: 'Pack it well.', gift: { message: 'For you', withoutPrices: true } },
    });
    shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    for (const expected of ['Pack it well.', 'For you', 'says no prices'])
      expect(shop.mails[0]?.text).toContain(expected);
    expect(shop.mails[0]?.brief).not.toContain('For you');
    expect(JSON.stringify((await shop.facts()).map(({ data }) => data))).not.toMatch(/Pack|For you/);
  });

  it('lose the copies that the channel has, where the account is erased', async () => {
    const shop = await open();
    const { stop } = shop.start();
    await shop.erase([`account-${customerId}`, 'notification-n1', `order-${orderId}`, 'notification-n2']);
    await shop.clock.advance(1_000);
    expect(shop.forgotten).toEqual(['n1', 'n2']);
    await stop();
  });

  it('say what was decided about an after-sales request', async () => {
    const shop = await open();
    const { stop } = shop.start();
    await shop.refuseRequest();
    await shop.clock.advance(1_000);
    expect(shop.mails.map(({ subject }) => subject)).toEqual(['Order 1001: your request was refused']);
    await stop();
  });

  it('warn of a log-in from a new device once, and of no other', async () => {
    const shop = await open();
    const { stop } = shop.start();
    await shop.logIn(undefined);
    await shop.logIn(true, 1n);
    await shop.clock.advance(1_000);
    expect(shop.mails.map(({ subject }) => subject)).toEqual(['New log-in to your account']);
    expect(JSON.stringify((await shop.facts()).map(({ data }) => data))).not.toContain('Lynx');
    await stop();
  });

  it('warn of low stock once each time, the seller in words of its own and the desk of staff', async () => {
    const shop = await open();
    const { stop } = shop.start();
    const move = await shop.stocked();
    await shop.clock.advance(1_000);
    expect(shop.mails).toEqual([]);
    await move('StockRemoved', 2);
    await shop.clock.advance(1_000);
    await move('StockRemoved', 1);
    await shop.clock.advance(1_000);
    expect(shop.mails).toEqual([
      expect.objectContaining({
        to: { name: 'Ada', address },
        subject: 'Low stock: Felt hat (HAT-1)',
        text: expect.stringContaining('https://shop.example/seller/products/p1') as string,
      }),
    ]);
    expect(shop.wecom.mails).toHaveLength(1);
    expect(shop.wecom.mails[0]?.text).toContain('https://shop.example/admin/low-stock');
    await move('StockReceived', 2);
    await move('StockRemoved', 1);
    await shop.clock.advance(1_000);
    expect(shop.mails).toHaveLength(2);
    expect(shop.wecom.mails).toHaveLength(2);
    await stop();
  });

  it('warn no seller who has declined it, and staff all the same', async () => {
    const preferences = [{ accountId: customerId, unwanted: ['stock'], changedAt: at }];
    const shop = await open({ preferences });
    const { stop } = shop.start();
    const move = await shop.stocked();
    await move('StockRemoved', 2);
    await shop.clock.advance(1_000);
    expect(shop.mails).toEqual([]);
    expect(shop.wecom.mails).toHaveLength(1);
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
    expect(shop.wecom.mails).toHaveLength(2);
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
    // The waits between the attempts are 14.8 hours at most.
    await shop.clock.advance(15 * 3_600_000);
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
