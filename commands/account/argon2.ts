import { hashSync, verifySync } from '@node-rs/argon2';

// OWASP's first recommendation for argon2id, which is the library's default algorithm.
export const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The calls of the process that hashes passwords. Each takes some tens of milliseconds of a core and 19 MiB, by design. */
export const argon2 = {
  /** Returns argon2id in PHC form. */
  hash: ({ password, salt }: { readonly password: string; readonly salt: Uint8Array }): string =>
    hashSync(password, { ...ARGON2_COST, salt }),
  verify: ({
    password,
    passwordHash,
  }: {
    readonly password: string;
    readonly passwordHash: string;
  }): boolean => verifySync(passwordHash, password),
};

export type Argon2 = typeof argon2;
