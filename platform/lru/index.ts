/**
 * Options that limit a cache of `lru-cache` to a number of entries, and let it grow as it fills. The library's own `max` fills
 * arrays of that length when the cache is made: some 300 KB and 0.3 ms for 10 000 entries.
 */
export const atMostEntries = (entriesMax: number) =>
  ({ maxSize: entriesMax, sizeCalculation: () => 1 }) as const;
