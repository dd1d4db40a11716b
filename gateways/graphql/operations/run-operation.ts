import type { ExecutionResult } from 'graphql';
import { within } from '../../../platform/clock';
import type { Gates, Turns } from '../../../platform/concurrency';
import { Fault } from '../../../platform/faults';
import { withSpan } from '../../../platform/telemetry';
import type { EdgeContext, EdgeServices } from '../context';
import type { Operation } from './operation-cache';
import type { Metrics } from '../metrics';
import type { Payer } from './pricing';
import { refusal } from './request-errors';
import type { Variables } from './query-cost';

/** One operation of one client, parsed and weighed. */
export type Run = {
  readonly operation: Operation;
  /** See `weigh`. */
  readonly cost: number;
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

/** The queues that the operations of an address share. */
export type Shared = { readonly places: Gates; readonly turns: Turns };

/** The work of one turn of the event loop that the operations of one address may cause, in units of their cost. */
export const COST_PER_TURN = 1_000;
/** The cost of an operation besides its fields: its request, its reads, its answer, its span and its metrics. */
const COST_OF_REQUEST = 150;

/** The cost of a mutation does not include the work of its command, which may take a millisecond. */
const turnCostOf = ({ operation, cost }: Run): number =>
  operation.kind === 'query' ? COST_OF_REQUEST + cost : COST_PER_TURN;

/**
 * Runs an operation when one of the places of its address is free, in a turn of the event loop in which the other operations
 * of that address leave room for it.
 *
 * @throws GraphQLError `RATE_LIMITED` where too much of that address waits for one already.
 */
const inTurn = (execute: Execute, { places, turns }: Shared, run: Run): Promise<ExecutionResult> => {
  const { address, services } = run.context;
  if (places.isFull(address))
    throw refusal(
      'RATE_LIMITED',
      'Too many operations of this address at once. Wait for some to be answered.',
    );
  const { clock, limits } = services;
  const tooLateMs = clock.monotonicMs() + limits.requestMs;
  return places.run(address, async () => {
    const wait = turns(address, turnCostOf(run));
    if (wait) await wait;
    // The client got this error while the operation waited for its turn.
    if (clock.monotonicMs() >= tooLateMs) throw new Fault('DEADLINE_EXCEEDED', 'Its turn came too late');
    // Those who log in again need none of their former roles.
    if (!run.operation.needsNoToken) await run.context.refresh();
    return execute(run);
  });
};

/** Returns an `execute` that waits for its turn, has a deadline and a span, and is counted and timed. */
export const observed =
  (execute: Execute, shared: Shared, metrics: Metrics): Execute =>
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
        () => inTime(inTurn(execute, shared, run), services),
      );
      failed = result.errors !== undefined;
      return result;
    } finally {
      metrics.operation(operation, clock.monotonicMs() - startedMs, failed);
    }
  };
