import type { Instant } from '../../domain/kernel';

/** The bytes of a key of AES-256. */
export const KEY_BYTES = 32;

/** The key of a person; `destroyed` once the person's data was erased. */
export type PersonKey = Uint8Array | 'destroyed';

/** By the id of the person. */
export type KeysByPerson = ReadonlyMap<string, PersonKey>;

/**
 * The keys that seal personal data: one for each person, in a place of its own outside of the event log. Every engine passes
 * tests/contract/person-keys.contract.ts.
 */
export interface PersonKeys {
  /** Returns the keys of these persons. A person who never had one is absent. At most 1,000 persons. */
  find(people: readonly string[]): Promise<KeysByPerson>;

  /**
   * Returns the keys of these persons. A person without a key gets one, which is durable before the answer; of two simultaneous
   * calls one makes it and both return it. A destroyed key is never replaced.
   */
  make(people: readonly string[]): Promise<KeysByPerson>;

  /** Destroys the key for good, durably, and remembers that it did. Nothing happens where it was destroyed before. */
  destroy(person: string, at: Instant): Promise<void>;

  close(): Promise<void>;
}
