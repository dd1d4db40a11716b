import type { Instant } from '../../domain/kernel';
import type { PersonKeys } from './person-keys';

const FOUND_AT_ONCE = 1_000;

/** A person whose data was erased. */
export type ErasedPerson = { readonly person: string; readonly at: Instant };

/**
 * Destroys the keys of persons who were erased, where a store of keys still has them: one that was restored from a copy that is
 * older than the erasure.
 *
 * @returns the number of keys that it destroyed.
 */
export const destroyErasedKeys = async (
  keys: Pick<PersonKeys, 'find' | 'destroy'>,
  erased: AsyncIterable<ErasedPerson>,
): Promise<number> => {
  let destroyed = 0;
  let group: ErasedPerson[] = [];
  const destroyGroup = async (): Promise<void> => {
    const found = await keys.find(group.map(({ person }) => person));
    for (const { person, at } of group) {
      if (found.get(person) === 'destroyed') continue;
      await keys.destroy(person, at);
      destroyed += 1;
    }
    group = [];
  };
  for await (const one of erased) {
    group.push(one);
    if (group.length === FOUND_AT_ONCE) await destroyGroup();
  }
  await destroyGroup();
  return destroyed;
};
