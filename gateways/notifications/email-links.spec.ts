import { linkLifetimeMs } from '../../domain/account';
import type { NotificationId } from '../../domain/kernel';
import { createAggregates } from '../../platform/execution';
import { silentLogger } from '../../platform/telemetry';
import { createOrderBench, customer } from '../../tests/support/commands/order-fixture';
import type { Principal } from '../../platform/execution';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { queueNotices, sendNotifications, type Channel, type Delivery, type Message } from './index';

const guest: Principal = { kind: 'customer', id: 'guest', roles: [] };
const asGuest = { as: guest };
const eve = { email: 'eve@shop.example', password: 'correct horse', name: 'Eve' };
const password = 'battery staple';
const MINUTE = 60_000;

const tokenIn = (mail: Message | undefined): string => /#(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';

/** A shop with one customer who has a session, and a channel that takes each mail. */
const open = async ({ isStarted = true } = {}) => {
  const bench = createOrderBench();
  const { clock, store } = bench;
  const mails: Message[] = [];
  const answers: Delivery[] = [];
  const channel: Channel = {
    name: 'scripted',
    send: async (mail) => {
      mails.push(mail);
      return answers.shift() ?? { kind: 'sent', messageId: mail.id };
    },
    close: async () => undefined,
  };
  const [random, logger] = [seededRandom(7), silentLogger];
  const aggregates = createAggregates({ store, clock, random, logger });
  const shopUrl = () => 'https://shop.example';
  const desk = { ways: [], language: 'en' } as const;
  const sending = { channels: { email: channel }, desk, timeZone: 'UTC', shopUrl };
  const deps = { aggregates, clock, random, logger, ...sending };
  bench.restart(undefined, [queueNotices(deps), sendNotifications(deps)]);
  const { account } = await bench.demand('signUp', eve, asGuest);
  if (isStarted) {
    bench.start();
    await bench.settle();
  }
  /** Requests a link as a guest, a minute after the last request, and returns its token. */
  const request = async (email = eve.email): Promise<string> => {
    await clock.advance(MINUTE);
    await bench.demand('requestPasswordReset', { email }, asGuest);
    await bench.settle();
    return tokenIn(mails.at(-1));
  };
  const reset = (token: string) => bench.send('resetPasswordByLink', { token, password }, asGuest);
  return { bench, mails, answers, accountId: account.id, request, reset };
};

const invalid = { kind: 'rejected', rejection: { code: 'LINK_INVALID' } };

