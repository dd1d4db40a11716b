import { hash } from '@node-rs/argon2';
import { realRandom } from '../../platform/clock';
import { argon2 } from './argon2';
import { createPasswords } from './passwords';

/** Hashes in the thread of the test. */
const passwords = createPasswords(realRandom, {
  hash: async (request) => argon2.hash(request),
  verify: async (request) => argon2.verify(request),
});

describe('passwords', () => {
  it('are hashed with argon2id at the cost that is recommended, salted each time', async () => {
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches('correct horse', one)).toBe(true);
    expect(await passwords.matches('incorrect horse', one)).toBe(false);
  });

  it('never match the hash of a missing account, after the same work', async () => {
    expect(await passwords.matches('correct horse', undefined)).toBe(false);
  });

  it('are the same in every spelling, composed or decomposed, with whichever blank', async () => {
    const hash = await passwords.hash('caf\u00e9 au lait');
    expect(await passwords.matches('cafe\u0301\u00a0au\u2003lait', hash)).toBe(true);
    expect(await passwords.matches('cafe au lait', hash)).toBe(false);
  });

  it('match a hash of an earlier version as they were typed', async () => {
    const typed = 'cafe\u0301\u00a0au lait';
    const former = await hash(typed, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await passwords.matches(typed, former)).toBe(true);
    expect(await passwords.matches(typed.normalize('NFC'), former)).toBe(false);
  });
});
