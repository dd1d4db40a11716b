import { LRUCache } from 'lru-cache';
import { atMostEntries } from '.';

it('keeps the entries that were used last, up to the number', () => {
  const cache = new LRUCache<string, string>(atMostEntries(2));
  for (const key of ['a', 'b']) cache.set(key, key);
  cache.get('a');
  cache.set('c', 'c');
  expect([...cache.keys()].toSorted()).toEqual(['a', 'c']);
});
