import type { Instant } from './instant';

/** A field that ends in `At` is the time when the fact happened; `expiresAt` is the end of what the fact began. */
const isOwnTime = (field: string): boolean => field.endsWith('At') && field !== 'expiresAt';

/** Returns the time that a fact states in its data; undefined for a fact that states none. */
export const statedAt = (data: object): Instant | undefined => {
  for (const [field, value] of Object.entries(data))
    if (isOwnTime(field) && typeof value === 'string') return value as Instant;
  return undefined;
};
