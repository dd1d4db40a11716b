import type { Instant } from '../../domain/kernel';
import type { Channel, Message } from '../../gateways/notifications';

export const message: Message = {
  to: { name: 'Ada "the first" <x>', address: 'ada@shop.example' },
  subject: '订单 1001：已送达',
  text: 'Hello Ada,\n.\nOrder 1001\n',
  html: '<p>Hello Ada</p>',
  brief: '订单 1001：已送达\nhttps://shop.example/orders/1',
  id: '0193f2a0-0000-7000-8000-0000000000aa',
  queuedAt: '2026-11-29T09:00:00.000Z' as Instant,
};

/** A channel and its receiver. What a receiver cannot do is absent. */
export type ChannelFixture = {
  readonly channel: Channel;
  readonly address: string;
  /** Returns the messages that the receiver has, each as text. */
  readonly received: () => Promise<readonly string[]>;
  /** Whether the receiver tells a repeat by its id. */
  readonly knowsRepeats: boolean;
  /** The text that no outcome may show. */
  readonly secret?: string;
  /** From now on the receiver refuses each message for good. */
  readonly refuse?: () => void;
  /** From now on the receiver is too busy. */
  readonly overload?: () => void;
  /** From now on the receiver takes messages and does not answer. */
  readonly fallSilent?: () => void;
  readonly goAway: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Tests the rules of a channel of notifications. */
export const notificationChannelContract = (name: string, open: () => Promise<ChannelFixture>): void => {
  describe(`the channel ${name}`, () => {
    let fixture: ChannelFixture;
    let to: Message;
    beforeEach(async () => {
      fixture = await open();
      to = { ...message, to: { ...message.to, address: fixture.address } };
    });
    afterEach(async () => {
      await fixture.channel.close();
      await fixture.stop();
    });

    it('sends the message', async () => {
      const id: unknown = expect.any(String);
      expect(await fixture.channel.send(to)).toEqual({ kind: 'sent', messageId: id });
      const [content = ''] = await fixture.received();
      expect(content).toContain('1001');
    });

    it('sends a repeat under the same id', async () => {
      const first = await fixture.channel.send(to);
      expect(await fixture.channel.send(to)).toEqual(first);
      expect(await fixture.received()).toHaveLength(fixture.knowsRepeats ? 1 : 2);
    });

    it('reports a refusal as one for good', async () => {
      if (fixture.refuse === undefined) return;
      fixture.refuse();
      expect(await fixture.channel.send(to)).toMatchObject({ kind: 'failed', isPermanent: true });
    });

    it('reports that the receiver is too busy, as a failure that passes', async () => {
      if (fixture.overload === undefined) return;
      fixture.overload();
      expect(await fixture.channel.send(to)).toMatchObject({ kind: 'failed', isPermanent: false });
    });

    it('reports in bounded time a receiver that falls silent', async () => {
      if (fixture.fallSilent === undefined) return;
      fixture.fallSilent();
      expect(await fixture.channel.send(to)).toMatchObject({ kind: 'failed', isPermanent: false });
    });

    it('reports a receiver that is away, as a failure that passes', async () => {
      await fixture.goAway();
      expect(await fixture.channel.send(to)).toMatchObject({ kind: 'failed', isPermanent: false });
    });

    it('shows no secret in the reason of a failure', async () => {
      if (fixture.secret === undefined) return;
      const outcomes: unknown[] = [];
      for (const fail of [fixture.refuse, fixture.overload, fixture.fallSilent, fixture.goAway]) {
        await fail?.();
        outcomes.push(await fixture.channel.send(to));
      }
      expect(JSON.stringify(outcomes)).not.toContain(fixture.secret);
    });

    it('forgets copies, also of messages that it never had', async () => {
      await fixture.channel.send(to);
      await fixture.channel.forget?.(new Set([message.id, 'another']));
      if (fixture.channel.forget !== undefined) expect(await fixture.received()).toEqual([]);
    });
  });
};
