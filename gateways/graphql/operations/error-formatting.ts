import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isFault, type FaultCode } from '../../../platform/faults';
import type { RequestErrorCode } from './request-errors';
import type { Logger } from '../../../platform/telemetry';

/** Faults that tell the caller what to do; of the others the caller learns the code, and a reference for the log. */
export const tellable: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'INPUT_INVALID',
  'MOMENT_IN_FUTURE',
  'MOMENT_BEFORE_HISTORY',
  'HISTORY_TOO_LONG',
  'PAST_BEING_BUILT',
  'NOT_AUTHENTICATED',
  'NOT_PERMITTED',
  'WRONG_REALM',
  'QUERY_INVALID',
  'OUTCOME_UNKNOWN',
]);

const remedies: Partial<Record<FaultCode, string>> = {
  STORE_FULL:
    'There is no room to record anything just now, so nothing happened. Try again later, a mutation with the same idempotencyKey.',
  OVERLOADED: 'There is too much to do just now. Try again in a moment.',
  DEADLINE_EXCEEDED: 'This took too long. Try again, a mutation with the same idempotencyKey.',
};

const TRY_AGAIN =
  'Something that this needs is not there just now. Try again, a mutation with the same idempotencyKey.';
const GIVE_UP =
  'This went wrong on our side, and trying again will not help. Name the reference when you report it.';

export type Asker = { readonly correlationId: string; readonly services: { readonly logger: Logger } };

type Told = { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> };

const told = (cause: unknown, asker: Asker): Told => {
  const { correlationId: reference, services } = asker;
  if (!isFault(cause)) {
    services.logger.error({ error: cause, reference }, 'A request hit a bug');
    return {
      message: `${GIVE_UP} Reference: ${reference}.`,
      extensions: { code: 'INTERNAL' satisfies RequestErrorCode, reference },
    };
  }
  const { code, retryable, message } = cause;
  if (tellable.has(code)) return { message, extensions: { code } };
  services.logger.warn({ error: cause, code, reference }, 'A request met a fault');
  const remedy = remedies[code] ?? (retryable ? TRY_AGAIN : GIVE_UP);
  return { message: `${remedy} Reference: ${reference}.`, extensions: { code, reference, retryable } };
};

/** graphql-js and graphql-jit wrap what a resolver throws; what was thrown is at the bottom. */
const causeOf = (error: unknown): unknown => {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
};

const placeOf = ({ locations, path }: GraphQLError) => ({
  ...(locations ? { locations } : {}),
  ...(path ? { path } : {}),
});

/** An error as the outside may see it: no stack, no name of ours, nothing that a stranger could use. */
export const mask = (error: unknown, asker: Asker): GraphQLFormattedError => {
  const cause = causeOf(error);
  // GraphQL's own: what the caller wrote is wrong, and it says where. With a path it is about what we answered: a bug.
  if (cause instanceof GraphQLError && (cause.path === undefined || cause !== error)) {
    const { message, extensions } = cause;
    const at = placeOf(error instanceof GraphQLError ? error : cause);
    return {
      message,
      ...at,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' satisfies RequestErrorCode, ...extensions },
    };
  }
  const at = error instanceof GraphQLError ? placeOf(error) : {};
  return { ...told(cause, asker), ...at };
};

/** Masks the errors of an operation that was not run. An error with `errors`, such as `InvalidDocument`, stands for those. */
export const maskAll = (error: unknown, asker: Asker): readonly GraphQLFormattedError[] => {
  const found = error instanceof Error && 'errors' in error ? error.errors : undefined;
  const errors: readonly unknown[] = Array.isArray(found) && found.length > 0 ? found : [error];
  return errors.map((one) => mask(one, asker));
};
