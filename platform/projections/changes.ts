/** A change of one field. `path`: such as `status`, `lines[0].quantity`. `before`, `after` undefined: the field was not there. */
export type FieldChange = {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
};

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const collect = (value: unknown, path: string, leaves: Map<string, unknown>): void => {
  if (!isBranch(value)) {
    if (value !== undefined) leaves.set(path, value);
    return;
  }
  for (const [name, part] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${name}]` : path === '' ? name : `.${name}`;
    collect(part, `${path}${step}`, leaves);
  }
};

/** Returns the fields of a document by their paths, in the document's order. */
export const fieldsOf = (document: object | undefined): ReadonlyMap<string, unknown> => {
  const leaves = new Map<string, unknown>();
  if (document !== undefined) collect(document, '', leaves);
  return leaves;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Returns what differs between two documents, field by field. */
export const changesBetween = (
  before: object | undefined,
  after: object | undefined,
): readonly FieldChange[] => {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const paths = [...new Set([...now.keys(), ...old.keys()])];
  return paths
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => !isSame(change.before, change.after));
};

/** Tests whether a path is the field, or lies in it: `shipments` has `shipments[0].status`. */
export const isWithin = (path: string, field: string): boolean =>
  path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
