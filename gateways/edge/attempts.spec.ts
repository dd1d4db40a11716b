import type { Outcome } from '../../commands/port';
import { Fault } from '../../platform/faults';
import { createVirtualClock } from '../../tests/support/virtual-clock';
import { createAttempts } from './attempts';
import { defaultLimits } from './limits';

const open = () => {
  const clock = createVirtualClock();
  const limits = { ...defaultLimits, credentialsRate: { perSecond: 1, burst: 1_000, clientsMax: 10 } };
  const attempts = createAttempts(limits, clock);
  const wrong: Outcome<object> = { kind: 'rejected', rejection: { code: 'CREDENTIALS_WRONG' } };
  const guess = (sender: string, address = 'here') =>
    attempts.make({ address, sender }, () => Promise.resolve(wrong));
  const guessOften = async (times: number, senderOf: (time: number) => string) => {
    for (let time = 0; time < times; time += 1) expect(await guess(senderOf(time))).toBe(wrong);
  };
  return { clock, attempts, wrong, guess, guessOften };
};

const wait = (retryAfterSeconds: number) => ({ extensions: { code: 'RATE_LIMITED', retryAfterSeconds } });

describe('wrong attempts', () => {
  it('for one account are ten at once, and then one in half a minute, from wherever', async () => {
    const { clock, wrong, guess, guessOften } = open();
    await guessOften(10, () => 'ada');
    await expect(guess('ada', 'elsewhere')).rejects.toMatchObject(wait(30));
    expect(await guess('eve')).toBe(wrong);
    await clock.advance(29_000);
    await expect(guess('ada')).rejects.toMatchObject(wait(1));
    await clock.advance(1_000);
    expect(await guess('ada')).toBe(wrong);
    await expect(guess('ada')).rejects.toMatchObject(wait(30));
  });

  it('from one address are a hundred at once, and then one in five seconds, for whomever', async () => {
    const { clock, wrong, guess, guessOften } = open();
    await guessOften(100, (time) => `account ${time}`);
    await expect(guess('ada')).rejects.toMatchObject(wait(5));
    expect(await guess('ada', 'elsewhere')).toBe(wrong);
    await clock.advance(5_000);
    expect(await guess('ada')).toBe(wrong);
  });

  it('from an address that may try no more cost nobody anything', async () => {
    const { wrong, guess, guessOften } = open();
    await guessOften(100, (time) => `account ${time}`);
    for (let time = 0; time < 20; time += 1) await expect(guess('ada')).rejects.toMatchObject(wait(5));
    expect(await guess('ada', 'elsewhere')).toBe(wrong);
  });
});

it('who is right, and whoever meets a fault, may come as often as they like', async () => {
  const { attempts, wrong, guess, guessOften } = open();
  const attempt = { address: 'here', sender: 'ada' };
  await guessOften(9, () => 'ada');
  const accepted: Outcome<object> = { kind: 'accepted', value: {} };
  for (let time = 0; time < 200; time += 1)
    expect(await attempts.make(attempt, () => Promise.resolve(accepted))).toBe(accepted);
  const full = new Fault('OVERLOADED', 'full');
  for (let time = 0; time < 200; time += 1)
    await expect(attempts.make(attempt, () => Promise.reject(full))).rejects.toBe(full);
  expect(await guess('ada')).toBe(wrong);
  await expect(guess('ada')).rejects.toMatchObject(wait(30));
});
