import {
  isObjectType,
  isScalarType,
  type GraphQLFieldResolver,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import type { EdgeContext } from '../context';
import { attachReadModels, type ReadModelsOfTypes } from './touched-read-models';

/** Finds a field's value. `never` lets each resolver name the parent and the arguments that the schema gives it. */
export type FieldResolver = (parent: never, args: never, context: EdgeContext) => unknown;

/** A subscription's field: `subscribe` yields its payloads. */
export type LiveResolver = {
  readonly subscribe: (parent: never, args: never, context: EdgeContext) => Promise<AsyncIterable<unknown>>;
};

export type ScalarParts = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** One concept of the schema: its types in SDL, and resolvers for the fields that are not properties of their parent. */
export type Concept = {
  readonly typeDefs: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, FieldResolver>>>>;
  readonly live?: Readonly<Record<string, LiveResolver>>;
  /** The read models of the types: a read waits until they include the position that its caller has seen. */
  readonly readModels?: ReadModelsOfTypes | undefined;
};

type Resolve = GraphQLFieldResolver<unknown, EdgeContext>;

const fieldOf = (schema: GraphQLSchema, typeName: string, fieldName: string) => {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`The schema has no ${typeName}.${fieldName}`);
  return field;
};

const attachConcept = (schema: GraphQLSchema, { resolvers, live, readModels = {} }: Concept): void => {
  attachReadModels(schema, readModels);
  for (const [typeName, fields] of Object.entries(resolvers)) {
    for (const [fieldName, resolve] of Object.entries(fields)) {
      fieldOf(schema, typeName, fieldName).resolve = resolve as unknown as Resolve;
    }
  }
  for (const [fieldName, { subscribe }] of Object.entries(live ?? {})) {
    const field = fieldOf(schema, 'Subscription', fieldName);
    field.subscribe = subscribe as unknown as Resolve;
    // The payload is the field's value already.
    field.resolve = (payload) => payload;
  }
};

/** Makes a schema that was read from SDL executable. */
export const attach = (
  schema: GraphQLSchema,
  concepts: readonly Concept[],
  scalars: Readonly<Record<string, ScalarParts>>,
): void => {
  for (const concept of concepts) attachConcept(schema, concept);
  for (const [name, parts] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new Error(`The schema has no scalar ${name}`);
    Object.assign(type, parts);
  }
};
