import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../platform/clock';
import { publicUrls } from '../../platform/http-client';
import {
  message,
  notificationChannelContract,
  type ChannelFixture,
} from '../../tests/contract/notification-channel.contract';
import { MailServer } from '../../tests/support/mail/mail-server';
import { SmsGateway } from '../../tests/support/notifications/sms-gateway';
import { WeComBot } from '../../tests/support/notifications/wecom-bot';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { fileOutbox, smsChannel, smsFileOutbox, smtpChannel, weComChannel, type Channel } from './index';

const clock = realClock;
const from = 'Waybill <shop@waybill.example>';
const telephone = '+4402079460958';
const { post } = publicUrls({ clock, allowsLoopback: true });
const { post: postToPublic } = publicUrls({ clock, allowsLoopback: false });

const inDirectory = async (
  open: (directory: string) => Channel,
  address: string,
): Promise<ChannelFixture> => {
  const home = await mkdtemp(join(tmpdir(), 'waybill-outbox-'));
  const directory = join(home, 'data', 'outbox');
  const names = () => readdir(directory).catch(() => [] as string[]);
  return {
    channel: open(directory),
    address,
    knowsRepeats: true,
    received: async () => Promise.all((await names()).map((name) => readFile(join(directory, name), 'utf8'))),
    goAway: async () => {
      await rm(join(home, 'data'), { recursive: true, force: true });
      await writeFile(join(home, 'data'), 'a file');
    },
    stop: () => rm(home, { recursive: true, force: true }),
  };
};

const asText = ({ content }: { readonly content: string }): string => content;

notificationChannelContract('of SMTP', async () => {
  const server = await MailServer.start();
  const timeouts = { connect: 2_000, greeting: 2_000, socket: 300 };
  return {
    channel: smtpChannel({ url: server.url, from, timeouts }),
    address: 'ada@shop.example',
    knowsRepeats: false,
    received: () => Promise.resolve(server.mails.map(asText)),
    refuse: () => (server.script = { RCPT: '550 5.1.1 unknown' }),
    overload: () => (server.script = { RCPT: '451 4.2.1 later' }),
    fallSilent: () => (server.script = { END: '' }),
    goAway: () => server.stop(),
    stop: () => server.stop().catch(() => undefined),
  };
});

notificationChannelContract('of files with e-mails', () =>
  inDirectory((directory) => fileOutbox({ directory, from }), 'ada@shop.example'),
);

notificationChannelContract('of files with short messages', () =>
  inDirectory((directory) => smsFileOutbox({ directory }), telephone),
);

const token = 'a-token-of-the-gateway';

notificationChannelContract('of SMS', async () => {
  const gateway = await SmsGateway.start(token);
  return {
    channel: smsChannel({ url: gateway.url, token, from: 'Waybill', post, clock, timeoutMs: 500 }),
    address: telephone,
    knowsRepeats: true,
    secret: token,
    received: () => Promise.resolve([...gateway.messages.values()].map(({ text }) => text)),
    refuse: () => (gateway.script = { status: 422, body: `{"code":"NUMBER","message":"${token}"}` }),
    overload: () => (gateway.script = { status: 429, body: '{"code":"LATER"}' }),
    fallSilent: () => (gateway.script = 'hang'),
    goAway: () => gateway.stop(),
    stop: () => gateway.stop().catch(() => undefined),
  };
});

const key = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';

notificationChannelContract('of the WeCom bot', async () => {
  const bot = await WeComBot.start(key);
  return {
    channel: weComChannel({ url: bot.url, post, clock, timeoutMs: 500 }),
    address: '',
    knowsRepeats: false,
    secret: key,
    received: () => Promise.resolve(bot.texts),
    refuse: () => (bot.script = { status: 200, body: `{"errcode":93000,"errmsg":"invalid ${key}"}` }),
    overload: () => (bot.script = { status: 200, body: '{"errcode":-1,"errmsg":"system busy"}' }),
    fallSilent: () => (bot.script = 'hang'),
    goAway: () => bot.stop(),
    stop: () => bot.stop().catch(() => undefined),
  };
});

