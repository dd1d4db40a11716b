import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Operation } from './operations/operation-cache';

/** `work`: an address owes for earlier work. `unread`: a WebSocket whose client did not read. */
export type Refusal = 'origin' | 'rate' | 'work' | 'sockets' | 'connections' | 'unread';

export type Metrics = {
  operation(operation: Operation, durationMs: number, failed: boolean): void;
  /** Open WebSockets, up or down by one. */
  socket(change: 1 | -1): void;
  refused(reason: Refusal): void;
};

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Observe = (seconds: number) => void;

/** Looks up the child of a histogram once for each set of labels, because that costs more than counting. */
const remembered = (histogram: Histogram, labels: (key: string) => Record<string, string>) => {
  const children = new Map<string, Observe>();
  return (key: string): Observe => {
    let observe = children.get(key);
    if (!observe) {
      const child = histogram.labels(labels(key));
      observe = (seconds) => child.observe(seconds);
      children.set(key, observe);
    }
    return observe;
  };
};

/** Counts and times what the edge does. Labels are routes and root fields of ours, never a client's words. */
export const createMetrics = (app: FastifyInstance, registry: Registry): Metrics => {
  const registers = [registry];
  const requests = remembered(
    new Histogram({
      name: 'waybill_http_request_duration_seconds',
      help: 'How long HTTP requests take, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    }),
    (key) => {
      const [method = '', route = '', status = ''] = key.split(' ');
      return { method, route, status };
    },
  );
  const operations = remembered(
    new Histogram({
      name: 'waybill_graphql_operation_duration_seconds',
      help: 'How long GraphQL operations take, by their first root field.',
      labelNames: ['kind', 'field', 'outcome'],
      buckets,
      registers,
    }),
    (key) => {
      const [kind = '', field = '', outcome = ''] = key.split(' ');
      return { kind, field, outcome };
    },
  );
  const sockets = new Gauge({ name: 'waybill_graphql_sockets', help: 'Open WebSockets.', registers });
  const refusals = new Counter({
    name: 'waybill_edge_refusals_total',
    help: 'Requests that were turned away by a limit, or for the origin of their page.',
    labelNames: ['reason'],
    registers,
  });

  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    requests(`${request.method} ${route} ${reply.statusCode}`)(reply.elapsedTime / 1_000);
    done();
  });

  return {
    operation: ({ kind, field }, durationMs, failed) =>
      operations(`${kind} ${field} ${failed ? 'error' : 'ok'}`)(durationMs / 1_000),
    socket: (change) => sockets.inc(change),
    refused: (reason) => refusals.inc({ reason }),
  };
};
