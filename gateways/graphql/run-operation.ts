import type { ExecutionResult } from 'graphql';
import { within } from '../../platform/clock';
import type { Gates } from '../../platform/concurrency';
import { Fault } from '../../platform/faults';
import { withSpan } from '../../platform/telemetry';
import type { EdgeContext, EdgeServices } from './context';
import type { Operation } from './operation-cache';
import type { Metrics } from './metrics';
import type { Payer } from './pricing';
import { refusal } from './request-errors';
import type { Variables } from './query-cost';

/** One operation of one client, parsed and weighed. */
export type Run = {
  readonly operation: Operation;
  readonly context: EdgeContext;
  readonly variables: Variables | undefined;
  readonly operationName: string | undefined;
  /** W3C trace context that the client sent. */
  readonly traceparent: string | undefined;
  readonly payer: Payer;
};

/** Executes a query or a mutation. @throws InvalidDocument where the document does not fit the schema. */
export type Execute = (run: Run) => Promise<ExecutionResult>;

/** Gives up on work that takes too long. What it has begun goes on: a mutation may still happen, once. */
const inTime = <Result>(
  work: Promise<Result>,
  { clock, limits: { requestMs } }: EdgeServices,
): Promise<Result> =>
  within(clock, requestMs, work, () => new Fault('DEADLINE_EXCEEDED', `Not done within ${requestMs} ms`));

/**
 * Runs what an address asks for when one of its places is free.
 *
 * @throws GraphQLError `RATE_LIMITED` where too much of that address waits for one already.
 */
const inTurn = (execute: Execute, places: Gates, run: Run): Promise<ExecutionResult> => {
  const { address, services } = run.context;
  if (places.isFull(address))
    throw refusal(
      'RATE_LIMITED',
      'Too many operations of this address at once. Wait for some to be answered.',
    );
  const { clock, limits } = services;
  const tooLateMs = clock.monotonicMs() + limits.requestMs;
  return places.run(address, () => {
    // The client was told so while this waited for its turn.
    if (clock.monotonicMs() >= tooLateMs) throw new Fault('DEADLINE_EXCEEDED', 'Its turn came too late');
    return execute(run);
  });
};

/** The doors' way to `execute`: in turn, in time, with a span of its own, counted and timed. */
export const observed =
  (execute: Execute, places: Gates, metrics: Metrics): Execute =>
  async (run) => {
    const { operation, context, traceparent } = run;
    const { services } = context;
    if (operation.kind === 'mutation') context.touches = operation.readModels();
    const { clock } = services;
    const startedMs = clock.monotonicMs();
    let failed = true;
    try {
      const result = await withSpan(
        `graphql ${operation.field}`,
        { kind: 'server', parent: traceparent, attributes: { 'graphql.operation.type': operation.kind } },
        () => inTime(inTurn(execute, places, run), services),
      );
      failed = result.errors !== undefined;
      return result;
    } finally {
      metrics.operation(operation, clock.monotonicMs() - startedMs, failed);
    }
  };
