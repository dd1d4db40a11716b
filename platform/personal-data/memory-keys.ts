import type { Random } from '../clock';
import { KEY_BYTES, type KeysByPerson, type PersonKey, type PersonKeys } from './person-keys';

/** Keys in memory, for tests. */
export const memoryPersonKeys = (random: Random): PersonKeys => {
  const keys = new Map<string, PersonKey>();
  const find = (people: readonly string[]): KeysByPerson =>
    new Map(
      people.flatMap((person) => {
        const key = keys.get(person);
        return key === undefined ? [] : [[person, key] as const];
      }),
    );
  return {
    find: (people) => Promise.resolve(find(people)),
    make: (people) => {
      for (const person of people) if (!keys.has(person)) keys.set(person, random.bytes(KEY_BYTES));
      return Promise.resolve(find(people));
    },
    destroy: (person) => {
      keys.set(person, 'destroyed');
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};
