import { isDeepStrictEqual } from 'node:util';

/** A field whose values differ. `undefined`: the document, or the field, is absent. */
export type FieldDifference = {
  /** Dots lead to inner fields: `lines.0.quantity`. Empty for the whole document. */
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const differencesAt = (path: string, actual: unknown, expected: unknown): readonly FieldDifference[] => {
  if (isDeepStrictEqual(actual, expected)) return [];
  if (!isObject(actual) || !isObject(expected)) return [{ path, actual, expected }];
  const names = [...new Set([...Object.keys(actual), ...Object.keys(expected)])];
  return names.flatMap((name) =>
    differencesAt(path === '' ? name : `${path}.${name}`, actual[name], expected[name]),
  );
};

/** Returns the innermost fields in which two documents differ, in the order of their fields. */
export const fieldDifferences = (
  actual: object | undefined,
  expected: object | undefined,
): readonly FieldDifference[] => differencesAt('', actual, expected);
