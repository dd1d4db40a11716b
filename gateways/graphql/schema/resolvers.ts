import {
  isObjectType,
  isScalarType,
  type GraphQLFieldResolver,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import { demandAccess, type FieldAccess } from '../access/caller';
import type { EdgeContext } from '../context';
import { permissionIn, type Allowed } from '../../../commands/use-case/authorization';
import { attachReadModels, type ReadModelsOfTypes } from './touched-read-models';

/** Finds a field's value. `never` lets each resolver name the parent and the arguments that the schema gives it. */
export type FieldResolver = (parent: never, args: never, context: EdgeContext) => unknown;

/** A resolver that checks its viewer first. */
export type GuardedResolver = FieldResolver & { readonly allow: FieldAccess };

/** Returns a resolver for these viewers only. It is the one declaration of the permission of its field. */
export const allowed = (
  allow: FieldAccess,
  resolve: (args: never, context: EdgeContext, parent: never) => unknown,
): GuardedResolver =>
  Object.assign(
    (parent: never, args: never, context: EdgeContext) => {
      demandAccess(context.viewer, allow);
      return resolve(args, context, parent);
    },
    { allow },
  );

/** Returns a resolver whose viewers the command services check, by the same declaration. */
export const guardedBy = (allow: Allowed, resolve: FieldResolver): GuardedResolver => {
  if (allow === 'system') throw new Error('A use case of the platform itself has no mutation');
  return Object.assign(resolve, { allow });
};

/** A subscription's field: `subscribe` yields its payloads. */
export type LiveResolver = {
  readonly allow: FieldAccess;
  readonly subscribe: (parent: never, args: never, context: EdgeContext) => Promise<AsyncIterable<unknown>>;
};

export type ScalarParts = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** The resolvers of the types. Each field at which an operation begins declares who may use it. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, FieldResolver>>>> & {
  readonly Query?: Readonly<Record<string, GuardedResolver>>;
  readonly Mutation?: Readonly<Record<string, GuardedResolver>>;
};

/** One concept of the schema: its types in SDL, and resolvers for the fields that are not properties of their parent. */
export type Concept = {
  readonly typeDefs: string;
  readonly resolvers: Resolvers;
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

const isGuarded = (resolver: FieldResolver): resolver is GuardedResolver => 'allow' in resolver;

type Field = ReturnType<typeof fieldOf>;

/** Records who may use a field, and says so in its description. */
const declare = (field: Field, allow: FieldAccess): void => {
  field.extensions = { ...field.extensions, allow };
  const permission = permissionIn(allow);
  if (permission === undefined) return;
  const how = typeof allow === 'object' ? 'What belongs to others needs' : 'It needs';
  field.description = `${field.description ?? ''} ${how} the permission \`${permission}\`.`.trim();
};

/** Returns who may use a field; undefined where it inherits that from the field before it. */
export const accessOf = ({ extensions }: Pick<Field, 'extensions'>): FieldAccess | undefined =>
  extensions['allow'] as FieldAccess | undefined;

const attachConcept = (schema: GraphQLSchema, { resolvers, live, readModels = {} }: Concept): void => {
  attachReadModels(schema, readModels);
  for (const [typeName, fields] of Object.entries(resolvers)) {
    for (const [fieldName, resolve] of Object.entries(fields)) {
      const field = fieldOf(schema, typeName, fieldName);
      field.resolve = resolve as unknown as Resolve;
      if (isGuarded(resolve)) declare(field, resolve.allow);
    }
  }
  for (const [fieldName, { allow, subscribe }] of Object.entries(live ?? {})) {
    const field = fieldOf(schema, 'Subscription', fieldName);
    declare(field, allow);
    const guarded: LiveResolver['subscribe'] = async (parent, args, context) => {
      demandAccess(context.viewer, allow);
      return subscribe(parent, args, context);
    };
    field.subscribe = guarded as unknown as Resolve;
    // The payload is the field's value already.
    field.resolve = (payload) => payload;
  }
};

/** @throws Error where an operation could begin at a field that does not declare who may use it. */
const denyUndeclared = (schema: GraphQLSchema): void => {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    for (const field of Object.values(type?.getFields() ?? {}))
      if (accessOf(field) === undefined)
        throw new Error(`${type?.name ?? ''}.${field.name} does not declare who may use it`);
};

/** Makes a schema that was read from SDL executable. */
export const attach = (
  schema: GraphQLSchema,
  concepts: readonly Concept[],
  scalars: Readonly<Record<string, ScalarParts>>,
): void => {
  for (const concept of concepts) attachConcept(schema, concept);
  denyUndeclared(schema);
  for (const [name, parts] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new Error(`The schema has no scalar ${name}`);
    Object.assign(type, parts);
  }
};
