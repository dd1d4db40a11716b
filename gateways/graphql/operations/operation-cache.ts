import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  TokenKind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from './limits';
import type { LongWork } from './long-work';
import { MICROS_PER_TOKEN, type Payer } from './pricing';
import { refusal, type RequestErrorCode } from './request-errors';
import { unfitLiteral, unfitVariable } from '../readers/number-range-rule';
import { readModelsTouchedBy } from '../schema';
import { accessOf } from '../schema/resolvers';
import { createValidate, type Validate } from './validate-document';
import { costKeyOf, excessOf, weigh, type Variables, type Weight } from './query-cost';

/** An operation that may be run, of a document that was looked at. */
export type Operation = {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** For spans and metrics: its first root field, or `other` where that is none of the schema's; never a client's words. */
  readonly field: string;
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  /** The document's text, with the operation's name where it has several operations. */
  readonly source: string;
  /** Whether it reads the schema and nothing else. */
  readonly isIntrospection: boolean;
  /** Whether it only opens, renews or ends a session. */
  readonly needsNoToken: boolean;
  /** Lexical tokens of its document. */
  readonly tokens: number;
  /** About how much memory its document takes once it is parsed. */
  readonly bytes: number;
  /** The number of requests for it since its document was parsed. */
  requestCount: number;
  /** Returns the validation errors of its document; empty if it may be run. Validates once. */
  readonly errors: (payer: Payer) => Promise<readonly GraphQLError[]>;
  /** Returns the names of the read models that it reads, at least. Computed once. */
  readonly readModels: () => readonly string[];
};

/** The cost of an operation, and the reason why that is too much; null if it is not. */
type Verdict = { readonly cost: number; readonly excess: string | null };

/** An operation, with its costs that have been computed. */
type MeasuredOperation = {
  readonly node: OperationDefinitionNode;
  readonly operation: Operation;
  /** The variables that set the lengths of its lists, and how they are read; absent before its cost is computed. */
  lengths?: readonly string[];
  /** By the values of those variables. */
  readonly verdicts: LRUCache<string, Verdict>;
};

/** A parsed document, with the results of its checks so far. */
type CachedDocument = {
  readonly document: DocumentNode;
  readonly bytes: number;
  readonly tokens: number;
  readonly operations: readonly OperationDefinitionNode[];
  readonly asked: Map<OperationDefinitionNode, MeasuredOperation>;
  readonly errors: (payer: Payer) => Promise<readonly GraphQLError[]>;
  /** The error of a number that is out of range; null if there is none, absent before the check. */
  unfit?: GraphQLError | null;
};

/** The cost of an operation with several lists is sometimes computed again. */
const VERDICTS_KEPT_MAX = 20;
/** Many lists have many lengths, which are hardly ever the same again. */
const VERDICT_KEY_LENGTH_MAX = 60;

// Measured: a parsed field takes some 500 bytes, a comment, which is kept beside it, some 120.
const BYTES_PER_TOKEN = 512;
const BYTES_PER_COMMENT = 128;
const BYTES_PER_CHARACTER = 2;
/** A syntax error is found after some part of the text. */
const CHARACTERS_PER_TOKEN = 4;

export type Documents = {
  /**
   * Parses, weighs and looks for numbers that cannot be, only once where it can.
   *
   * @param payer - pays for the work, also for an operation that is then refused.
   * @throws GraphQLError with the code `GRAPHQL_PARSE_FAILED`, `OPERATION_NOT_FOUND`, `OPERATION_TOO_COSTLY` or
   *   `INPUT_INVALID`.
   */
  find(asked: AskedFor, payer: Payer): Promise<Found>;
  /** About how much memory the kept documents take. */
  bytesKept(): number;
};

/** `cost`: what running it costs with these variables; that is paid. */
export type Found = { readonly operation: Operation; readonly cost: number };

export type AskedFor = {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables | undefined;
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

const rootNamesOf = ({ selectionSet: { selections } }: OperationDefinitionNode): readonly string[] =>
  selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : ''));

const isIntrospection = (node: OperationDefinitionNode): boolean => {
  const { operation } = node;
  const names = rootNamesOf(node);
  return (
    operation === OperationTypeNode.QUERY &&
    names.every((name) => name.startsWith('__')) &&
    names.some((name) => name !== '__typename')
  );
};

/** Tests for mutations of everyone, such as those that open a session: an access token has no effect on them. */
const needsNoToken = (schema: GraphQLSchema, node: OperationDefinitionNode): boolean => {
  const fields = schema.getMutationType()?.getFields();
  const isOfEveryone = (name: string): boolean => {
    const field = fields?.[name];
    return name === '__typename' || (field !== undefined && accessOf(field) === 'everyone');
  };
  return node.operation === OperationTypeNode.MUTATION && rootNamesOf(node).every(isOfEveryone);
};

const commentsIn = ({ loc }: DocumentNode): number => {
  let comments = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined)
    if (token.kind === TokenKind.COMMENT) comments += 1;
  return comments;
};