describe('a link for a new password', () => {
  it('replaces the password once, and closes the sessions', async () => {
    const { bench, mails, request, reset } = await open();
    const token = await request();
    expect(mails.at(-1)).toMatchObject({
      to: { name: 'Eve', address: eve.email },
      text: expect.stringContaining(`https://shop.example/reset-password#${token}`) as string,
    });
    expect(await reset(token)).toMatchObject({ kind: 'accepted' });
    expect(await bench.count('SessionClosed')).toBe(1);
    await bench.demand('logIn', { email: eve.email, password }, asGuest);
    expect(await bench.refusal('logIn', eve, asGuest)).toEqual({ code: 'CREDENTIALS_WRONG' });
    expect(await reset(token)).toEqual(invalid);
    await bench.stop();
  });

  it('is nowhere but in the mail', async () => {
    const { bench, request } = await open();
    const token = await request();
    const secret = token.split('.')[1] ?? '';
    expect(secret).toHaveLength(43);
    const stored = JSON.stringify(await bench.events(), (_name, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(stored).toContain('AccountLinkIssued');
    expect(stored).not.toContain(secret);
    await bench.stop();
  });

  it('has no effect after the newer one of a second request, nor after its time', async () => {
    const { bench, request, reset } = await open();
    const older = await request();
    const newer = await request();
    expect(await reset(older)).toEqual(invalid);
    await bench.clock.advance(linkLifetimeMs['reset-password']);
    expect(await reset(newer)).toMatchObject({ rejection: { code: 'LINK_EXPIRED' } });
    expect(await reset(await request())).toMatchObject({ kind: 'accepted' });
    await bench.stop();
  });

  it('takes the password of one of two tabs that use it at once', async () => {
    const { bench, request } = await open();
    const token = await request();
    const chosen = ['password of tab 1', 'password of tab 2'];
    const outcomes = await Promise.all(
      chosen.map((choice) => bench.send('resetPasswordByLink', { token, password: choice }, asGuest)),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'rejected']);
    const winner = chosen[outcomes.findIndex(({ kind }) => kind === 'accepted')] ?? '';
    await bench.demand('logIn', { email: eve.email, password: winner }, asGuest);
    expect(await bench.count('AccountPasswordChanged')).toBe(1);
    await bench.stop();
  });

  it('repeats its answer to the same request with the same password, and to no other', async () => {
    const { bench, request } = await open();
    const token = await request();
    const send = (choice: string) =>
      bench.send('resetPasswordByLink', { token, password: choice }, { ...asGuest, id: 'one', keyed: true });
    expect(await send(password)).toMatchObject({ kind: 'accepted' });
    expect(await send(password)).toMatchObject({ kind: 'accepted' });
    expect(await send('another password')).toEqual(invalid);
    await bench.stop();
  });

  it('has no effect after the password was changed in another way', async () => {
    const { bench, accountId, request, reset } = await open();
    const token = await request();
    const change = { accountId, currentPassword: eve.password, newPassword: 'yet another one' };
    await bench.demand('changePassword', change, { as: customer(accountId) });
    expect(await reset(token)).toEqual(invalid);
    await bench.stop();
  });

  it.each([
    '',
    'x',
    `${'0'.repeat(36)}.${'A'.repeat(43)}`,
    `5d0b6c3e-0000-5000-8000-000000000001.${'A'.repeat(43)}`,
  ])('is refused where it is none: %j', async (token) => {
    const { bench, reset } = await open();
    expect(await reset(token)).toEqual(invalid);
    const verification = await bench.send('verifyEmail', { token }, asGuest);
    expect(verification).toEqual(invalid);
    await bench.stop();
  });

  it('is sent at most once a minute', async () => {
    const { bench, mails, request } = await open();
    await request();
    await bench.demand('requestPasswordReset', { email: eve.email }, asGuest);
    await bench.settle();
    expect(mails).toHaveLength(2);
    await request();
    expect(mails).toHaveLength(3);
    await bench.stop();
  });

  it('stays valid when a mail that may have arrived is sent again', async () => {
    const { bench, mails, answers, request, reset } = await open();
    answers.push({ kind: 'failed', reason: 'the connection was lost', isPermanent: false });
    await request();
    await bench.clock.advance(10 * MINUTE);
    const [first, again] = mails.slice(-2);
    expect(first?.id).toBe(again?.id);
    expect(tokenIn(first)).not.toBe(tokenIn(again));
    expect(await reset(tokenIn(first))).toMatchObject({ kind: 'accepted' });
    expect(await reset(tokenIn(again))).toEqual(invalid);
    await bench.stop();
  });

  it('is not sent for an older request after that of a newer one', async () => {
    const { bench, mails, answers, request, reset } = await open();
    const later: Delivery = { kind: 'failed', reason: 'try later', isPermanent: false };
    answers.push(later, later);
    await request();
    const newer = await request();
    const sent = mails.length;
    await bench.clock.advance(60 * MINUTE);
    expect(mails).toHaveLength(sent);
    expect(await bench.count('NotificationSkipped')).toBe(1);
    expect(await reset(newer)).toMatchObject({ kind: 'accepted' });
    await bench.stop();
  });
});

describe('a request for an address without an account', () => {
  it('has the same answer and stores the same events before it, and sends nothing', async () => {
    // The reactors do their part later.
    const { bench, mails } = await open({ isStarted: false });
    const stored = async (email: string) => {
      const first = (await bench.events()).length;
      const outcome = await bench.send('requestPasswordReset', { email }, asGuest);
      const events = (await bench.events()).slice(first).map(({ type }) => type);
      return { kind: outcome.kind, fields: Object.keys(outcome), events };
    };
    const known = await stored(eve.email);
    const unknown = await stored('mallory@shop.example');
    expect(known.events).toEqual(['NotificationQueued']);
    expect(unknown).toEqual(known);
    bench.start();
    await bench.settle();
    expect(mails.map(({ to }) => to.address)).toEqual([eve.email, eve.email]);
    const skipped = (await bench.events()).find(({ type }) => type === 'NotificationSkipped');
    expect(skipped?.data).toMatchObject({ reason: 'not-needed' });
    expect(bench.parking.all()).toEqual([]);
    await bench.stop();
  });
});

describe('the verification of an e-mail address', () => {
  it('is offered after a sign-up, and done by the link', async () => {
    const { bench, mails } = await open();
    expect(mails).toHaveLength(1);
    const token = tokenIn(mails[0]);
    expect(mails[0]?.text).toContain(`https://shop.example/verify-email#${token}`);
    await bench.demand('verifyEmail', { token }, asGuest);
    await bench.demand('verifyEmail', { token }, asGuest);
    expect(await bench.count('AccountEmailVerified')).toBe(1);
    await bench.stop();
  });

  it('is not offered to accounts that an operator has made', async () => {
    const { bench, mails } = await open();
    await bench.demand('provisionAccount', { email: 'sam@shop.example', name: 'Sam', roles: ['staff'] });
    await bench.settle();
    expect(mails).toHaveLength(1);
    await bench.stop();
  });

  it('can be requested by the owner alone, until it is done', async () => {
    const { bench, mails, accountId } = await open();
    const asEve = { as: customer(accountId) };
    await expect(
      bench.send('requestEmailVerification', { accountId }, { as: customer('mallory' as typeof accountId) }),
    ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await bench.clock.advance(MINUTE);
    await bench.demand('requestEmailVerification', { accountId }, asEve);
    await bench.settle();
    expect(mails).toHaveLength(2);
    expect(await bench.send('verifyEmail', { token: tokenIn(mails[0]) }, asGuest)).toEqual(invalid);
    await bench.demand('verifyEmail', { token: tokenIn(mails[1]) }, asGuest);
    await bench.clock.advance(MINUTE);
    await bench.demand('requestEmailVerification', { accountId }, asEve);
    await bench.settle();
    expect(mails).toHaveLength(2);
    await bench.stop();
  });
});

it('a parked link is sent with a new token when staff have it retried', async () => {
  const { bench, mails, answers, request, reset } = await open();
  answers.push({ kind: 'failed', reason: '550 no such mailbox', isPermanent: true });
  await request();
  const notificationId = mails.at(-1)?.id as NotificationId;
  await bench.demand('retryNotification', { notificationId });
  await bench.settle();
  expect(mails).toHaveLength(3);
  expect(await reset(tokenIn(mails.at(-1)))).toMatchObject({ kind: 'accepted' });
  await bench.stop();
});
