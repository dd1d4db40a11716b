import { account } from '../../domain/account';
import type { AccountId, Instant } from '../../domain/kernel';
import type { Principal } from '../../platform/execution';
import { formerAccountId, keyedAccountId } from '../../platform/ids';
import { createOrderBench, system } from '../../tests/support/commands/order-fixture';

const as = { as: { kind: 'customer', id: 'anonymous', roles: [] } satisfies Principal };
const eve = { email: 'eve@example.org', password: 'correct horse', name: 'Eve' };
const at = '2026-11-02T09:00:00.000Z' as Instant;

type Bench = ReturnType<typeof createOrderBench>;

/** Registers an account as versions did that derived its id from the address alone. */
const registerAsBefore = async (bench: Bench, email: string): Promise<AccountId> => {
  const accountId = formerAccountId(email);
  const { name, password } = eve;
  const command = { accountId, email, name, passwordHash: `0:${password}`, roles: ['customer'], at } as const;
  const context = { commandId: accountId, correlationId: 'c', principal: system };
  const { aggregates } = bench.life();
  await bench.clock.drive(
    aggregates.of(account).execute(accountId, { type: 'RegisterAccount', ...command }, context),
  );
  return accountId;
};

const keyOf = async (bench: Bench): Promise<string> => {
  const made = (await bench.events()).find(({ type }) => type === 'InstallationKeyMade');
  return (made?.data as { secret: string }).secret;
};

describe('the id of an account', () => {
  it('cannot be derived from the e-mail address without the key of the installation', async () => {
    const bench = createOrderBench();
    const { id } = (await bench.demand('signUp', eve, as)).account;
    expect(id).not.toBe(formerAccountId(eve.email));
    expect(id).toBe(keyedAccountId(await keyOf(bench), eve.email));
    expect(id).not.toBe(keyedAccountId('another key', eve.email));
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('is the same for every process and every life of one, by one key', async () => {
    const bench = createOrderBench();
    const [one, other] = [bench.life(), bench.live()];
    const provision = { email: eve.email, name: 'Eve', roles: [] };
    const context = (commandId: string) => ({ commandId, correlationId: 'c', principal: system });
    const outcomes = await bench.clock.drive(
      Promise.all([
        one.useCases.provisionAccount(provision, context('018f4f6e-7c1e-7000-8000-000000000001')),
        other.useCases.provisionAccount(provision, context('018f4f6e-7c1e-7000-8000-000000000002')),
      ]),
    );
    const [first, second] = outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.value.accountId);
    expect(first).toBe(second);
    expect(await bench.count('InstallationKeyMade')).toBe(1);
    bench.restart();
    expect(await bench.demand('provisionAccount', provision)).toEqual({ accountId: first });
    expect(await bench.count('AccountRegistered')).toBe(1);
  });

  it('stays what it was for an account of an earlier version', async () => {
    const bench = createOrderBench();
    const accountId = await registerAsBefore(bench, eve.email);
    expect((await bench.demand('logIn', eve, as)).account.id).toBe(accountId);
    expect(await bench.refusal('signUp', eve, as)).toEqual({ code: 'EMAIL_TAKEN' });
    const promoted = { email: eve.email, name: 'Eve', roles: ['seller'] as const };
    expect(await bench.demand('provisionAccount', promoted)).toEqual({ accountId });
    expect(await bench.demand('grantRole', { email: eve.email, role: 'staff' })).toEqual({ accountId });
  });
});

describe('an e-mail address', () => {
  const [composed, decomposed] = ['zo\u00e9@example.org', 'zoe\u0301@example.org'];

  it('is one, whichever way its letters are composed', async () => {
    const bench = createOrderBench();
    const { account: made } = await bench.demand('signUp', { ...eve, email: decomposed }, as);
    expect(made.email).toBe(composed);
    expect(await bench.refusal('signUp', { ...eve, email: composed }, as)).toEqual({ code: 'EMAIL_TAKEN' });
    for (const email of [composed, decomposed])
      expect((await bench.demand('logIn', { ...eve, email }, as)).account.id).toBe(made.id);
  });

  it('finds the account that an earlier version made of decomposed letters', async () => {
    const bench = createOrderBench();
    const accountId = await registerAsBefore(bench, decomposed);
    for (const email of [composed, decomposed])
      expect((await bench.demand('logIn', { ...eve, email }, as)).account.id).toBe(accountId);
  });

  it.each(['\u200b', '\u200d', '\u2060', '\u202e', '\u00ad', '\u3164', '\u2800', '\u0007', '\u00a0'])(
    'with the invisible letter %j is refused',
    async (letter) => {
      const bench = createOrderBench();
      const hidden = { ...eve, email: `e${letter}ve@example.org` };
      expect(await bench.refusal('signUp', hidden, as)).toEqual({ code: 'EMAIL_INVALID' });
      expect(await bench.refusal('logIn', hidden, as)).toEqual({ code: 'CREDENTIALS_WRONG' });
    },
  );
});