describe('the SMS channel', () => {
  let gateway: SmsGateway;
  const channelOf = (settings: Partial<Parameters<typeof smsChannel>[0]> = {}): Channel =>
    smsChannel({ url: gateway.url, token, from: 'Waybill', post, clock, timeoutMs: 500, ...settings });
  beforeEach(async () => {
    gateway = await SmsGateway.start(token);
  });
  afterEach(() => gateway.stop());

  it('sends number, sender and text under the id of the notification', async () => {
    const to = { name: 'Ada', address: telephone };
    expect(await channelOf().send({ ...message, to })).toEqual({
      kind: 'sent',
      messageId: `sms-${message.id}`,
    });
    const { id, brief: text } = message;
    expect([...gateway.messages.values()]).toEqual([{ id, from: 'Waybill', to: telephone, text }]);
  });

  it.each([
    [400, true],
    [422, true],
    // Wrong settings are the operator's to correct.
    [401, false],
    [403, false],
    [404, false],
    [307, false],
    [500, false],
    [503, false],
  ])('reports %s; for good: %s', async (status, isPermanent) => {
    gateway.script = { status, body: 'no JSON' };
    expect(await channelOf().send(message)).toMatchObject({ kind: 'failed', isPermanent });
  });

  it('waits for as long as the gateway says', async () => {
    gateway.script = { status: 429, body: '{"code":"LIMIT","retryAfterSeconds":90}' };
    expect(await channelOf().send(message)).toMatchObject({ isPermanent: false, retryAfterMs: 90_000 });
  });

  it.each([
    ['{"code":"LIMIT","retryAfterSeconds":7200}', '429 LIMIT', 3_600_000],
    ['{"code":"LIMIT","id":17,"retryAfterSeconds":90}', '429 LIMIT', 90_000],
    ['{"code":"LIMIT","retryAfterSeconds":"90"}', '429 LIMIT', undefined],
  ])('reads what it can of %s', async (body, reason, retryAfterMs) => {
    gateway.script = { status: 429, body };
    expect(await channelOf().send(message)).toMatchObject({ reason, isPermanent: false, retryAfterMs });
  });

  it('is refused with another token', async () => {
    const delivery = await channelOf({ token: 'another-token' }).send(message);
    expect(delivery).toMatchObject({ kind: 'failed', reason: '401 TOKEN', isPermanent: false });
    expect(gateway.messages.size).toBe(0);
  });

  it('goes to no private address', async () => {
    const delivery = await channelOf({ post: postToPublic }).send(message);
    expect(delivery).toMatchObject({ kind: 'failed', isPermanent: false });
    expect(gateway.requests).toBe(0);
  });
});

describe('the WeCom channel', () => {
  let bot: WeComBot;
  beforeEach(async () => {
    bot = await WeComBot.start(key);
  });
  afterEach(() => bot.stop());

  it('sends subject and text, at most what the bot takes, whole characters', async () => {
    const channel = weComChannel({ url: bot.url, post, clock });
    await channel.send(message);
    expect(bot.texts).toEqual([`${message.subject}\n\n${message.text.trim()}`]);
    expect(await channel.send({ ...message, text: '订单'.repeat(1_000) })).toMatchObject({ kind: 'sent' });
    expect(bot.texts[1]).toMatch(/订$|单$/);
  });

  it.each([
    [-1, false],
    [93_000, true],
    [40_008, true],
    [40_058, true],
    [44_004, true],
    [99_999, false],
  ])('reports the error %s; for good: %s', async (errcode, isPermanent) => {
    bot.script = { status: 200, body: JSON.stringify({ errcode, errmsg: 'no' }) };
    const channel = weComChannel({ url: bot.url, post, clock });
    expect(await channel.send(message)).toMatchObject({ kind: 'failed', isPermanent });
  });

  it('waits a minute where the bot was too frequent', async () => {
    bot.script = { status: 200, body: '{"errcode":45009,"errmsg":"freq"}' };
    const channel = weComChannel({ url: bot.url, post, clock });
    expect(await channel.send(message)).toMatchObject({ isPermanent: false, retryAfterMs: 60_000 });
  });

  it('never sends more in a minute than the bot may', async () => {
    const virtual = createVirtualClock();
    const channel = weComChannel({ url: bot.url, post, clock: virtual });
    for (let second = 0; second < 240; second += 1) {
      if (second % 60 === 0) bot.nextMinute();
      const delivery = await channel.send(message);
      if (delivery.kind === 'failed') expect(delivery.reason).toContain('more messages than');
      await virtual.advance(1_000);
    }
    expect(bot.texts.length).toBeGreaterThan(60);
    expect(bot.texts.length).toBeLessThanOrEqual(80);
  });
});
