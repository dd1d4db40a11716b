import { createHash } from 'node:crypto';
import type { PersonKey, PersonKeys } from './person-keys';

/**
 * The entry of a store of keys that identifies it. It is made and kept like the key of a person, so each copy of the keys has it; no
 * person has this id, and it seals nothing.
 */
const ENTRY = 'key-store';

const idOf = (key: PersonKey | undefined): string | undefined =>
  key === undefined || key === 'destroyed' ? undefined : createHash('sha256').update(key).digest('base64url');

/** Returns the id of a store of keys; undefined for one that has none yet. */
export const keyStoreId = async (keys: Pick<PersonKeys, 'find'>): Promise<string | undefined> =>
  idOf((await keys.find([ENTRY])).get(ENTRY));

/** Returns the id of a store of keys, and makes it if there is none. It is durable before the answer. */
export const makeKeyStoreId = async (keys: Pick<PersonKeys, 'make'>): Promise<string | undefined> =>
  idOf((await keys.make([ENTRY])).get(ENTRY));
