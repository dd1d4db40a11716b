import { refreshGraceMs } from '../../domain/account';
import { createOrderBench, customer, ann, system } from '../../tests/support/commands/order-fixture';
import type { Principal } from '../../platform/execution';

const nobody: Principal = { kind: 'customer', id: 'anonymous', roles: [] };
const as = { as: nobody };
const eve = { email: ' Eve@Example.org ', password: 'correct horse', name: 'Eve' };
const THIRTY_DAYS = 30 * 24 * 3_600_000;

const open = async () => {
  const bench = createOrderBench();
  const session = await bench.demand('signUp', eve, as);
  return { bench, session };
};

describe('signing up', () => {
  it('makes a customer of one address, however it is written', async () => {
    const { bench, session } = await open();
    expect(session.account).toMatchObject({ email: 'eve@example.org', name: 'Eve', roles: ['customer'] });
    const again = { ...eve, email: 'EVE@example.org' };
    expect(await bench.refusal('signUp', again, as)).toEqual({ code: 'EMAIL_TAKEN' });
  });

  it('refuses what is no address, no name, or too short a password', async () => {
    const { bench } = await open();
    const refusal = (change: object) => bench.refusal('signUp', { ...eve, email: 'f@x.org', ...change }, as);
    expect(await refusal({ email: 'eve' })).toEqual({ code: 'EMAIL_INVALID' });
    expect(await refusal({ name: '  ' })).toEqual({ code: 'NAME_EMPTY' });
    expect(await refusal({ password: 'short' })).toEqual({ code: 'PASSWORD_TOO_SHORT', min: 8 });
    expect(await refusal({ name: '\u200b\u2060' })).toEqual({ code: 'NAME_EMPTY' });
  });

  it.each(['        ', '\u00a0\u2003'.repeat(4), '\u200b'.repeat(8), 'correct\u0007horse', '\t'.repeat(8)])(
    'refuses the password %j, of blanks or with control characters',
    async (password) => {
      const { bench } = await open();
      const refused = { ...eve, email: 'f@x.org', password };
      expect(await bench.refusal('signUp', refused, as)).toEqual({ code: 'PASSWORD_INVALID' });
      await expect(bench.send('signUp', { ...refused, password: '\0'.repeat(8) }, as)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    },
  );

  it('counts the characters of a password, not what they are made of', async () => {
    const { bench } = await open();
    const refusal = (password: string) => bench.refusal('signUp', { ...eve, email: 'f@x.org', password }, as);
    const short = { code: 'PASSWORD_TOO_SHORT', min: 8 };
    expect(await refusal('\u{1F600}'.repeat(7))).toEqual(short);
    expect(await refusal('e\u0301'.repeat(7))).toEqual(short);
    await bench.demand('signUp', { ...eve, email: 'f@x.org', password: '\u{1F600}'.repeat(8) }, as);
  });

  it('repeated after a lost answer logs in, but only who knows the password', async () => {
    const bench = createOrderBench();
    const { account } = await bench.demand('signUp', eve, { ...as, id: 'sign up' });
    const again = await bench.demand('signUp', eve, { ...as, id: 'sign up' });
    expect(again.account).toEqual(account);
    const guess = { ...eve, password: 'incorrect horse' };
    expect(await bench.refusal('signUp', guess, { ...as, id: 'sign up' })).toEqual({ code: 'EMAIL_TAKEN' });
    expect(await bench.count('AccountRegistered')).toBe(1);
  });

  it('stores no token', async () => {
    const { bench, session } = await open();
    const stored = JSON.stringify(
      (await bench.events()).map(({ type, data }) => (type === 'SessionOpened' ? data : {})),
    );
    expect(stored).not.toContain(session.refreshToken.split('.')[2]);
  });
});

describe('logging in', () => {
  it('tells an unknown address and a wrong password alike', async () => {
    const { bench } = await open();
    const wrong = { code: 'CREDENTIALS_WRONG' };
    expect(await bench.refusal('logIn', { ...eve, password: 'incorrect' }, as)).toEqual(wrong);
    expect(await bench.refusal('logIn', { ...eve, email: 'who@example.org' }, as)).toEqual(wrong);
    await bench.demand('logIn', eve, as);
  });
});

describe('a session', () => {
  it('goes on with a new token each time, until it runs out', async () => {
    const { bench, session } = await open();
    const next = await bench.demand('refreshSession', session, as);
    expect(next).toMatchObject({ sessionId: session.sessionId, expiresAt: session.expiresAt });
    expect(next.refreshToken).not.toBe(session.refreshToken);
    await bench.clock.advance(THIRTY_DAYS);
    expect(await bench.refusal('refreshSession', next, as)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'EXPIRED',
    });
  });

  it('is kept by many requests that show one token at once, with one new token for all', async () => {
    const { bench, session } = await open();
    const refreshing = Array.from({ length: 40 }, () => bench.demand('refreshSession', session, as));
    const tokens = new Set((await Promise.all(refreshing)).map(({ refreshToken }) => refreshToken));
    expect(tokens.size).toBe(1);
    expect(await bench.count('SessionRefreshed')).toBe(1);
    const [refreshToken = ''] = tokens;
    await bench.demand('refreshSession', { refreshToken }, as);
  });

  it('is found by a token within half a minute of its replacement, also when that was replaced in turn', async () => {
    const { bench, session } = await open();
    const second = await bench.demand('refreshSession', session, as);
    await bench.clock.advance(refreshGraceMs - 1);
    const third = await bench.demand('refreshSession', second, as);
    const late = await bench.demand('refreshSession', session, as);
    expect(late.refreshToken).toBe(third.refreshToken);
    expect(await bench.count('SessionClosed')).toBe(0);
  });

  it('is closed for everyone when a token is shown again half a minute after its replacement', async () => {
    const { bench, session } = await open();
    const next = await bench.demand('refreshSession', session, as);
    await bench.clock.advance(refreshGraceMs);
    expect(await bench.refusal('refreshSession', session, as)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'REUSED',
    });
    expect(await bench.refusal('refreshSession', next, as)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'REUSED',
    });
    expect(await bench.count('SessionClosed')).toBe(1);
  });

  it('survives answers that are lost: the same command brings a token that is good', async () => {
    const { bench, session } = await open();
    let last = session;
    for (let lost = 0; lost < 4; lost += 1)
      last = await bench.demand('refreshSession', session, { ...as, id: 'refresh' });
    await bench.demand('refreshSession', last, as);
    expect(await bench.count('SessionClosed')).toBe(0);
  });

  it('is closed by a command repeated long after its token was replaced in turn', async () => {
    const { bench, session } = await open();
    const repeat = { ...as, id: 'refresh' };
    const next = await bench.demand('refreshSession', session, repeat);
    await bench.clock.advance(refreshGraceMs);
    expect(await bench.demand('refreshSession', session, repeat)).toEqual(next);
    await bench.demand('refreshSession', next, as);
    expect(await bench.refusal('refreshSession', session, repeat)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'REUSED',
    });
    expect(await bench.count('SessionClosed')).toBe(1);
  });

  it('goes on by a repeated command only for who shows the token that it replaced', async () => {
    const { bench, session } = await open();
    const repeat = { ...as, id: 'refresh' };
    const next = await bench.demand('refreshSession', session, repeat);
    const forged = { refreshToken: `${session.refreshToken.slice(0, -43)}${'A'.repeat(43)}` };
    for (const shown of [forged, next])
      expect(await bench.refusal('refreshSession', shown, repeat)).toEqual({
        code: 'SESSION_INVALID',
        reason: 'UNKNOWN',
      });
    await bench.demand('refreshSession', next, as);
  });

  it('is not opened by what only looks like a token', async () => {
    const { bench, session } = await open();
    const forged = `${session.refreshToken.slice(0, -4)}AAAA`;
    for (const refreshToken of ['', 'token', forged])
      expect(await bench.refusal('refreshSession', { refreshToken }, as)).toEqual({
        code: 'SESSION_INVALID',
        reason: 'UNKNOWN',
      });
    // An account that does not exist and a session that does not exist get the same answer.
    const [accountId, , secret] = session.refreshToken.split('.');
    const noSession = `${accountId}.00000000-0000-4000-8000-000000000000.${secret}`;
    for (const refreshToken of [
      session.refreshToken.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      noSession,
    ])
      expect(await bench.refusal('refreshSession', { refreshToken }, as)).toEqual({
        code: 'SESSION_INVALID',
        reason: 'ENDED',
      });
    expect(await bench.refusal('logOut', { refreshToken: forged }, as)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'UNKNOWN',
    });
    await bench.demand('refreshSession', session, as);
  });

  it('ends with the log-out, which may be repeated', async () => {
    const { bench, session } = await open();
    await bench.demand('logOut', session, as);
    await bench.demand('logOut', session, as);
    expect(await bench.refusal('refreshSession', session, as)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'ENDED',
    });
  });
});

