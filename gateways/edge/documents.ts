import {
  GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { createBoundedCache } from './bounded-cache';
import type { Limits } from './limits';
import { excessOf, weigh, type Variables } from './weigh';

/** An operation that may be run, of a document that was looked at. */
export type Operation = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** For spans and metrics: its first root field, because clients may name their operations as they like. */
  readonly field: string;
  readonly document: DocumentNode;
  /** The document's text, told apart by operation where it has several: compiled once, it is compiled for one of them. */
  readonly source: string;
};

type Weighed = {
  readonly operation: Operation;
  readonly excess: string | undefined;
  readonly depends: boolean;
};

/** A document, as far as it has been looked at. */
type Known = {
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  readonly weighed: Map<string, Weighed>;
  invalid?: readonly GraphQLError[];
};

export type Documents = {
  /**
   * Parses and weighs, both only once where they can.
   *
   * @throws GraphQLError with the code `GRAPHQL_PARSE_FAILED`, `OPERATION_NOT_FOUND` or `OPERATION_TOO_COSTLY`.
   */
  find(source: string, operationName: string | undefined, variables: Variables): Operation;
  /** What the schema says against it; empty where it may be run. */
  errorsOf(source: string, operation: Operation): readonly GraphQLError[];
};

export const refusal = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

const isOperation = (definition: { readonly kind: Kind }): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;

const firstFieldOf = ({ selectionSet }: OperationDefinitionNode): string => {
  const field = selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  return field ? field.name.value : 'fragment';
};

export const createDocuments = (schema: GraphQLSchema, limits: Limits): Documents => {
  // Two, so that nobody can wash the good ones out with bad ones.
  const good = createBoundedCache<Known>(limits.documentsKeptMax);
  const bad = createBoundedCache<GraphQLError>(limits.documentsKeptMax);

  const read = (source: string): Known => {
    const failed = bad.get(source);
    if (failed) throw failed;
    try {
      const document = parse(source, { maxTokens: limits.tokensMax });
      const known: Known = {
        document,
        operations: document.definitions.filter(isOperation),
        weighed: new Map(),
      };
      good.set(source, known);
      return known;
    } catch (error) {
      const { message, source: text, positions } = error as GraphQLError;
      const refused = new GraphQLError(message, {
        ...{ source: text, positions },
        extensions: { code: 'GRAPHQL_PARSE_FAILED' },
      });
      bad.set(source, refused);
      throw refused;
    }
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

  const weighAnew = (
    known: Known,
    source: string,
    node: OperationDefinitionNode,
    variables: Variables,
  ): Weighed => {
    const weight = weigh(schema, known.document, node, { variables, costMax: limits.costMax });
    const isAlone = known.operations.length === 1;
    return {
      operation: {
        kind: node.operation,
        field: firstFieldOf(node),
        document: known.document,
        source: isAlone ? source : `${source}\n#${node.name?.value ?? ''}`,
      },
      excess: excessOf(weight, limits),
      depends: weight.depends,
    };
  };

  return {
    find: (source, operationName, variables) => {
      const known = good.get(source) ?? read(source);
      const node = select(known, operationName);
      const key = node.name?.value ?? '';
      let weighed = known.weighed.get(key);
      if (!weighed || weighed.depends) {
        weighed = weighAnew(known, source, node, variables);
        known.weighed.set(key, weighed);
      }
      if (weighed.excess !== undefined) throw refusal('OPERATION_TOO_COSTLY', weighed.excess);
      return weighed.operation;
    },
    errorsOf: (source, { document }) => {
      const known = good.get(source);
      const errors = known?.invalid ?? validate(schema, document);
      if (known) known.invalid = errors;
      return errors;
    },
  };
};
