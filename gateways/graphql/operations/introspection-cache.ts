import { stripIgnoredCharacters, type ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import { singleFlight } from '../../../platform/concurrency';
import type { Limits } from './limits';
import type { LongWork } from './long-work';
import { ANSWER_BYTES_PER_UNIT, INTROSPECTION_PRICE } from './pricing';
import type { Execute, Run } from './run-operation';

const textOfResult = new WeakMap<ExecutionResult, string>();

/** Returns a result as JSON text. The text of an answer about the schema is made once. */
export const jsonOf = (result: ExecutionResult): string => textOfResult.get(result) ?? JSON.stringify(result);

/**
 * Keeps what the schema answers about itself, which depends on the document and its variables only. Results with errors are not
 * kept.
 */
export const cacheIntrospection = (
  run: Execute,
  { introspectionBytesMax }: Limits,
  longWork: LongWork,
): Execute => {
  const once = singleFlight<ExecutionResult>();
  const kept = new LRUCache<string, { readonly result: ExecutionResult; readonly bytes: number }>({
    maxSize: introspectionBytesMax,
    sizeCalculation: ({ bytes }) => bytes,
  });

  const runAndKeep = async (key: string, asked: Run): Promise<ExecutionResult> => {
    asked.payer.pay(INTROSPECTION_PRICE);
    const result = await longWork(asked.context.address, () => run(asked));
    if (result.errors === undefined) {
      const text = JSON.stringify(result);
      textOfResult.set(result, text);
      // Measured: the objects take some four times as much as their text.
      kept.set(key, { result, bytes: key.length + 5 * text.length });
    }
    return result;
  };

  return async (asked) => {
    const { operation, variables } = asked;
    if (!operation.isIntrospection) return run(asked);
    // Comments and blanks make no other question.
    const key = `${stripIgnoredCharacters(operation.source)}\n${JSON.stringify(variables ?? {})}`;
    const known = kept.get(key)?.result;
    if (known) asked.payer.pay(jsonOf(known).length / ANSWER_BYTES_PER_UNIT);
    return known ?? once(key, () => runAndKeep(key, asked));
  };
};
