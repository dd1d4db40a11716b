import type { Instant } from '../../domain/kernel';
import { orderId } from '../../tests/support/domain/orders';
import {
  later,
  never,
  open,
  routes,
  telephone,
  wants,
} from '../../tests/support/notifications/shop-with-channels';

describe('notifications by several channels, and later', () => {
  it('go by SMS at once where the mail server refuses them for good, once, and the history has both', async () => {
    const shop = await open({ telephone, preferences: [wants({ routes })] });
    shop.answers.push(never);
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    expect(shop.mails).toHaveLength(1);
    expect(shop.sms.mails).toEqual([
      expect.objectContaining({ to: { name: 'Ada', address: telephone }, id: shop.mails[0]?.id }),
    ]);
    const [, failed, sent] = await shop.facts();
    expect(failed?.data).toMatchObject({ channel: 'scripted', isRefused: true });
    expect(sent?.data).toMatchObject({ channel: 'sms', attempt: 2 });
    await shop.clock.advance(86_400_000);
    expect(shop.mails).toHaveLength(1);
    expect(shop.sms.mails).toHaveLength(1);
    await stop();
  });

  it('go by SMS where the mail server is away for too long, and by e-mail alone where nothing fails', async () => {
    const shop = await open({ telephone, preferences: [wants({ routes })] });
    shop.answers.push(later, later, later);
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(30_000);
    expect(shop.sms.mails).toHaveLength(0);
    await shop.clock.advance(200_000);
    expect(shop.mails).toHaveLength(3);
    expect(shop.sms.mails).toHaveLength(1);
    await shop.ship();
    await shop.clock.advance(1_000);
    expect(shop.mails).toHaveLength(4);
    expect(shop.sms.mails).toHaveLength(1);
    await stop();
  });

  it('return to the first channel where the second refuses them, and are parked where all have', async () => {
    const shop = await open({ telephone, preferences: [wants({ routes })] });
    shop.answers.push(later, later, later);
    shop.sms.answers.push(never);
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(3 * 3_600_000);
    expect(shop.mails).toHaveLength(4);
    expect((await shop.types()).at(-1)).toBe('NotificationSent');
    shop.answers.push(never);
    shop.sms.answers.push(never);
    await shop.ship();
    await shop.clock.advance(1_000);
    expect((await shop.types()).slice(-3)).toEqual([
      ...['NotificationQueued', 'NotificationAttemptFailed', 'NotificationParked'],
    ]);
    await stop();
  });

  it('go by e-mail where an account wants SMS and has no number', async () => {
    const bySms = [{ topic: 'payments', channels: ['sms'] }];
    const shop = await open({ preferences: [wants({ routes: bySms })] });
    const { stop } = shop.start();
    await shop.pay();
    await shop.clock.advance(1_000);
    expect(shop.mails).toHaveLength(1);
    expect(shop.sms.mails).toHaveLength(0);
    await stop();
  });

  it('wait for the end of quiet hours, also over a restart', async () => {
    const quietHours = { from: '22:00', until: '07:00' };
    const preferences = [wants({ quietHours, timeZone: 'Asia/Shanghai' })];
    const shop = await open({ preferences, start: '2026-11-02T20:00:00.000Z' as Instant });
    const first = shop.start();
    await shop.pay();
    await shop.clock.advance(60_000);
    await first.stop();
    expect(shop.mails).toHaveLength(0);
    expect((await shop.facts()).at(-1)?.data).toMatchObject({ until: '2026-11-02T23:00:00.000Z' });
    const second = shop.start();
    await shop.clock.advance(2 * 3_600_000);
    expect(shop.mails).toHaveLength(0);
    await shop.clock.advance(3_600_000);
    expect(shop.mails).toHaveLength(1);
    expect(await shop.types()).toEqual([
      ...['NotificationQueued', 'NotificationHeld', 'NotificationReleased', 'NotificationSent'],
    ]);
    await second.stop();
  });

  it('are gathered into one message a day, once, also over a restart', async () => {
    const shop = await open({ preferences: [wants({ pace: 'daily', timeZone: 'UTC' })] });
    const first = shop.start();
    await shop.pay();
    await shop.ship();
    await shop.clock.advance(3_600_000);
    expect(shop.mails).toHaveLength(0);
    await first.stop();
    const second = shop.start();
    await shop.clock.advance(86_400_000);
    await second.stop();
    const third = shop.start();
    await shop.clock.advance(86_400_000);
    expect(shop.mails.map(({ subject }) => subject)).toEqual(['Your day: 2 messages']);
    for (const part of ['Order 1001: payment received', 'Order 1001: on its way'])
      expect(shop.mails[0]?.text).toContain(part);
    const types = await shop.types();
    expect(types.filter((type) => type === 'NotificationGathered')).toHaveLength(2);
    expect(types.filter((type) => type === 'NotificationSent')).toHaveLength(1);
    await third.stop();
  });

  it.each([
    ['sms', telephone, 0, 1],
    ['sms', undefined, 1, 0],
    ['email', telephone, 1, 0],
  ] as const)(
    'are sent in the words of staff by %s to the number %s, in quiet hours too',
    async (channel, number, mails, texts) => {
      const quietHours = { from: '00:00', until: '23:59' };
      const shop = await open({ telephone: number, preferences: [wants({ quietHours })] });
      const { stop } = shop.start();
      await shop.write(channel);
      await shop.clock.advance(1_000);
      expect([shop.mails, shop.sms.mails].map(({ length }) => length)).toEqual([mails, texts]);
      const [message] = [...shop.mails, ...shop.sms.mails];
      expect(message?.subject).toBe('Your kettle');
      expect(message?.html).toContain('<p>First &lt;b&gt;.</p>\n<p>Second.</p>');
      expect(message?.brief).toBe('First <b>.\n\nSecond.\nhttps://shop.example/');
      await stop();
    },
  );

  it('tell those who run the shop what needs hands: into their group, else by e-mail', async () => {
    const shop = await open();
    const { stop } = shop.start();
    await shop.park();
    await shop.clock.advance(1_000);
    expect(shop.wecom.mails.map(({ subject }) => subject)).toEqual(['发货提醒：订单 1001 需要处理']);
    expect(shop.wecom.mails[0]?.text).toContain(`https://shop.example/admin/orders/${orderId}`);
    shop.wecom.answers.push(never);
    await shop.park(0n);
    await shop.clock.advance(1_000);
    expect(shop.mails.filter(({ to }) => to.address === 'desk@shop.example')).toHaveLength(1);
    await stop();
  });
});
