import type { Document, Scalar } from '../read-models';

/** Returns a document's value at a dot path; absent and null are the same. */
export const valueAt = (document: Document, path: string): unknown => {
  let value: unknown = document;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? null;
};

/** Returns the value of a field that sorts; a value that is no scalar counts as null. */
export const scalarAt = (document: Document, path: string): Scalar => {
  const value = valueAt(document, path);
  return typeof value === 'object' ? null : (value as Scalar);
};

export const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

const rank = (value: Scalar): number => (value === null ? 0 : typeof value === 'string' ? 2 : 1);

/**
 * Compares values as every engine sorts them: null, then numbers (false and true as 0 and 1), then text by its code
 * points.
 */
export const compareScalars = (left: Scalar, right: Scalar): number => {
  if (typeof left === 'string' && typeof right === 'string')
    return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
  const ranks = rank(left) - rank(right);
  return ranks === 0 ? Number(left) - Number(right) : ranks;
};
