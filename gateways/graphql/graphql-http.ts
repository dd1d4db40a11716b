import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { Fault } from '../../platform/faults';
import { networkOf, type RateLimit } from '../../platform/rate-limit';
import { isConsistencyToken, waitUntilShown } from './consistency-token';
import { EdgeContext, type EdgeServices } from './context';
import type { Documents, Operation } from './operation-cache';
import { demandGoodToken, guest } from './caller';
import { maskAll } from './error-formatting';
import type { Metrics } from './metrics';
import type { Execute } from './run-operation';
import { jsonOf } from './introspection-cache';
import { operationRequestOf, bodyOfQuery, type DocumentOf } from './graphql-request';
import { answerTypeOf, type AnswerType } from './media-type';
import type { Prices } from './pricing';
import { refusal } from './request-errors';
import { viewerOf } from './tokens';

export type GraphqlHttp = {
  readonly services: EdgeServices;
  readonly documentOf: DocumentOf;
  readonly documents: Documents;
  readonly execute: Execute;
  readonly rate: RateLimit;
  readonly prices: Prices;
  readonly metrics: Metrics;
};

const bad = (message: string): GraphQLError => refusal('BAD_REQUEST', message);

/**
 * Waits until the read models that an operation reads show what the caller has seen.
 *
 * @throws Fault `DEADLINE_EXCEEDED` when they take too long.
 */
const waitForHeader = async (
  header: string | string[],
  operation: Operation,
  services: EdgeServices,
): Promise<void> => {
  if (!isConsistencyToken(header))
    throw bad('The header x-read-after holds the consistencyToken of a mutation.');
  const outcome = await waitUntilShown(header, operation.readModels(), services);
  if (outcome === 'unknown')
    throw bad(
      'The header x-read-after holds no consistencyToken of this platform: nothing has been stored there yet.',
    );
  if (outcome === 'late') throw new Fault('DEADLINE_EXCEEDED', `The read models do not show ${header} yet`);
};

/** Returns whether the request is well-formed and only its document is rejected. */
const refusesDocument = (code: unknown): boolean => {
  switch (code) {
    case 'GRAPHQL_PARSE_FAILED':
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'INPUT_INVALID':
    case 'OPERATION_NOT_FOUND':
    case 'OPERATION_TOO_COSTLY':
    case 'PERSISTED_QUERY_NOT_SUPPORTED':
    case 'DOCUMENT_NOT_TRUSTED':
      return true;
    default:
      return false;
  }
};

/** A fault that is masked says whether trying again may help. */
const statusOf = (
  { code, retryable }: Readonly<Record<string, unknown>>,
  { refusedStatus }: AnswerType,
): number => {
  if (retryable !== undefined) return retryable === true ? 503 : 500;
  if (refusesDocument(code)) return refusedStatus;
  switch (code) {
    case 'UNAUTHENTICATED':
      return 401;
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

const CHALLENGE = 'Bearer realm="waybill", error="invalid_token"';

const traceparentOf = (request: FastifyRequest): string | undefined => {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
};

const bytesOf = ({ headers, url }: FastifyRequest): number =>
  url.length + Number(headers['content-length'] ?? 0);

const sendErrors = (reply: FastifyReply, error: unknown, context: EdgeContext, type: AnswerType): void => {
  const errors: readonly GraphQLFormattedError[] = maskAll(error, context);
  const extensions = errors[0]?.extensions ?? {};
  const status = statusOf(extensions, type);
  if (status === 401) reply.header('www-authenticate', CHALLENGE);
  if (status === 429 || status === 503) reply.header('retry-after', secondsToWait(extensions));
  void reply.code(status).header('content-type', type.contentType).send(JSON.stringify({ errors }));
};

/** GraphQL over HTTP at the prefix of `app`: POST with JSON, GET for queries. */
export const registerGraphqlHttp = (app: FastifyInstance, http: GraphqlHttp): void => {
  const { services, documentOf, documents, execute, rate, prices, metrics } = http;
  const { limits } = services;

  const run = async (
    request: FastifyRequest,
    context: EdgeContext,
    body: unknown,
  ): Promise<ExecutionResult> => {
    const payer = prices.begin(context.address, bytesOf(request));
    const requested = operationRequestOf(body, documentOf);
    const { variables, operationName } = requested;
    const { operation, cost } = await documents.find(requested, payer);
    demandGoodToken(context.viewer, operation);
    if (operation.kind === 'subscription')
      throw bad('Subscriptions go over a WebSocket, with the protocol graphql-transport-ws.');
    // Fastify answers HEAD by the route of GET.
    if (operation.kind !== 'query' && request.method !== 'POST')
      throw refusal('METHOD_NOT_ALLOWED', 'Mutations go by POST.');
    const readAfter = request.headers['x-read-after'];
    if (operation.kind === 'query' && readAfter !== undefined)
      await waitForHeader(readAfter, operation, services);
    const traceparent = traceparentOf(request);
    return execute({ operation, cost, context, variables, operationName, traceparent, payer });
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply, body: () => unknown): Promise<void> => {
    const context = new EdgeContext(
      services,
      await viewerOf(request.headers.authorization, services.tokenIssuer),
      networkOf(request.ip),
    );
    const type = answerTypeOf(request.headers.accept);
    const send = (status: number, text: string): void =>
      void reply.code(status).header('content-type', type.contentType).send(text);
    const client = context.viewer.kind === 'account' ? context.viewer.id : context.address;
    try {
      if (!rate(client)) {
        metrics.refused('rate');
        throw refusal('RATE_LIMITED', 'Too many requests. Wait a second.');
      }
      const result = await run(request, context, body());
      if (wasRun(result)) send(200, jsonOf(result));
      else send(type.refusedStatus, JSON.stringify({ errors: result.errors }));
    } catch (error) {
      sendErrors(reply, error, context, type);
    }
  };

  /** Refuses an address that owes before its request is read. */
  const demandPaid: onRequestHookHandler = (request, reply, done) => {
    const address = networkOf(request.ip);
    try {
      prices.demandPaid(address);
    } catch (error) {
      const type = answerTypeOf(request.headers.accept);
      sendErrors(reply, error, new EdgeContext(services, guest, address), type);
      return;
    }
    done();
  };

  const route = { url: '', onRequest: demandPaid, config: { access: 'by-field' } } as const;
  app.route({
    ...route,
    method: 'POST',
    bodyLimit: limits.bodyBytesMax,
    handler: (request, reply) => answer(request, reply, () => request.body),
  });
  app.route<{ Querystring: Readonly<Record<string, unknown>> }>({
    ...route,
    method: 'GET',
    handler: (request, reply) => answer(request, reply, () => bodyOfQuery(request.query)),
  });
};
