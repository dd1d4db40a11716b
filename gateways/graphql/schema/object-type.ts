import { z } from 'zod';
import type { AnyProjection } from '../../../platform/projections';
import type { Concept, FieldResolver } from './resolvers';

/** A field that is computed, or that clients see otherwise than the document has it. */
type Field = {
  /** In SDL. Default: as the document has it; so is `description`. */
  readonly type?: string;
  readonly description?: string;
  /** The arguments, in SDL. */
  readonly args?: string;
  readonly resolve?: FieldResolver;
};

type Options<Name extends string> = {
  /** Default: the document's own. */
  readonly description?: string;
  /** Whether it can be found by its id alone. */
  readonly isNode?: boolean;
  /** The read models that values of the type are read from. */
  readonly readModels?: readonly AnyProjection[];
  /** Fields of the document that clients do not see. */
  readonly omit?: readonly Name[];
  /** The names of the types of enums and of nested documents. */
  readonly types?: Readonly<Partial<Record<Name, string>>>;
  readonly fields?: Readonly<Record<string, Field>>;
};

/** The types of the schema for the kinds of fields that documents share. */
const typesOfKinds: Readonly<Record<string, string>> = {
  id: 'ID',
  text: 'String',
  instant: 'DateTime',
  currency: 'CurrencyCode',
  money: 'Money',
  place: 'Place',
};

const kindOf = (schema: z.ZodType): string | undefined => schema.meta()?.['kind'] as string | undefined;

const scalarOf = (schema: z.ZodType): string | undefined => {
  if (schema instanceof z.ZodString) return 'String';
  if (schema instanceof z.ZodBoolean) return 'Boolean';
  if (schema instanceof z.ZodNumberFormat) return schema.format === 'int32' ? 'Int' : 'SafeInt';
  return schema instanceof z.ZodNumber ? 'Float' : undefined;
};

/**
 * Returns the SDL of a field's type.
 *
 * @param named - the type of an enum or of a nested document.
 * @throws Error where such a type has no name.
 */
const typeOf = (schema: z.ZodType, named: string | undefined): string => {
  if (schema instanceof z.ZodNullable) return typeOf(schema.unwrap() as z.ZodType, named).slice(0, -1);
  if (schema instanceof z.ZodArray) return `[${typeOf(schema.element as z.ZodType, named)}]!`;
  const name = named ?? typesOfKinds[kindOf(schema) ?? ''] ?? scalarOf(schema);
  if (name === undefined) throw new Error(`Name the type of the field: ${schema.description ?? ''}`);
  return `${name}!`;
};

/** A text as SDL has it. */
const quoted = (description: string): string => JSON.stringify(description);

const fieldOf = (name: string, { type, description, args }: Field): string => {
  if (type === undefined || description === undefined)
    throw new Error(`Give ${name} a type and a description: the document has no such field`);
  return `\n  ${quoted(description)}\n  ${name}${args === undefined ? '' : `(${args}\n  )`}: ${type}`;
};

/**
 * Makes an object type from a document: its fields, with their types, their nullability and their descriptions. Only what the
 * document does not have is given by hand.
 */
export const objectType = <Shape extends Readonly<Record<string, z.ZodType>>>(
  name: string,
  document: z.ZodObject<Shape>,
  options: Options<keyof Shape & string> = {},
): Concept => {
  const { description, isNode, readModels, omit = [], fields = {} } = options;
  const types: Readonly<Record<string, string | undefined>> = options.types ?? {};
  const hidden = new Set<string>(omit);
  const shown = Object.entries<z.ZodType>(document.shape)
    .filter(([field]) => !hidden.has(field))
    .map(([field, schema]): [string, Field] => {
      const { type, description: meaning = schema.description, ...rest } = fields[field] ?? {};
      return [field, { ...rest, type: type ?? typeOf(schema, types[field]), description: meaning ?? '' }];
    });
  const all = {
    ...Object.fromEntries(shown),
    ...Object.fromEntries(Object.entries(fields).filter(([field]) => !Object.hasOwn(document.shape, field))),
  };
  const resolvers = Object.entries(all).flatMap(([field, { resolve }]) =>
    resolve ? [[field, resolve] as const] : [],
  );
  return {
    typeDefs: `
${quoted(description ?? document.description ?? '')}
type ${name}${isNode === true ? ' implements Node' : ''} {${Object.entries(all)
      .map(([field, one]) => fieldOf(field, one))
      .join('')}
}
`,
    resolvers: { [name]: Object.fromEntries(resolvers) },
    readModels: readModels && { [name]: readModels },
  };
};

/** Makes an enum. Each value has a meaning: a value that the document gains does not compile without one. */
export const enumType = <Value extends string>(
  name: string,
  description: string,
  meanings: Readonly<Record<Value, string>>,
): Concept => ({
  typeDefs: `
${quoted(description)}
enum ${name} {${Object.entries<string>(meanings)
    .map(([value, meaning]) => `\n  ${quoted(meaning)}\n  ${value}`)
    .join('')}
}
`,
  resolvers: {},
});

const mergedResolvers = (concepts: readonly Concept[]): Concept['resolvers'] => {
  const merged: Record<string, Readonly<Record<string, FieldResolver>>> = {};
  for (const { resolvers } of concepts)
    for (const [type, fields] of Object.entries(resolvers)) merged[type] = { ...merged[type], ...fields };
  return merged;
};

/** Makes one concept of several parts of the schema. */
export const combined = (...parts: readonly Concept[]): Concept => ({
  typeDefs: parts.map(({ typeDefs }) => typeDefs).join('\n'),
  resolvers: mergedResolvers(parts),
  readModels: Object.assign({}, ...parts.map(({ readModels }) => readModels)) as NonNullable<
    Concept['readModels']
  >,
});
