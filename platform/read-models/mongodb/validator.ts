import type { CollectionSpec } from '../read-models';
import { DELETED_AT, LAST_POSITION, SEARCH_WORDS } from './stored-document';

type Schema = Readonly<Record<string, unknown>>;

const bsonTypes: Readonly<Record<string, string>> = { integer: 'number', boolean: 'bool' };
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const mapped = (schemas: unknown, each: (schema: Schema) => Schema): Schema =>
  Object.fromEntries(Object.entries(schemas as Record<string, Schema>).map(([key, one]) => [key, each(one)]));

/** Converts a JSON Schema: MongoDB supports draft 4 without `integer`, and has `bsonType` instead. */
const bsonSchemaOf = (schema: Schema): Schema => {
  const { type, items, properties, ...rest } = schema;
  return {
    ...rest,
    ...(type === undefined
      ? {}
      : { bsonType: asList(type).map((name) => bsonTypes[String(name)] ?? String(name)) }),
    // Has no effect on values that are no numbers.
    ...(asList(type).includes('integer') ? { multipleOf: 1 } : {}),
    ...(items === undefined ? {} : { items: bsonSchemaOf(items as Schema) }),
    ...(properties === undefined ? {} : { properties: mapped(properties, bsonSchemaOf) }),
  };
};

export type Validator = { readonly $or: readonly [Schema, { readonly $jsonSchema: Schema }] };

/** Returns the validator of a collection's documents. Markers of deletions are exempt. */
export const validatorOf = (spec: CollectionSpec): Validator => ({
  $or: [{ [DELETED_AT]: { $type: 'date' } }, { $jsonSchema: documentSchemaOf(spec) }],
});

const documentSchemaOf = ({ schema, searchFields = [] }: CollectionSpec): Schema => {
  const {
    properties = {},
    required = [],
    ...rest
  } = bsonSchemaOf(schema as Schema) as {
    readonly properties?: Record<string, Schema>;
    readonly required?: readonly string[];
  };
  const { id = { bsonType: ['string'] }, ...fields } = properties;
  const own = [LAST_POSITION, ...(searchFields.length === 0 ? [] : [SEARCH_WORDS])];
  return {
    ...rest,
    properties: {
      _id: id,
      ...fields,
      [LAST_POSITION]: { bsonType: ['string'], description: 'Of the event that last changed it.' },
      [SEARCH_WORDS]: { bsonType: ['array'], description: 'Its words, for the search.' },
    },
    required: ['_id', ...required.filter((name) => name !== 'id'), ...own],
  };
};
