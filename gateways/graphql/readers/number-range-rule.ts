import {
  BREAK,
  getNullableType,
  GRAPHQL_MAX_INT,
  GRAPHQL_MIN_INT,
  GraphQLError,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { FaultCode } from '../../../platform/faults';
import { illFormedTextIn } from '../../../platform/well-formed-text';
import type { Variables } from '../operations/query-cost';

type Range = { readonly min: number; readonly max: number };
/** `figures`: the numbers of the error beside its message. */
type Unfit = { readonly path: readonly string[]; readonly problem: string; readonly figures: object };

type Ranges = Readonly<Partial<Record<string, Range>>>;

const safe = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
const rangesInText: Ranges = { Int: { min: GRAPHQL_MIN_INT, max: GRAPHQL_MAX_INT }, SafeInt: safe };
// A larger number was rounded when its JSON was read, and is another id now. A document has the number as it was
// written.
const rangesInJson: Ranges = { ...rangesInText, ID: safe };

const fits = (value: number, { min, max }: Range): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/**
 * Returns the first number in a value that its type cannot hold, or text that cannot be stored. GraphQL itself reports
 * other errors of the value.
 */
const unfitIn = (value: unknown, given: GraphQLInputType, ranges: Ranges): Unfit | undefined => {
  const type = getNullableType(given);
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return firstOf(items, (item) => unfitIn(item, type.ofType, ranges));
  }
  if (isInputObjectType(type)) {
    const fields = Object.entries(value ?? {});
    return firstOf(fields, ([name, inner]: [string, unknown]) => {
      const field = type.getFields()[name];
      const unfit = field && unfitIn(inner, field.type, ranges);
      return unfit && { ...unfit, path: [name, ...unfit.path] };
    });
  }
  if (typeof value === 'string') {
    const illFormed = illFormedTextIn(value);
    return illFormed && { path: [], problem: `this text ${illFormed.problem}`, figures: {} };
  }
  const range = ranges[type.name];
  if (!range || typeof value !== 'number' || fits(value, range)) return undefined;
  const { min, max } = range;
  return {
    path: [],
    problem: `give a whole number from ${min} to ${max}, not ${value}`,
    figures: { min, max },
  };
};

const firstOf = <Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const refusalOf = (name: string, { path, problem, figures }: Unfit, nodes: ASTNode): GraphQLError => {
  const from = [name, ...path];
  return new GraphQLError(`${from.join('.')}: ${problem}`, {
    nodes,
    extensions: { code: 'INPUT_INVALID' satisfies FaultCode, path: from, ...figures },
  });
};

/** Refuses a number in the document's own text that its type cannot hold, and text that cannot be stored. */
export const unfitLiteral = (schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined => {
  const typeInfo = new TypeInfo(schema);
  let refusal: GraphQLError | undefined;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument: (node) => {
        const type = typeInfo.getArgument()?.type;
        const unfit = type && unfitIn(valueFromASTUntyped(node.value), type, rangesInText);
        if (!unfit) return undefined;
        refusal = refusalOf(node.name.value, unfit, node.value);
        return BREAK;
      },
    }),
  );
  return refusal;
};

/** Refuses a number among the variables that its type cannot hold, and text that cannot be stored. */
export const unfitVariable = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): GraphQLError | undefined =>
  firstOf(variableDefinitions, (node) => {
    const name = node.variable.name.value;
    const type = typeFromAST(schema, node.type);
    const unfit = type && isInputType(type) ? unfitIn(variables[name], type, rangesInJson) : undefined;
    return unfit && refusalOf(name, unfit, node);
  });
