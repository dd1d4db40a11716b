import type { Outcome } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import { Fault } from '../../../platform/faults';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createAttempts, type Attempt } from './login-throttle';
import { defaultLimits } from '../operations/limits';

const rejectedWith = (rejection: Rejection): Outcome<object> => ({ kind: 'rejected', rejection });
const wrong = rejectedWith({ code: 'CREDENTIALS_WRONG' });
const accepted: Outcome<object> = { kind: 'accepted', value: {} };

const open = () => {
  const clock = createVirtualClock();
  const limits = { ...defaultLimits, credentialsRate: { perSecond: 1, burst: 1_000, clientsMax: 10 } };
  const attempts = createAttempts(limits, clock);
  const answered = (attempt: Partial<Attempt>, outcome: Outcome<object>) =>
    attempts.make({ kind: 'logIn', address: 'here', sender: 'ada', ...attempt }, () =>
      Promise.resolve(outcome),
    );
  const guess = (attempt: Partial<Attempt> = {}) => answered(attempt, wrong);
  const guessOften = async (times: number, attemptOf: (time: number) => Partial<Attempt> = () => ({})) => {
    for (let time = 0; time < times; time += 1) expect(await guess(attemptOf(time))).toBe(wrong);
  };
  return { clock, attempts, answered, guess, guessOften };
};

const wait = (retryAfterSeconds: number) => ({ extensions: { code: 'RATE_LIMITED', retryAfterSeconds } });

describe('wrong attempts', () => {
  it('for one account are ten at once, and then one in half a minute, from wherever', async () => {
    const { clock, guess, guessOften } = open();
    await guessOften(10);
    await expect(guess({ address: 'elsewhere' })).rejects.toMatchObject(wait(30));
    expect(await guess({ sender: 'eve' })).toBe(wrong);
    await clock.advance(29_000);
    await expect(guess()).rejects.toMatchObject(wait(1));
    await clock.advance(1_000);
    expect(await guess()).toBe(wrong);
    await expect(guess()).rejects.toMatchObject(wait(30));
  });

  it('from one address are a hundred at once, and then one in five seconds, for whomever', async () => {
    const { clock, guess, guessOften } = open();
    await guessOften(100, (time) => ({ sender: `account ${time}` }));
    await expect(guess()).rejects.toMatchObject(wait(5));
    expect(await guess({ address: 'elsewhere' })).toBe(wrong);
    await clock.advance(5_000);
    expect(await guess()).toBe(wrong);
  });

  it('from an address that may try no more take nothing from an account', async () => {
    const { guess, guessOften } = open();
    await guessOften(100, (time) => ({ sender: `account ${time}` }));
    for (let time = 0; time < 20; time += 1) await expect(guess()).rejects.toMatchObject(wait(5));
    expect(await guess({ address: 'elsewhere' })).toBe(wrong);
  });

  it('for an account that takes no more take nothing from an address', async () => {
    const { guess, guessOften } = open();
    await guessOften(10);
    for (let time = 0; time < 200; time += 1) await expect(guess()).rejects.toMatchObject(wait(30));
    await guessOften(90, (time) => ({ sender: `account ${time}` }));
  });

  it('of one mutation take nothing from another', async () => {
    const { guess, guessOften } = open();
    await guessOften(10, () => ({ kind: 'signUp' }));
    await guessOften(100, (time) => ({ kind: 'refreshSession', sender: `token ${time}` }));
    expect(await guess()).toBe(wrong);
  });
});

describe('a person that others try to lock out', () => {
  it('still logs in on a device that has logged in before, also behind the address of the others', async () => {
    const { guess, guessOften, answered } = open();
    await guessOften(10);
    await guessOften(90, (time) => ({ sender: `account ${time}` }));
    await expect(guess()).rejects.toMatchObject(wait(5));
    expect(await answered({ device: 'phone' }, accepted)).toBe(accepted);
  });

  it('still logs in from an address from which they logged in before', async () => {
    const { guess, guessOften, answered } = open();
    await answered({ address: 'home' }, accepted);
    await guessOften(10);
    await expect(guess()).rejects.toMatchObject(wait(30));
    expect(await answered({ address: 'home' }, accepted)).toBe(accepted);
    await expect(guess({ sender: 'eve', address: 'home' })).resolves.toBe(wrong);
  });

  it.each([{ device: 'phone' }, { address: 'home' }])(
    'has no more attempts by %j than ten',
    async (known) => {
      const { guess, guessOften, answered } = open();
      await answered(known, accepted);
      await guessOften(10, () => known);
      await expect(guess(known)).rejects.toMatchObject(wait(30));
      expect(await guess()).toBe(wrong);
    },
  );

  it('is not known by a session that was refreshed, for that proves no password', async () => {
    const { guess, guessOften, answered } = open();
    await answered({ kind: 'refreshSession', address: 'elsewhere' }, accepted);
    await guessOften(10);
    await expect(guess({ address: 'elsewhere' })).rejects.toMatchObject(wait(30));
  });
});

it.each<Rejection>([
  { code: 'PASSWORD_TOO_SHORT', min: 8 },
  { code: 'NAME_EMPTY' },
  { code: 'EMAIL_INVALID' },
])('a refusal of %j is no wrong attempt', async (rejection) => {
  const { answered } = open();
  const refused = rejectedWith(rejection);
  for (let time = 0; time < 200; time += 1) expect(await answered({ kind: 'signUp' }, refused)).toBe(refused);
});

it.each<Rejection>([
  { code: 'EMAIL_TAKEN' },
  { code: 'SESSION_INVALID', reason: 'UNKNOWN' },
  { code: 'LINK_INVALID' },
])('a refusal of %j is a wrong attempt', async (rejection) => {
  const { answered } = open();
  for (let time = 0; time < 10; time += 1) await answered({}, rejectedWith(rejection));
  await expect(answered({}, rejectedWith(rejection))).rejects.toMatchObject(wait(30));
});

it('a request for an e-mail counts like a wrong attempt, because it sends one', async () => {
  const { answered } = open();
  const request = { kind: 'requestPasswordReset' };
  for (let time = 0; time < 10; time += 1) await answered(request, accepted);
  await expect(answered(request, accepted)).rejects.toMatchObject(wait(30));
});

it('attempts that are right, or meet a fault, may be made as often as wanted', async () => {
  const { attempts, guess, guessOften, answered } = open();
  const attempt = { kind: 'logIn', address: 'here', sender: 'eve' };
  await guessOften(9);
  for (let time = 0; time < 200; time += 1)
    expect(await answered({ sender: 'eve' }, accepted)).toBe(accepted);
  const full = new Fault('OVERLOADED', 'full');
  for (let time = 0; time < 200; time += 1)
    await expect(attempts.make(attempt, () => Promise.reject(full))).rejects.toBe(full);
  expect(await guess()).toBe(wrong);
  await expect(guess()).rejects.toMatchObject(wait(30));
});
