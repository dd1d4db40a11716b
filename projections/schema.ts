/** A JSON Schema; built here, so that all read models describe the same things in the same way. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const typed = (type: string, description: string): JsonSchema => ({ type, description });

export const text = (description: string): JsonSchema => typed('string', description);

export const whole = (description: string): JsonSchema => typed('integer', description);

export const number = (description: string): JsonSchema => typed('number', description);

export const flag = (description: string): JsonSchema => typed('boolean', description);

export const instant = (description: string): JsonSchema =>
  text(`${description} RFC 3339, UTC, milliseconds.`);

export const choice = (values: readonly string[], description: string): JsonSchema => ({
  ...text(description),
  enum: values,
});

/** @param schema - of what is there when there is something. */
export const maybe = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema['type'], 'null'],
  ...(Array.isArray(schema['enum']) ? { enum: [...(schema['enum'] as readonly string[]), null] } : {}),
});

export const list = (items: JsonSchema, description: string): JsonSchema => ({
  ...typed('array', description),
  items,
});

type Properties<Shape extends object> = { readonly [Field in keyof Shape]-?: JsonSchema };

/** An object that has each of the fields, and no others. The compiler sees to it that none of the type's is left out. */
export const record = <Shape extends object>(
  properties: Properties<Shape>,
  description: string,
): JsonSchema & { readonly properties: Properties<Shape> } => ({
  ...typed('object', description),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

export const money = (description: string): JsonSchema =>
  record<{ amountMinor: number; currency: string }>(
    {
      amountMinor: whole("In the currency's minor unit: 1300 GBP is 13.00 pounds."),
      currency: text('ISO 4217.'),
    },
    description,
  );

export const place = (description: string): JsonSchema =>
  record<{ x: number; y: number }>({ x: whole('West to east.'), y: whole('South to north.') }, description);
