import { execute, type ExecutionResult, type GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock';
import type { Operation } from './operation-cache';
import type { Limits } from './limits';
import { mask } from './error-formatting';
import type { Execute, Run } from './run-operation';
import { INTROSPECTION_PRICE } from './pricing';

/** Whether Mercurius may keep and compile the operation. Mercurius bounds what it keeps by number only. */
export type Admission = (operation: Operation) => boolean;

/** A compiled document is kept beside a second copy of what was parsed. */
const COPIES = 2;
const BYTES_PER_FUNCTION = 32 * 1024;
const FORGET_AFTER_MS = 10 * 60_000;

/**
 * Admits operations that are asked for often and are not large, until they fill the memory that compiled ones may take.
 * Then all are forgotten and admitted anew, at most once in ten minutes: a client that fills it on purpose makes new
 * operations slower for that time, and cannot have the others compiled again and again.
 *
 * @param forget - drops all that is kept.
 */
export const createAdmission = (limits: Limits, clock: Clock, forget: () => void): Admission => {
  let admitted = new WeakSet<Operation>();
  let bytes = 0;
  let sinceMs = clock.monotonicMs();

  const hasRoomFor = (needed: number): boolean => {
    if (bytes + needed <= limits.compiledBytesMax) return true;
    if (clock.monotonicMs() - sinceMs < FORGET_AFTER_MS) return false;
    forget();
    admitted = new WeakSet();
    bytes = 0;
    sinceMs = clock.monotonicMs();
    return true;
  };

  return (operation) => {
    if (operation.timesAsked < limits.compileAfter) return false;
    if (admitted.has(operation)) return true;
    const needed = operation.bytes * COPIES + BYTES_PER_FUNCTION;
    if (needed > limits.compiledEachBytesMax || !hasRoomFor(needed)) return false;
    admitted.add(operation);
    bytes += needed;
    return true;
  };
};

/** What was found against a document by the schema. */
export class InvalidDocument extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('The document does not fit the schema');
  }
}

/** Runs an operation as it is parsed, without keeping anything of it. */
export const interpret =
  (schema: GraphQLSchema): Execute =>
  async ({ operation, context, variables, operationName }) => {
    const { data, errors } = await execute({
      schema,
      document: operation.document,
      rootValue: {},
      contextValue: context,
      variableValues: variables,
      operationName,
    });
    if (errors === undefined) return { data: data ?? null };
    // As Mercurius answers what it runs: masked.
    const masked: readonly object[] = errors.map((error) => mask(error, context));
    return { data: data ?? null, errors: masked } as ExecutionResult;
  };

const textOfResult = new WeakMap<ExecutionResult, string>();

/** An answer as JSON text, made once for one that is given again and again. */
export const jsonOf = (result: ExecutionResult): string => textOfResult.get(result) ?? JSON.stringify(result);

/**
 * Remembers what the schema answers about itself: that depends on the document and its variables only. Nothing is kept that
 * is wrong or large.
 */
export const rememberIntrospection = (run: Execute, { introspectionBytesMax }: Limits): Execute => {
  const kept = new LRUCache<string, { readonly result: ExecutionResult; readonly bytes: number }>({
    maxSize: introspectionBytesMax,
    sizeCalculation: ({ bytes }) => bytes,
  });

  const runAndKeep = async (key: string, asked: Run): Promise<ExecutionResult> => {
    asked.pay(INTROSPECTION_PRICE);
    const result = await run(asked);
    if (result.errors === undefined) {
      const text = JSON.stringify(result);
      textOfResult.set(result, text);
      // The objects take some four times as much as their text.
      kept.set(key, { result, bytes: key.length + 5 * text.length });
    }
    return result;
  };

  return async (asked) => {
    const { operation, variables } = asked;
    if (!operation.asksForSchemaOnly) return run(asked);
    const key = `${operation.source}\n${JSON.stringify(variables ?? {})}`;
    return kept.get(key)?.result ?? runAndKeep(key, asked);
  };
};
