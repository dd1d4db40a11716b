/** The path of a text that cannot be stored, and its problem, in words for the sender. */
export type IllFormedText = { readonly path: readonly string[]; readonly problem: string };

const NUL = '\0';
// With the flag `u`, a pair of surrogates is one character and does not match: only half of one does.
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

const problemOf = (text: string): string | undefined => {
  if (text.includes(NUL)) return 'holds a NUL character';
  return LONE_SURROGATE.test(text) ? 'holds half of a surrogate pair, which is no character' : undefined;
};

/**
 * Finds the first text in a JSON value, keys included, that is not well-formed Unicode or contains NUL. Engines store
 * such text differently: one keeps it, one replaces a character, one refuses it.
 */
export const illFormedTextIn = (value: unknown): IllFormedText | undefined => {
  if (typeof value === 'string') {
    const problem = problemOf(value);
    return problem === undefined ? undefined : { path: [], problem };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const problem = problemOf(key);
    if (problem !== undefined) return { path: [], problem: `has a name that ${problem}` };
    const found = illFormedTextIn(inner);
    if (found) return { ...found, path: [key, ...found.path] };
  }
  return undefined;
};

/** Returns the JSON value with U+FFFD in place of each half of a surrogate pair; the same value if there is none. */
export const wellFormed = <Value>(value: Value): Value => {
  if (typeof value === 'string')
    return LONE_SURROGATE.test(value) ? (value.replace(LONE_SURROGATES, '\uFFFD') as Value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item: unknown) => wellFormed(item));
    return items.some((item, index) => item !== value[index]) ? (items as Value) : value;
  }
  const before: [string, unknown][] = Object.entries(value);
  const after = before.map(([key, item]): [string, unknown] => [wellFormed(key), wellFormed(item)]);
  const isSame = after.every(([key, item], at) => key === before[at]?.[0] && item === before[at][1]);
  return isSame ? value : (Object.fromEntries(after) as Value);
};
