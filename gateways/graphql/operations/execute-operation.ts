import {
  execute,
  getVariableValues,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { EdgeContext } from '../context';
import type { Operation } from './operation-cache';
import type { Limits } from './limits';
import { mask } from './error-formatting';
import type { Execute, Run } from './run-operation';
import { MICROS_PER_TOKEN_COMPILED } from './pricing';

/** The errors that the schema has found in a document. */
export class InvalidDocument extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('The document does not fit the schema');
  }
}

/** Executes a valid operation; the result has the errors of its resolvers, and of its variables, as they were thrown. */
type Executor = (run: Run) => Promise<ExecutionResult> | ExecutionResult;

/** Measured: a page of products compiles to 25 KB besides its document. */
const BYTES_PER_COMPILED = 32 * 1024;
/** As many as graphql-js reports when it executes. */
const VARIABLE_ERRORS_MAX = 50;

const interpretWith =
  (schema: GraphQLSchema): Executor =>
  ({ operation: { document }, context: contextValue, variables: variableValues, operationName }) =>
    execute({ ...{ schema, document, rootValue: {}, contextValue, operationName }, variableValues });

/** @returns undefined for an operation that the compiler does not take. */
const compileWith = (
  schema: GraphQLSchema,
  { document, node: { variableDefinitions = [] } }: Operation,
  operationName: string | undefined,
): Executor | undefined => {
  const compiled = compileQuery(schema, document, operationName);
  if (!isCompiledQuery(compiled)) return undefined;
  return ({ context, variables = {} }) => {
    // Compiled code words errors of variables differently: a client would get other words for the same request later on.
    const { errors } =
      variableDefinitions.length > 0
        ? getVariableValues(schema, variableDefinitions, variables, { maxErrors: VARIABLE_ERRORS_MAX })
        : {};
    return errors ? { errors } : compiled.query({}, context, variables);
  };
};

/**
 * Returns compiled operations. An operation is compiled when it has been requested `compileAfter` times. Those used last are kept,
 * up to `compiledBytesMax`. The address that has an operation compiled pays for it, so that a client cannot replace the compiled
 * operations of others for nothing.
 */
const createCompiler = (schema: GraphQLSchema, limits: Limits, interpreted: Executor) => {
  const compiled = new LRUCache<string, { readonly bytes: number; readonly executor: Executor }>({
    maxSize: limits.compiledBytesMax,
    sizeCalculation: ({ bytes }) => bytes,
  });

  return ({ operation, operationName, payer }: Run): Executor => {
    const known = compiled.get(operation.source);
    if (known) return known.executor;
    const bytes = operation.bytes + BYTES_PER_COMPILED;
    if (operation.requestCount < limits.compileAfter || bytes > limits.compiledEachBytesMax)
      return interpreted;
    payer.pay(operation.tokens * MICROS_PER_TOKEN_COMPILED);
    const executor = compileWith(schema, operation, operationName) ?? interpreted;
    compiled.set(operation.source, { bytes, executor });
    return executor;
  };
};

const masked = ({ data, errors }: ExecutionResult, context: EdgeContext): ExecutionResult => {
  if (errors === undefined) return { data: data ?? null };
  const shown: readonly object[] = errors.map((error) => mask(error, context));
  return { data: data ?? null, errors: shown } as ExecutionResult;
};

/** Returns a function that executes valid queries and mutations, compiled where they are requested often. It masks errors. */
export const createExecute = (schema: GraphQLSchema, limits: Limits): Execute => {
  const interpreted = interpretWith(schema);
  const executorOf = createCompiler(schema, limits, interpreted);
  return async (run) => masked(await executorOf(run)(run), run.context);
};

/** @throws InvalidDocument where the document does not fit the schema. */
export const demandValid =
  (execute: Execute): Execute =>
  async (run) => {
    const invalid = await run.operation.errors(run.payer);
    if (invalid.length > 0) throw new InvalidDocument(invalid);
    return execute(run);
  };
