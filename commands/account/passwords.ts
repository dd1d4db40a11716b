import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { Random } from '../../platform/clock';
import { preparedPassword } from './password-rules';
import { createGate, type GateLimits } from '../../platform/concurrency';

/** Hashes and verifies passwords; each takes some tens of milliseconds of a core and 19 MiB, by design. */
export interface Passwords {
  /** @returns argon2id in PHC form, salted. */
  hash(password: string): Promise<string>;
  /**
   * Verifies a password in any spelling. Hashes of earlier versions are of the password as typed. `undefined` (no
   * account) takes as long as a wrong password, so that the duration discloses nothing.
   */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
}

// OWASP's first recommendation for argon2id, which is the library's default algorithm.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const AT_ONCE_MAX = 2;
const WAITING_MAX = 100;

/** Returns how many passwords a machine hashes at once. One core is left to all other requests where there are several. */
export const passwordGate = (cores: number): GateLimits => ({
  concurrentMax: Math.max(1, Math.min(AT_ONCE_MAX, cores - 1)),
  waitingMax: WAITING_MAX,
});

/** Returns a hash of no password, which costs as much to verify as a real one, and nothing to make. */
const nobodysHash = (random: Random): string => {
  const { memoryCost, timeCost, parallelism } = COST;
  const [salt, hashed] = [SALT_BYTES, HASH_BYTES].map((length) =>
    Buffer.from(random.bytes(length)).toString('base64').replace(/=+$/, ''),
  );
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${hashed}`;
};

/** @throws Fault `OVERLOADED` from both calls if too many wait. */
export const createPasswords = (
  random: Random,
  limits: GateLimits = passwordGate(availableParallelism()),
): Passwords => {
  const gate = createGate('password hashing', limits);
  const hashOf = (password: string): Promise<string> =>
    gate.run(() => hash(preparedPassword(password), { ...COST, salt: random.bytes(SALT_BYTES) }));
  const nobodys = nobodysHash(random);

  return {
    hash: hashOf,
    matches: async (password, passwordHash) => {
      const prepared = preparedPassword(password);
      const verifies = (text: string): Promise<boolean> =>
        gate.run(() => verify(passwordHash ?? nobodys, text));
      const same = (await verifies(prepared)) || (prepared !== password && (await verifies(password)));
      return same && passwordHash !== undefined;
    },
  };
};
