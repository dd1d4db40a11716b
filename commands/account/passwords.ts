import { hash, verify } from '@node-rs/argon2';
import type { Random } from '../../platform/clock';
import { createGate, type GateLimits } from '../execution/gate';

/** Hashes and checks passwords; each takes some tens of milliseconds of a core and 19 MiB, by intent. */
export interface Passwords {
  /** @returns argon2id in PHC form, salted. */
  hash(password: string): Promise<string>;
  /** Takes as long for `undefined` (nobody's hash) as for a wrong password, so that the time tells nothing. */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
}

// OWASP's first recommendation for argon2id, which is the library's default algorithm.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SALT_BYTES = 16;

/** A crowd that logs in at once waits its turn; it does not take the memory and the cores of everyone else. */
const GATE: GateLimits = { concurrentMax: 2, waitingMax: 100 };

/** @throws Fault `OVERLOADED` from both calls when too many wait. */
export const createPasswords = (random: Random, limits: GateLimits = GATE): Passwords => {
  const gate = createGate('password hashing', limits);
  const hashOf = (password: string): Promise<string> =>
    gate.run(() => hash(password, { ...COST, salt: random.bytes(SALT_BYTES) }));
  let nobodys: Promise<string> | undefined;

  return {
    hash: hashOf,
    matches: async (password, passwordHash) => {
      nobodys ??= hashOf(Buffer.from(random.bytes(32)).toString('base64url'));
      const against = passwordHash ?? (await nobodys);
      const same = await gate.run(() => verify(against, password));
      return same && passwordHash !== undefined;
    },
  };
};
