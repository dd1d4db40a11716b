type Option = { readonly name: string; readonly values: readonly string[] };

/** The rows that a grid shows at once. */
export const GRID_ROWS_MAX = 100;

/** Names a combination of values where one text is needed. */
export const keyOfValues = (values: readonly string[]): string => JSON.stringify(values);

/** Returns the first combinations of values that no product has, in the order of the options. */
export const missingCombinations = (
  options: readonly Option[],
  taken: readonly (readonly string[])[],
  max = GRID_ROWS_MAX,
): readonly (readonly string[])[] => {
  const known = new Set(taken.map(keyOfValues));
  const found: (readonly string[])[] = [];
  const walk = (values: readonly string[]): void => {
    const option = options[values.length];
    if (option === undefined) {
      if (!known.has(keyOfValues(values))) found.push(values);
      return;
    }
    for (const value of option.values) {
      if (found.length >= max) return;
      walk([...values, value]);
    }
  };
  walk([]);
  return found;
};

/** Returns the values that are typed as one text. */
export const valuesIn = (text: string): string[] =>
  text
    .split(/[,，、]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