describe('provisioning an account', () => {
  const admin = {
    email: 'root@example.org',
    name: 'Root',
    password: 'battery staple',
    roles: ['administrator'],
  } as const;

  it('makes it, or gives the one that exists what it lacks', async () => {
    const { bench, session } = await open();
    const { accountId } = await bench.demand('provisionAccount', admin);
    expect(await bench.demand('provisionAccount', admin)).toEqual({ accountId });
    await bench.demand('logIn', admin, as);
    const promoted = { ...eve, password: 'another one', roles: ['seller'] as const };
    expect(await bench.demand('provisionAccount', promoted)).toEqual({ accountId: session.account.id });
    const { account } = await bench.demand('logIn', eve, as);
    expect(account.roles).toEqual(['customer', 'seller']);
  });

  it('without a password permits no login', async () => {
    const { bench } = await open();
    await bench.demand('provisionAccount', { email: 'bot@example.org', name: 'Bot', roles: [] });
    const guess = { email: 'bot@example.org', password: '' };
    expect(await bench.refusal('logIn', guess, as)).toEqual({ code: 'CREDENTIALS_WRONG' });
  });

  it('is for administrators and the platform', async () => {
    const { bench } = await open();
    const sending = bench.send('provisionAccount', admin, { as: customer(ann) });
    await expect(sending).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    await bench.demand('provisionAccount', admin, { as: system });
  });
});
