import type { ExecutionResult } from 'graphql';
import { within } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import { withSpan } from '../../platform/telemetry';
import type { EdgeContext, EdgeServices } from './context';
import type { Operation } from './operation-cache';
import type { Metrics } from './metrics';
import type { Variables } from './query-cost';

/** One operation of one client, parsed and weighed. */
export type Run = {
  readonly operation: Operation;
  readonly context: EdgeContext;
  readonly variables: Variables | undefined;
  readonly operationName: string | undefined;
  /** W3C trace context that the client sent. */
  readonly traceparent: string | undefined;
};

/** Runs a query or a mutation; throws what Mercurius throws where the schema or the variables are against it. */
export type Execute = (run: Run) => Promise<ExecutionResult>;

/** Gives up on work that takes too long. What it has begun goes on: a mutation may still happen, once. */
const inTime = <Result>(
  work: Promise<Result>,
  { clock, limits: { requestMs } }: EdgeServices,
): Promise<Result> =>
  within(clock, requestMs, work, () => new Fault('DEADLINE_EXCEEDED', `Not done within ${requestMs} ms`));

/** The doors' way to `execute`: in time, with a span of its own, counted and timed. */
export const observed =
  (execute: Execute, metrics: Metrics): Execute =>
  async (run) => {
    const { operation, context, traceparent } = run;
    const { services } = context;
    const { clock } = services;
    const startedMs = clock.monotonicMs();
    let failed = true;
    try {
      const result = await withSpan(
        `graphql ${operation.field}`,
        { kind: 'server', parent: traceparent, attributes: { 'graphql.operation.type': operation.kind } },
        () => inTime(execute(run), services),
      );
      failed = result.errors !== undefined;
      return result;
    } finally {
      metrics.operation(operation, clock.monotonicMs() - startedMs, failed);
    }
  };
