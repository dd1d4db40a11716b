import { createHmac } from 'node:crypto';
import type { PersonKeys } from '../../../platform/personal-data';

/** The keys that sealed the golden streams: each is derived from its person, so that no file has to hold it. */
export const goldenKeys: Pick<PersonKeys, 'find'> = {
  find: (people) =>
    Promise.resolve(
      new Map(people.map((person) => [person, createHmac('sha256', 'golden').update(person).digest()])),
    ),
};
