import { hash } from '@node-rs/argon2';
import { realRandom } from '../../platform/clock';
import { createPasswords, passwordGate } from './passwords';

it.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [64, 2],
])('a machine of %i cores hashes %i passwords at once', (cores, concurrentMax) => {
  expect(passwordGate(cores)).toMatchObject({ concurrentMax });
});

describe('passwords', () => {
  it('are hashed with argon2id at the cost that is recommended, salted each time', async () => {
    const passwords = createPasswords(realRandom);
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches('correct horse', one)).toBe(true);
    expect(await passwords.matches('incorrect horse', one)).toBe(false);
  });

  it('match nobody’s hash never, after the same work', async () => {
    const passwords = createPasswords(realRandom);
    expect(await passwords.matches('correct horse', undefined)).toBe(false);
  });

  it('are the same in every spelling, composed or decomposed, with whichever blank', async () => {
    const passwords = createPasswords(realRandom);
    const hash = await passwords.hash('caf\u00e9 au lait');
    expect(await passwords.matches('cafe\u0301\u00a0au\u2003lait', hash)).toBe(true);
    expect(await passwords.matches('cafe au lait', hash)).toBe(false);
  });

  it('match a hash of an earlier version as they were typed', async () => {
    const passwords = createPasswords(realRandom);
    const typed = 'cafe\u0301\u00a0au lait';
    const former = await hash(typed, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await passwords.matches(typed, former)).toBe(true);
    expect(await passwords.matches(typed.normalize('NFC'), former)).toBe(false);
  });

  it('of nobody are checked again once a crowd is gone', async () => {
    const passwords = createPasswords(realRandom, { concurrentMax: 1, waitingMax: 0 });
    const crowd = passwords.hash('correct horse');
    await expect(passwords.matches('a guess', undefined)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await crowd;
    expect(await passwords.matches('a guess', undefined)).toBe(false);
  });

  it('are hashed by a few at a time, and refused when too many wait', async () => {
    const passwords = createPasswords(realRandom, { concurrentMax: 1, waitingMax: 1 });
    const settled = await Promise.allSettled(['a', 'b', 'c'].map((password) => passwords.hash(password)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(settled[2]).toMatchObject({ reason: { code: 'OVERLOADED' } });
  });
});
