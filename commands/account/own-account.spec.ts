import { createOrderBench, customer } from '../../tests/support/commands/order-fixture';
import type { Principal } from '../../platform/execution';

const stranger: Principal = { kind: 'customer', id: 'anonymous', roles: [] };
const asGuest = { as: stranger };
const eve = { email: 'eve@example.org', password: 'correct horse', name: 'Eve' };
const newPassword = 'battery staple';

const open = async () => {
  const bench = createOrderBench();
  const session = await bench.demand('signUp', { ...eve, device: 'Firefox on Linux' }, asGuest);
  const accountId = session.account.id;
  return { bench, session, accountId, asEve: { as: customer(accountId) } };
};

describe('the profile', () => {
  it('is changed by its owner, field by field', async () => {
    const { bench, accountId, asEve } = await open();
    await bench.demand('changeProfile', { accountId, telephone: '0800 12345' }, asEve);
    await bench.demand('changeProfile', { accountId, name: ' Eve B. ', language: 'zh' }, asEve);
    const changes = (await bench.events()).filter(({ type }) => type === 'AccountProfileChanged');
    expect(changes.at(-1)?.data).toMatchObject({ name: 'Eve B.', telephone: '080012345', language: 'zh' });
    const { account } = await bench.demand('logIn', eve, asGuest);
    expect(account.name).toBe('Eve B.');
  });

  it('is refused without a name, and with what is no telephone number', async () => {
    const { bench, accountId, asEve } = await open();
    const refusal = (change: object) => bench.refusal('changeProfile', { accountId, ...change }, asEve);
    expect(await refusal({ name: '\u200b' })).toEqual({ code: 'NAME_EMPTY' });
    expect(await refusal({ telephone: 'no' })).toEqual({ code: 'TELEPHONE_INVALID', min: 5, max: 15 });
    const unknown = bench.send('changeProfile', { accountId, language: 'xx' as never }, asEve);
    await expect(unknown).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('belongs to its owner', async () => {
    const { bench, accountId } = await open();
    const { account } = await bench.demand('signUp', { ...eve, email: 'mallory@example.org' }, asGuest);
    const meddling = bench.send('changeProfile', { accountId, name: 'M' }, { as: customer(account.id) });
    await expect(meddling).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });
});

describe('a change of the password', () => {
  it('needs the present one, closes every session and opens a new one', async () => {
    const { bench, session, accountId, asEve } = await open();
    const other = await bench.demand('logIn', eve, asGuest);
    const change = { accountId, currentPassword: 'a guess of it', newPassword };
    expect(await bench.refusal('changePassword', change, asEve)).toEqual({ code: 'CREDENTIALS_WRONG' });
    const next = await bench.demand(
      'changePassword',
      { ...change, currentPassword: eve.password, device: 'Safari' },
      asEve,
    );
    for (const ended of [session, other])
      expect(await bench.refusal('refreshSession', ended, asGuest)).toEqual({
        code: 'SESSION_INVALID',
        reason: 'ENDED',
      });
    await bench.demand('refreshSession', next, asGuest);
    expect(await bench.refusal('logIn', eve, asGuest)).toEqual({ code: 'CREDENTIALS_WRONG' });
    await bench.demand('logIn', { ...eve, password: newPassword }, asGuest);
    const devices = (await bench.events()).flatMap(({ type, data }) =>
      type === 'SessionOpened' ? [(data as { device?: string }).device] : [],
    );
    expect(devices).toEqual(['Firefox on Linux', undefined, 'Safari', undefined]);
  });

  it('has a new password that could be chosen at sign-up', async () => {
    const { bench, accountId, asEve } = await open();
    const change = { accountId, currentPassword: eve.password, newPassword: 'short' };
    expect(await bench.refusal('changePassword', change, asEve)).toEqual({
      code: 'PASSWORD_TOO_SHORT',
      min: 8,
    });
  });

  it('repeated after a lost answer opens a session, but only for who knows the new password', async () => {
    const { bench, accountId, asEve } = await open();
    const change = { accountId, currentPassword: eve.password, newPassword };
    const once = { ...asEve, id: 'change' };
    await bench.demand('changePassword', change, once);
    const again = await bench.demand('changePassword', change, once);
    await bench.demand('refreshSession', again, asGuest);
    const guess = { ...change, newPassword: 'something else' };
    expect(await bench.refusal('changePassword', guess, once)).toEqual({ code: 'CREDENTIALS_WRONG' });
    expect(await bench.count('AccountPasswordChanged')).toBe(1);
  });

  it('sent twice at once happens once, and both get a session', async () => {
    const { bench, accountId, asEve } = await open();
    const change = { accountId, currentPassword: eve.password, newPassword };
    const send = () => bench.demand('changePassword', change, { ...asEve, id: 'change' });
    for (const opened of await Promise.all([send(), send()]))
      await bench.demand('refreshSession', opened, asGuest);
    expect(await bench.count('AccountPasswordChanged')).toBe(1);
  });
});

describe('sessions', () => {
  it('are closed one by one, by their owner only', async () => {
    const { bench, session, accountId, asEve } = await open();
    const other = await bench.demand('logIn', eve, asGuest);
    const mallory = await bench.demand('signUp', { ...eve, email: 'mallory@example.org' }, asGuest);
    const { sessionId } = other;
    const asMallory = { as: customer(mallory.account.id) };
    await bench.demand('closeSession', { accountId: mallory.account.id, sessionId }, asMallory);
    await bench.demand('refreshSession', other, asGuest);
    await bench.demand('closeSession', { accountId, sessionId }, asEve);
    expect(await bench.refusal('refreshSession', other, asGuest)).toEqual({
      code: 'SESSION_INVALID',
      reason: 'ENDED',
    });
    await bench.demand('refreshSession', session, asGuest);
  });

  it('are all closed by a log-out everywhere', async () => {
    const { bench, session, accountId, asEve } = await open();
    const other = await bench.demand('logIn', eve, asGuest);
    await bench.demand('logOutEverywhere', { accountId }, asEve);
    for (const ended of [session, other])
      expect(await bench.refusal('refreshSession', ended, asGuest)).toEqual({
        code: 'SESSION_INVALID',
        reason: 'ENDED',
      });
    await bench.demand('logIn', eve, asGuest);
  });
});
