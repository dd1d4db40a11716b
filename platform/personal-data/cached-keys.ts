import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';
import { atMostEntries } from '../lru';
import type { KeysByPerson, PersonKey, PersonKeys } from './person-keys';

/** A key ready for use. `fingerprint` names it in what it sealed. */
export type UsableKey = { readonly secret: KeyObject; readonly fingerprint: Buffer };

/** The key of a person; `none` where the person never had one. */
export type KnownKey = UsableKey | 'destroyed' | 'none';

export const FINGERPRINT_BYTES = 8;

/** The persons whose keys are kept in memory: about 1 KiB each. */
const KEPT_MAX = 20_000;
/** Another process may destroy a key. This one notices it after this time. */
const KEPT_MS = 60_000;
/** lru-cache returns an entry up to its time, and the millisecond after it. */
const TTL_MS = KEPT_MS - 1;
const FOUND_AT_ONCE = 1_000;

const usable = (key: PersonKey): KnownKey =>
  key === 'destroyed'
    ? key
    : {
        secret: createSecretKey(key),
        fingerprint: createHash('sha256').update(key).digest().subarray(0, FINGERPRINT_BYTES),
      };

export type KeyCache = {
  /** Returns the key if it is in memory. */
  readonly known: (person: string) => KnownKey | undefined;
  /** Takes the keys of these persons into memory, and looks again for those of which there was none. */
  readonly load: (people: Iterable<string>) => Promise<ReadonlyMap<string, KnownKey>>;
  /** The same, and makes those that are missing. */
  readonly make: (people: Iterable<string>) => Promise<ReadonlyMap<string, KnownKey>>;
  /** Forgets the key, so that the next use reads it from its store. */
  readonly forget: (person: string) => void;
};

/** Keeps keys in memory, a bounded number for a bounded time. */
export const keyCache = (
  keys: Pick<PersonKeys, 'find'> & Partial<Pick<PersonKeys, 'make'>>,
  clock: Pick<Clock, 'monotonicMs'>,
): KeyCache => {
  const kept = new LRUCache<string, { readonly key: KnownKey }>({
    ...atMostEntries(KEPT_MAX),
    ttl: TTL_MS,
    ttlResolution: 0,
    // To lru-cache an entry of time 0 has no time.
    perf: { now: () => clock.monotonicMs() + 1 },
  });

  // A destroyed key stays destroyed, so it has no time.
  const keep = (person: string, key: KnownKey): void =>
    void kept.set(person, { key }, { ttl: key === 'destroyed' ? 0 : TTL_MS });

  const known = (person: string): KnownKey | undefined => kept.get(person)?.key;

  const through = async (
    people: Iterable<string>,
    call: (missing: readonly string[]) => Promise<KeysByPerson>,
  ): Promise<ReadonlyMap<string, KnownKey>> => {
    const result = new Map<string, KnownKey>();
    const missing: string[] = [];
    for (const person of new Set(people)) {
      const key = known(person);
      if (key === undefined || key === 'none') missing.push(person);
      else result.set(person, key);
    }
    for (let from = 0; from < missing.length; from += FOUND_AT_ONCE) {
      const group = missing.slice(from, from + FOUND_AT_ONCE);
      const found = await call(group);
      for (const person of group) {
        const key = found.get(person);
        const value = key === undefined ? 'none' : usable(key);
        keep(person, value);
        result.set(person, value);
      }
    }
    return result;
  };

  return {
    known,
    load: (people) => through(people, (missing) => keys.find(missing)),
    make: (people) =>
      through(people, (missing) => {
        if (keys.make === undefined) throw new Error('These keys are only read');
        return keys.make(missing);
      }),
    forget: (person) => void kept.delete(person),
  };
};
