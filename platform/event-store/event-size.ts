import type { NewEvent } from './event-store';

const DEPTH_MAX = 32;
/** The most characters of a number, a boolean or null, with a comma. */
const SCALAR = 26;

/** Returns an upper bound of a value's characters in JSON, or infinity if only writing it shows. */
const charactersOf = (value: unknown, depth = 0): number => {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return SCALAR;
  if (depth === DEPTH_MAX || 'toJSON' in value) return Number.POSITIVE_INFINITY;
  let sum = 3;
  // Not by entries: this runs for every event, and `in` allocates nothing.
  for (const key in value)
    sum += key.length + 3 + charactersOf((value as Record<string, unknown>)[key], depth + 1);
  return sum;
};

/** Returns an upper bound of the characters of an event's data and metadata in JSON, or infinity if only writing it shows. */
export const charactersOfEvent = ({ data, metadata }: Pick<NewEvent, 'data' | 'metadata'>): number =>
  charactersOf(data) + charactersOf(metadata);
