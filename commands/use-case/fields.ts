import { z } from 'zod';

/** The wire type of a value. GraphQL and gRPC have a type of their own for each kind. */
export type Kind =
  | 'afterSalesKind'
  | 'afterSalesReason'
  | 'amount'
  | 'callerId'
  | 'coordinate'
  | 'currency'
  | 'disputeParty'
  | 'holdReason'
  | 'flag'
  | 'id'
  | 'instant'
  | 'language'
  | 'notificationChannel'
  | 'notificationPace'
  | 'notificationTopic'
  | 'quantity'
  | 'rating'
  | 'realm'
  | 'reportReason'
  | 'role'
  | 'taxCategory'
  | 'text'
  | 'truckId'
  | 'warehouseId';

/** The kinds of schemas. A schema that is derived from one of these by a check, a description or `optional` has its kind. */
const kinds = z.registry<{ readonly kind: Kind }>();

/** The names of object schemas, which are the names of their types on the wire. */
const objectTypes = z.registry<{ readonly name: string; readonly about: string }>();

export const ofKind = <Schema extends z.ZodType>(kind: Kind, schema: Schema): Schema => {
  kinds.add(schema, { kind });
  return schema;
};

/** @param about - describes the type, wherever it is used. */
export const named = <Schema extends z.ZodType>(name: string, about: string, schema: Schema): Schema => {
  objectTypes.add(schema, { name, about });
  return schema;
};

/** A field of a declared object, as transports and pages show it. */
export type Field = {
  readonly name: string;
  readonly description: string | undefined;
  readonly optional: boolean;
  readonly list: boolean;
  readonly type: { readonly kind: Kind } | ObjectType;
};

export type ObjectType = {
  readonly object: string;
  readonly about: string;
  readonly fields: readonly Field[];
};

export const isObjectType = (type: Field['type']): type is ObjectType => 'object' in type;

/** A union of objects has the fields of all its members; one that a member lacks is optional. */
const shapeOf = (schema: z.ZodType): Readonly<Record<string, z.ZodType>> => {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (!(schema instanceof z.ZodUnion)) throw new Error(`A ${schema.type} has no fields`);
  const shapes = (schema.options as readonly z.ZodType[]).map(shapeOf);
  const names = [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
  return Object.fromEntries(
    names.map((name) => {
      const [first = z.never(), ...others] = shapes.flatMap((shape) => shape[name] ?? []);
      return [name, others.length + 1 === shapes.length ? first : z.optional(first)];
    }),
  );
};

/** Types of schemas that need no kind to be text. */
const TEXTS: readonly string[] = ['string', 'enum', 'literal'];

const typeOf = (schema: z.ZodType, name: string): Field['type'] => {
  const object = objectTypes.get(schema);
  if (object !== undefined) return { object: object.name, about: object.about, fields: fieldsOf(schema) };
  const kind = kinds.get(schema)?.kind;
  if (kind !== undefined) return { kind };
  if (TEXTS.includes(schema.type)) return { kind: 'text' };
  throw new Error(`The field "${name}" has a ${schema.type} of no kind: give it one with ofKind or named`);
};

const fieldOf = (name: string, schema: z.ZodType, outside: Partial<Field> = {}): Field => {
  const known = { ...outside, description: outside.description ?? schema.description };
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional)
    return fieldOf(name, schema.unwrap() as z.ZodType, { ...known, optional: true });
  if (schema instanceof z.ZodReadonly) return fieldOf(name, schema.unwrap() as z.ZodType, known);
  if (schema instanceof z.ZodArray)
    return fieldOf(name, schema.element as z.ZodType, { ...known, list: true });
  const type = typeOf(schema, name);
  const description = known.description ?? (isObjectType(type) ? type.about : undefined);
  return { optional: false, list: false, ...known, description, name, type };
};

const knownFields = new WeakMap<z.ZodType, readonly Field[]>();

/** Returns the fields of an object or a union of objects, in the order in which they are declared. */
export const fieldsOf = (schema: z.ZodType): readonly Field[] => {
  const known = knownFields.get(schema);
  if (known) return known;
  const fields = Object.entries(shapeOf(schema)).map(([name, field]) => fieldOf(name, field));
  knownFields.set(schema, fields);
  return fields;
};
