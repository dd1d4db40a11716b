import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';

/** Values of arguments by their names; any other value follows from the type. */
export type ExampleValues = Readonly<Record<string, unknown>>;

const ofScalars: Readonly<Record<string, unknown>> = {
  ID: '00000001-0000-4000-8000-000000000000',
  DateTime: '2026-01-31T08:00:00.000Z',
  Boolean: true,
  Int: 1,
  Float: 1,
  SafeInt: 1,
  String: 'x',
};

const exampleOf = (name: string, type: GraphQLInputType, values: ExampleValues): unknown => {
  if (isNonNullType(type)) return exampleOf(name, type.ofType, values);
  if (Object.hasOwn(values, name)) return values[name];
  if (isListType(type)) return [exampleOf(name, type.ofType as GraphQLInputType, values)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) return examplesOf(Object.values(type.getFields()), values);
  if (!Object.hasOwn(ofScalars, type.name)) throw new Error(`There is no example of a ${type.name}: ${name}`);
  return ofScalars[type.name];
};

/** Returns a value for each required argument or input field, and for those that `values` names. */
export const examplesOf = (
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  values: ExampleValues,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields
      .filter(
        (field) =>
          Object.hasOwn(values, field.name) ||
          ('astNode' in field &&
            (isRequiredInputField(field as GraphQLInputField) ||
              isRequiredArgument(field as GraphQLArgument))),
      )
      .map(({ name, type }) => [name, exampleOf(name, type, values)]),
  );