/** Parses documents and caches the valid ones in bounded memory. Those used last are kept. */
const createReader = (validate: Validate, limits: Limits, longWork: LongWork) => {
  const kept = new LRUCache<string, CachedDocument>({
    maxSize: limits.documentsKeptBytesMax,
    maxEntrySize: limits.documentKeptBytesMax,
    sizeCalculation: ({ bytes }) => bytes,
  });

  const check = async (
    source: string,
    document: DocumentNode,
    { tokens, address }: { readonly tokens: number; readonly address: string },
  ): Promise<readonly GraphQLError[]> => {
    let isGood = false;
    try {
      const errors = await validate(document, tokens, address);
      isGood = errors.length === 0;
      return errors;
    } finally {
      // An invalid document is not kept, because a client can send any number of them.
      if (!isGood) kept.delete(source);
    }
  };

  const parsed = (source: string): CachedDocument => {
    const document = parse(source, { maxLexicalTokens: limits.tokensMax });
    const tokens = document.tokenCount ?? limits.tokensMax;
    let found: Promise<readonly GraphQLError[]> | undefined;
    return {
      document,
      tokens,
      bytes:
        source.length * BYTES_PER_CHARACTER +
        tokens * BYTES_PER_TOKEN +
        commentsIn(document) * BYTES_PER_COMMENT,
      operations: document.definitions.filter(isOperation),
      asked: new Map(),
      errors: ({ pay, address }) => {
        if (found === undefined) {
          pay(tokens * MICROS_PER_TOKEN);
          found = check(source, document, { tokens, address });
        }
        return found;
      },
    };
  };

  const parseNew = (source: string, { pay }: Payer): CachedDocument => {
    try {
      const made = parsed(source);
      pay(made.tokens * MICROS_PER_TOKEN);
      kept.set(source, made);
      return made;
    } catch (error) {
      pay(Math.min(source.length / CHARACTERS_PER_TOKEN, limits.tokensMax) * MICROS_PER_TOKEN);
      const { message, source: text, positions } = error as GraphQLError;
      const extensions = { code: 'GRAPHQL_PARSE_FAILED' satisfies RequestErrorCode };
      throw new GraphQLError(message, { source: text, positions, extensions });
    }
  };

  const read = (source: string, payer: Payer): CachedDocument | Promise<CachedDocument> =>
    kept.get(source) ??
    longWork(payer.address, () => {
      // While it waited, others may have parsed the same text, and the address may have run into debt.
      const known = kept.get(source);
      if (known) return known;
      payer.demandPaid();
      return parseNew(source, payer);
    });

  return { read, bytesKept: () => kept.calculatedSize };
};

const select = ({ operations }: CachedDocument, name: string | undefined): OperationDefinitionNode => {
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

const measuredOperationOf = (
  known: CachedDocument,
  source: string,
  node: OperationDefinitionNode,
  schema: GraphQLSchema,
): MeasuredOperation => {
  const { document, tokens, bytes, operations, asked, errors } = known;
  let found = asked.get(node);
  if (!found) {
    let readModels: readonly string[] | undefined;
    const operation: Operation = {
      kind: node.operation,
      field: firstFieldOf(schema, node),
      document,
      node,
      source: operations.length === 1 ? source : `${source}\n#${node.name?.value ?? ''}`,
      isIntrospection: isIntrospection(node),
      needsNoToken: needsNoToken(schema, node),
      tokens,
      bytes,
      requestCount: 0,
      errors,
      readModels: () => (readModels ??= readModelsTouchedBy(schema, document)),
    };
    found = { node, operation, verdicts: new LRUCache({ max: VERDICTS_KEPT_MAX }) };
    asked.set(node, found);
  }
  return found;
};

const lengthsKey = (lengths: readonly string[], variables: Variables): string =>
  lengths.map((name) => costKeyOf(variables, name)).join();

const none: Variables = {};

export const createDocuments = (schema: GraphQLSchema, limits: Limits, longWork: LongWork): Documents => {
  const { read, bytesKept } = createReader(createValidate(schema, longWork), limits, longWork);

  const weighed = ({ node, operation }: MeasuredOperation, variables: Variables): Weight =>
    weigh(schema, operation.document, node, { variables, costMax: limits.costMax });

  /** Weighs once for each set of lengths: a walk through the document costs more than running many a query. */
  const verdictOn = (asked: MeasuredOperation, variables: Variables): Verdict => {
    const known = asked.lengths && asked.verdicts.get(lengthsKey(asked.lengths, variables));
    if (known !== undefined) return known;
    const weight = weighed(asked, variables);
    const verdict = { cost: weight.cost, excess: excessOf(weight, limits) ?? null };
    asked.lengths = weight.lengths;
    const key = lengthsKey(weight.lengths, variables);
    if (key.length <= VERDICT_KEY_LENGTH_MAX) asked.verdicts.set(key, verdict);
    return verdict;
  };

  return {
    bytesKept,
    find: async ({ query, operationName, variables = none }, payer) => {
      const known = await read(query, payer);
      const asked = measuredOperationOf(known, query, select(known, operationName), schema);
      const { cost, excess } = verdictOn(asked, variables);
      if (excess !== null) throw refusal('OPERATION_TOO_COSTLY', excess);
      payer.pay(cost);
      // Not `??=`, which would look again at each request where there is none.
      if (known.unfit === undefined)
        known.unfit = await longWork(payer.address, () => unfitLiteral(schema, known.document) ?? null);
      const unfit = known.unfit ?? unfitVariable(schema, asked.node, variables);
      if (unfit) throw unfit;
      asked.operation.requestCount += 1;
      return { operation: asked.operation, cost };
    },
  };
};
