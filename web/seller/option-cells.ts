/** An option of a family with all of its values, as a list of products has it in one cell. */
export type ListedOption = { readonly name: string; readonly values: readonly string[] };

/** The marks between the parts of a cell; a mark inside of a text follows a backslash. */
const escaped = (text: string): string => text.replace(/[\\:|;]/g, '\\$&');

/** Splits a text at a mark that follows no backslash, and removes the spaces around the parts. */
const split = (text: string, mark: ':' | '|' | ';'): readonly string[] => {
  const parts = [''];
  for (const piece of text.match(/\\[^]|[^]/gu) ?? []) {
    if (piece === mark) parts.push('');
    else parts.push((parts.pop() ?? '') + piece);
  }
  return parts.map((part) => part.trim());
};

const unescaped = (text: string): string => text.replace(/\\([^])/gu, '$1');

/** Writes values: `M | Navy`. */
export const valuesCell = (values: readonly string[]): string => values.map(escaped).join(' | ');

/** Reads the values of a cell. */
export const valuesIn = (cell: string): readonly string[] =>
  cell === '' ? [] : split(cell, '|').map(unescaped);

/** Writes options with their values in their order: `Size: S | M; Colour: Navy | Black`. */
export const optionsCell = (options: readonly ListedOption[]): string =>
  options.map(({ name, values }) => `${escaped(name)}: ${valuesCell(values)}`).join('; ');

/** Reads the options of a cell; undefined where it is not written in this way. */
export const optionsIn = (cell: string): readonly ListedOption[] | undefined => {
  const options = split(cell, ';').map((part) => split(part, ':'));
  if (options.some((parts) => parts.length !== 2)) return undefined;
  return options.map(([name = '', values = '']) => ({ name: unescaped(name), values: valuesIn(values) }));
};
