import type { ExecutionResult } from 'graphql';
import { withSpan } from '../../platform/telemetry';
import type { EdgeContext } from './context';
import type { Operation } from './documents';
import type { Metrics } from './metrics';
import type { Variables } from './weigh';

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

/** The doors' way to `execute`: with a span of its own, counted and timed. */
export const observed =
  (execute: Execute, metrics: Metrics): Execute =>
  async (run) => {
    const { operation, context, traceparent } = run;
    const { clock } = context.services;
    const startedMs = clock.monotonicMs();
    const result = await withSpan(
      `graphql ${operation.field}`,
      { kind: 'server', parent: traceparent, attributes: { 'graphql.operation.type': operation.kind } },
      () => execute(run),
    );
    metrics.operation(operation, clock.monotonicMs() - startedMs, result.errors !== undefined);
    return result;
  };
