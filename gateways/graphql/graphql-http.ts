import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Millis } from '../../domain/kernel';
import { Fault } from '../../platform/faults';
import { networkOf, type RateLimit } from '../../platform/rate-limit';
import { isConsistencyToken } from './consistency-token';
import { EdgeContext, type EdgeServices } from './context';
import type { Documents } from './operation-cache';
import { maskAll } from './error-formatting';
import type { Metrics } from './metrics';
import type { Execute } from './run-operation';
import { jsonOf } from './execution';
import type { Prices } from './pricing';
import type { Variables } from './query-cost';
import { refusal } from './request-errors';
import { viewerOf } from './tokens';

type Asked = {
  readonly query: string;
  readonly variables: Variables | undefined;
  readonly operationName: string | undefined;
};

export type GraphqlHttp = {
  readonly services: EdgeServices;
  readonly documents: Documents;
  readonly execute: Execute;
  readonly rate: RateLimit;
  readonly prices: Prices;
  readonly metrics: Metrics;
};

const bad = (message: string): GraphQLError => refusal('BAD_REQUEST', message);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a body or a query string asks for. A document as JSON, several at once, and other oddities are refused. */
const askedOf = (body: unknown): Asked => {
  if (Array.isArray(body)) throw bad('Send one operation a request: batches are not taken.');
  if (!isRecord(body)) throw bad('Send a JSON object with "query", and "variables" where there are any.');
  const { query, variables, operationName } = body;
  if (typeof query !== 'string' || query === '') throw bad('"query" is the text of a GraphQL document.');
  if (variables !== undefined && variables !== null && !isRecord(variables))
    throw bad('"variables" is a JSON object.');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw bad('"operationName" is text.');
  return { query, variables: variables ?? undefined, operationName: operationName || undefined };
};

const parsedVariables = (text: unknown): unknown => {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw bad('"variables" is JSON text in a GET.');
  }
};

/** @throws Fault `DEADLINE_EXCEEDED` when the read models take too long to show what the caller has seen happen. */
const waitForHeader = async (
  header: string | string[],
  { waitFor, events, limits }: EdgeServices,
): Promise<void> => {
  if (!isConsistencyToken(header))
    throw bad('The header x-read-after holds the consistencyToken of a mutation.');
  if (await waitFor(header, 0 as Millis)) return;
  const head = await events.head();
  if (head === undefined || header > head)
    throw bad(
      'The header x-read-after holds no consistencyToken of this platform: nothing has been stored there yet.',
    );
  if (!(await waitFor(header, limits.readAfterMs)))
    throw new Fault('DEADLINE_EXCEEDED', `The read models do not show ${header} yet`);
};

/** A fault that is masked says whether trying again may help. */
const statusOf = ({ code, retryable }: Readonly<Record<string, unknown>>): number => {
  if (retryable !== undefined) return retryable === true ? 503 : 500;
  switch (code) {
    case 'METHOD_NOT_ALLOWED':
      return 405;
    case 'RATE_LIMITED':
      return 429;
    case 'INTERNAL':
      return 500;
    default:
      return 400;
  }
};

const secondsToWait = ({ retryAfterSeconds }: Readonly<Record<string, unknown>>): number =>
  typeof retryAfterSeconds === 'number' ? retryAfterSeconds : 1;

/** Whether the operation was begun: what is wrong with its variables comes as errors of no field, and without data. */
const wasRun = ({ data, errors }: ExecutionResult): boolean =>
  (data !== null && data !== undefined) || (errors ?? []).some(({ path }) => path !== undefined);

const json = 'application/json; charset=utf-8';

const send = (reply: FastifyReply, status: number, body: string): void =>
  void reply.code(status).header('content-type', json).send(body);

const traceparentOf = (request: FastifyRequest): string | undefined => {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
};

const bytesOf = ({ headers, url }: FastifyRequest): number =>
  url.length + Number(headers['content-length'] ?? 0);

/** GraphQL over HTTP: POST with JSON, GET for queries. */
export const registerGraphqlHttp = (app: FastifyInstance, http: GraphqlHttp): void => {
  const { services, documents, execute, rate, prices, metrics } = http;
  const { limits } = services;

  const run = async (
    request: FastifyRequest,
    context: EdgeContext,
    body: unknown,
  ): Promise<ExecutionResult> => {
    const pay = prices.begin(context.address, bytesOf(request));
    const asked = askedOf(body);
    const { variables, operationName } = asked;
    const { operation } = documents.find(asked, pay);
    if (operation.kind === 'subscription')
      throw bad('Subscriptions go over a WebSocket, with the protocol graphql-transport-ws.');
    // Fastify answers HEAD by the route of GET.
    if (operation.kind !== 'query' && request.method !== 'POST')
      throw refusal('METHOD_NOT_ALLOWED', 'Mutations go by POST.');
    const readAfter = request.headers['x-read-after'];
    if (operation.kind === 'query' && readAfter !== undefined) await waitForHeader(readAfter, services);
    const traceparent = traceparentOf(request);
    return execute({ operation, context, variables, operationName, traceparent, pay });
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply, body: () => unknown): Promise<void> => {
    const context = new EdgeContext(
      services,
      await viewerOf(request.headers.authorization, services.tokenIssuer),
      networkOf(request.ip),
    );
    const client = context.viewer.kind === 'account' ? context.viewer.id : context.address;
    try {
      if (!rate(client)) {
        metrics.refused('rate');
        throw refusal('RATE_LIMITED', 'Too many requests. Wait a second.');
      }
      const result = await run(request, context, body());
      if (wasRun(result)) send(reply, 200, jsonOf(result));
      else send(reply, 400, JSON.stringify({ errors: result.errors }));
    } catch (error) {
      const errors: readonly GraphQLFormattedError[] = maskAll(error, context);
      const extensions = errors[0]?.extensions ?? {};
      const status = statusOf(extensions);
      if (status === 429 || status === 503) reply.header('retry-after', secondsToWait(extensions));
      send(reply, status, JSON.stringify({ errors }));
    }
  };

  app.route({
    method: 'POST',
    url: '/graphql',
    bodyLimit: limits.bodyBytesMax,
    handler: (request, reply) => answer(request, reply, () => request.body),
  });

  app.route<{ Querystring: Readonly<Record<string, unknown>> }>({
    method: 'GET',
    url: '/graphql',
    handler: (request, reply) =>
      answer(request, reply, () => ({
        ...request.query,
        variables: parsedVariables(request.query['variables']),
      })),
  });
};
