import type { Random } from '../../platform/clock';
import { ARGON2_COST, type Argon2 } from './argon2';
import { preparedPassword } from './password-rules';

/** Hashes and verifies passwords. */
export interface Passwords {
  /** @returns argon2id in PHC form, salted. */
  hash(password: string): Promise<string>;
  /**
   * Verifies a password in any spelling. Hashes of earlier versions are of the password as typed. `undefined` (no
   * account) takes as long as a wrong password, so that the duration discloses nothing.
   */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
}

/** Runs argon2. @throws Fault `OVERLOADED` if too many passwords wait. */
export type PasswordHasher = {
  readonly [Name in keyof Argon2]: (
    request: Parameters<Argon2[Name]>[0],
  ) => Promise<ReturnType<Argon2[Name]>>;
};

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Returns a hash of no password, which costs as much to verify as a real one, and nothing to make. */
const nobodysHash = (random: Random): string => {
  const { memoryCost, timeCost, parallelism } = ARGON2_COST;
  const [salt, hashed] = [SALT_BYTES, HASH_BYTES].map((length) =>
    Buffer.from(random.bytes(length)).toString('base64').replace(/=+$/, ''),
  );
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${hashed}`;
};

/** @throws Fault `OVERLOADED` from both calls if too many wait. */
export const createPasswords = (random: Random, hasher: PasswordHasher): Passwords => {
  const nobodys = nobodysHash(random);

  return {
    hash: (password) => hasher.hash({ password: preparedPassword(password), salt: random.bytes(SALT_BYTES) }),
    matches: async (password, known) => {
      const passwordHash = known ?? nobodys;
      const prepared = preparedPassword(password);
      const same =
        (await hasher.verify({ password: prepared, passwordHash })) ||
        (prepared !== password && (await hasher.verify({ password, passwordHash })));
      return same && known !== undefined;
    },
  };
};
