/** A map of at most `sizeMax` entries; those that were not used for longest go first, half of them at a time. */
export type BoundedCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
};

/**
 * Two generations instead of an order of use: a hit costs one look-up, and what was not asked for during a whole
 * generation is dropped with it.
 */
export const createBoundedCache = <Value>(sizeMax: number): BoundedCache<Value> => {
  const generationMax = Math.max(1, Math.floor(sizeMax / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  const set = (key: string, value: Value): void => {
    if (young.size >= generationMax) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };

  return {
    set,
    get: (key) => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const aged = old.get(key);
      if (aged !== undefined) set(key, aged);
      return aged;
    },
  };
};
