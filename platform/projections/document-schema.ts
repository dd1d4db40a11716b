import { z } from 'zod';

/** The JSON schema that zod derives from a field. `kind` and `form` are ours: see the fields that read models share. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly form?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
};

/** The bounds that zod gives every whole number. They say nothing about the field. */
const boundsOfWhole: ReadonlySet<unknown> = new Set([
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
  -(2 ** 31),
  2 ** 31 - 1,
]);

/** Keywords that engines, or our own code, have no use for. */
const dropped: ReadonlySet<string> = new Set(['$schema', 'anyOf', 'kind', 'form']);

const isDropped = (keyword: string, value: unknown): boolean =>
  dropped.has(keyword) ||
  value === undefined ||
  ((keyword === 'minimum' || keyword === 'maximum') && boundsOfWhole.has(value));

/** Returns the one type of a field besides null, with its description. */
const valueOf = (schema: Schema): { readonly value: Schema; readonly isNullable: boolean } => {
  const { anyOf, type, ...rest } = schema;
  const options =
    anyOf ?? (Array.isArray(type) ? (type as string[]).map((one) => ({ type: one })) : undefined);
  if (options === undefined) return { value: schema, isNullable: false };
  const [value, ...others] = options.filter((option) => option.type !== 'null');
  if (value === undefined || others.length > 0)
    throw new Error('A field is of one type, or null: no engine indexes it otherwise');
  return { value: { ...value, ...rest }, isNullable: true };
};

const withNull = ({ type, enum: values, ...rest }: Schema): object => ({
  ...rest,
  type: [type, 'null'],
  ...(values && { enum: [...values, null] }),
});

const plain = (schema: Schema): object => {
  const { value, isNullable } = valueOf(schema);
  const { description, form, items, properties } = value;
  const changed: Schema = {
    ...value,
    ...(form !== undefined && description !== undefined && { description: `${description} ${form}` }),
    ...(items && { items: plain(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, plain(one)])),
    }),
  };
  const kept = Object.fromEntries(
    Object.entries(changed).filter(([keyword, each]) => !isDropped(keyword, each)),
  );
  return isNullable ? withNull(kept) : kept;
};

/**
 * Returns the JSON Schema of a document in the words that every engine knows: `type` (a list where null is allowed), `enum`,
 * `items`, `properties`, `required`, `additionalProperties`.
 *
 * @throws Error for a field that is of several types.
 */
export const documentSchemaOf = (document: z.ZodType): object =>
  plain(z.toJSONSchema(document, { unrepresentable: 'any' }) as Schema);
