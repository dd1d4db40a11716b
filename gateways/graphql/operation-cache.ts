import {
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { createBoundedCache, type BoundedCache } from './bounded-cache';
import type { Limits } from './limits';
import { refusal, type RequestErrorCode } from './request-errors';
import { unfitLiteral, unfitVariable } from './number-range-rule';
import { excessOf, lengthGiven, weigh, type Variables } from './query-cost';

/** An operation that may be run, of a document that was looked at. */
export type Operation = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** For spans and metrics: its first root field, or `other` where that is none of the schema's; never a client's words. */
  readonly field: string;
  readonly document: DocumentNode;
  /** The document's text, told apart by operation where it has several: compiled once, it is compiled for one of them. */
  readonly source: string;
};

/** An operation, as far as it has been weighed. */
type Asked = {
  readonly node: OperationDefinitionNode;
  readonly operation: Operation;
  /** The variables that say how long its lists are; absent before it has been weighed. */
  lengths?: readonly string[];
  /** What is too much of it, by the values of those variables; null where nothing is. */
  readonly excesses: BoundedCache<string | null>;
};

/** A document, as far as it has been looked at. */
type Known = {
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  readonly asked: Map<OperationDefinitionNode, Asked>;
  invalid?: readonly GraphQLError[];
  /** Why a number in it cannot be; null where all can, absent before it was looked for. */
  unfit?: GraphQLError | null;
};

/** A list is 1 to 100 long; an operation with several lists is weighed anew now and then. */
const EXCESSES_KEPT_MAX = 100;

export type Documents = {
  /**
   * Parses, weighs and looks for numbers that cannot be, only once where it can.
   *
   * @throws GraphQLError with the code `GRAPHQL_PARSE_FAILED`, `OPERATION_NOT_FOUND`, `OPERATION_TOO_COSTLY` or
   *   `INPUT_INVALID`.
   */
  find(source: string, operationName: string | undefined, variables: Variables): Operation;
  /** What the schema says against it; empty where it may be run. */
  errorsOf(source: string): readonly GraphQLError[];
};

const isOperation = (definition: { readonly kind: Kind }): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;

const firstFieldOf = (
  schema: GraphQLSchema,
  { operation, selectionSet }: OperationDefinitionNode,
): string => {
  const field = selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  const known = schema.getRootType(operation)?.getFields();
  return field && known?.[field.name.value] ? field.name.value : 'other';
};

/** Parses each text once; good and bad are kept apart, so that nobody can wash the good ones out with bad ones. */
const createReader = ({ documentsKeptMax, tokensMax }: Limits): ((source: string) => Known) => {
  const good = createBoundedCache<Known>(documentsKeptMax);
  const bad = createBoundedCache<GraphQLError>(documentsKeptMax);

  const parsed = (source: string): Known => {
    const document = parse(source, { maxLexicalTokens: tokensMax });
    return { document, operations: document.definitions.filter(isOperation), asked: new Map() };
  };

  return (source) => {
    const known = good.get(source);
    if (known) return known;
    const failed = bad.get(source);
    if (failed) throw failed;
    try {
      const read = parsed(source);
      good.set(source, read);
      return read;
    } catch (error) {
      const { message, source: text, positions } = error as GraphQLError;
      const extensions = { code: 'GRAPHQL_PARSE_FAILED' satisfies RequestErrorCode };
      const refused = new GraphQLError(message, { source: text, positions, extensions });
      bad.set(source, refused);
      throw refused;
    }
  };
};

const select = ({ operations }: Known, name: string | undefined): OperationDefinitionNode => {
  const [only, second] = operations;
  if (name === undefined && only && !second) return only;
  const named = operations.find((operation) => operation.name?.value === name);
  if (named && name !== undefined) return named;
  throw refusal(
    'OPERATION_NOT_FOUND',
    name === undefined
      ? 'Say which operation to run, with operationName.'
      : 'The document has no operation of that name.',
  );
};

const askedOf = (
  known: Known,
  source: string,
  node: OperationDefinitionNode,
  schema: GraphQLSchema,
): Asked => {
  const { document, operations, asked } = known;
  let found = asked.get(node);
  if (!found) {
    const operation = {
      kind: node.operation,
      field: firstFieldOf(schema, node),
      document,
      source: operations.length === 1 ? source : `${source}\n#${node.name?.value ?? ''}`,
    };
    found = { node, operation, excesses: createBoundedCache(EXCESSES_KEPT_MAX) };
    asked.set(node, found);
  }
  return found;
};

const lengthsKey = (lengths: readonly string[], variables: Variables): string =>
  lengths.map((name) => lengthGiven(variables, name)).join();

export const createDocuments = (schema: GraphQLSchema, limits: Limits): Documents => {
  const read = createReader(limits);

  /** Weighs once for each set of lengths: a walk through the document costs more than running many a query. */
  const excessIn = (asked: Asked, variables: Variables): string | null => {
    const known = asked.lengths && asked.excesses.get(lengthsKey(asked.lengths, variables));
    if (known !== undefined) return known;
    const { node, operation, excesses } = asked;
    const weight = weigh(schema, operation.document, node, { variables, costMax: limits.costMax });
    const excess = excessOf(weight, limits) ?? null;
    asked.lengths = weight.lengths;
    excesses.set(lengthsKey(weight.lengths, variables), excess);
    return excess;
  };

  return {
    find: (source, operationName, variables) => {
      const known = read(source);
      const asked = askedOf(known, source, select(known, operationName), schema);
      const excess = excessIn(asked, variables);
      if (excess !== null) throw refusal('OPERATION_TOO_COSTLY', excess);
      // Not `??=`, which would look again at each request where there is none.
      if (known.unfit === undefined) known.unfit = unfitLiteral(schema, known.document) ?? null;
      const unfit = known.unfit ?? unfitVariable(schema, asked.node, variables);
      if (unfit) throw unfit;
      return asked.operation;
    },
    errorsOf: (source) => {
      const known = read(source);
      known.invalid ??= validate(schema, known.document);
      return known.invalid;
    },
  };
};
