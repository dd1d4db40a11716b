import {
  getNamedType,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { AnyProjection } from '../../../platform/projections';

/** By the name of an object type: the read models that its values are read from. */
export type ReadModelsOfTypes = Readonly<Record<string, readonly AnyProjection[]>>;

const EXTENSION = 'readModels';

const namesOf = (type: GraphQLNamedType): readonly string[] =>
  (type.extensions[EXTENSION] ?? []) as readonly string[];

/** Stores with each type, and with the connection to it, the names of its read models. */
export const attachReadModels = (schema: GraphQLSchema, readModels: ReadModelsOfTypes): void => {
  for (const [name, projections] of Object.entries(readModels)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The schema has no type ${name}`);
    const names = projections.map(({ collection }) => collection.name);
    for (const each of [type, schema.getType(`${name}Connection`)])
      if (each) each.extensions = { ...each.extensions, [EXTENSION]: names };
  }
};

/**
 * Returns the names of the read models that a document reads, by the types of all fields that it selects: at least those that
 * any of its operations reads. Takes a document that is not validated; fields that the schema does not have are left out.
 */
export const readModelsTouchedBy = (schema: GraphQLSchema, document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  const types = new TypeInfo(schema);
  const touch = (type: GraphQLNamedType): void => {
    for (const name of namesOf(type)) names.add(name);
  };
  const enterField = (): void => {
    const output = types.getType();
    if (!output) return;
    const named = getNamedType(output);
    touch(named);
    // To find a node, each type that has nodes is searched. A value of a union may be of each of its types.
    if (isAbstractType(named)) schema.getPossibleTypes(named).forEach(touch);
  };
  visit(document, visitWithTypeInfo(types, { Field: enterField }));
  return [...names].sort();
};
