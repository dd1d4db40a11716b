import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { Fault } from '../../../platform/faults';
import { networkOf, type RateLimit } from '../../../platform/rate-limit';
import { demandGoodToken, guest } from '../access/caller';
import { callerLanguage } from '../access/caller-language';
import { isConsistencyToken, waitUntilShown } from '../readers/consistency-token';
import { EdgeContext, type EdgeServices } from '../context';
import type { OperationRequest } from './graphql-request';
import type { Metrics } from '../metrics';
import type { Documents, Operation } from './operation-cache';
import type { Prices } from './pricing';
import { refusal } from './request-errors';
import type { Execute } from './run-operation';
import { viewerOf } from '../access/tokens';

/** The dependencies of operations over HTTP, in any form of request. */
export type OperationDeps = {
  readonly services: EdgeServices;
  readonly documents: Documents;
  readonly execute: Execute;
  readonly rate: RateLimit;
  readonly prices: Prices;
  readonly metrics: Metrics;
};

/** Runs the operations of HTTP requests. */
export type OperationsOverHttp = {
  contextOf(request: FastifyRequest): Promise<EdgeContext>;
  /**
   * @param read - reads the operation from the request, after the sender's limits were checked.
   * @throws GraphQLError or Fault for a request that is refused.
   */
  run(
    request: FastifyRequest,
    context: EdgeContext,
    read: () => OperationRequest & { readonly mayWrite: boolean },
  ): Promise<ExecutionResult>;
  /** Refuses an address that owes before its request is read. */
  demandPaid(
    refuse: (reply: FastifyReply, error: unknown, context: EdgeContext) => void,
  ): onRequestHookHandler;
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

const traceparentOf = (request: FastifyRequest): string | undefined => {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
};

const bytesOf = ({ headers, url }: FastifyRequest): number =>
  url.length + Number(headers['content-length'] ?? 0);

/** Returns how many seconds the sender of a refused request is to wait. */
const secondsToWait = ({ retryAfterSeconds }: Readonly<Record<string, unknown>>): number =>
  typeof retryAfterSeconds === 'number' ? retryAfterSeconds : 1;

/** The value of `WWW-Authenticate` for an access token that has expired or is not valid. */
const CHALLENGE = 'Bearer realm="waybill", error="invalid_token"';

/** Sets the headers that say what the sender of a refused request is to do. */
export const setRemedyHeaders = (
  reply: FastifyReply,
  status: number,
  extensions: Readonly<Record<string, unknown>>,
): void => {
  if (status === 401) reply.header('www-authenticate', CHALLENGE);
  if (status === 429 || status === 503) reply.header('retry-after', secondsToWait(extensions));
};

export const createOperationsOverHttp = (deps: OperationDeps): OperationsOverHttp => {
  const { services, documents, execute, rate, prices, metrics } = deps;
  return {
    contextOf: async (request) =>
      new EdgeContext(
        services,
        await viewerOf(request.headers.authorization, services.tokenIssuer),
        networkOf(request.ip),
        callerLanguage(request.headers['accept-language']),
      ),

    run: async (request, context, read) => {
      const client = context.viewer.kind === 'account' ? context.viewer.id : context.address;
      if (!rate(client)) {
        metrics.refused('rate');
        throw refusal('RATE_LIMITED', 'Too many requests. Wait a second.');
      }
      const payer = prices.begin(context.address, bytesOf(request));
      const { mayWrite, ...requested } = read();
      const { variables, operationName } = requested;
      const { operation, cost } = await documents.find(requested, payer);
      demandGoodToken(context.viewer, operation);
      if (operation.kind === 'subscription')
        throw bad('Subscriptions go over a WebSocket, with the protocol graphql-transport-ws.');
      if (operation.kind !== 'query' && !mayWrite)
        throw refusal('METHOD_NOT_ALLOWED', 'Mutations go by POST.');
      const readAfter = request.headers['x-read-after'];
      if (operation.kind === 'query' && readAfter !== undefined)
        await waitForHeader(readAfter, operation, services);
      const traceparent = traceparentOf(request);
      return execute({ operation, cost, context, variables, operationName, traceparent, payer });
    },

    demandPaid: (refuse) => (request, reply, done) => {
      const address = networkOf(request.ip);
      try {
        prices.demandPaid(address);
      } catch (error) {
        refuse(reply, error, new EdgeContext(services, guest, address));
        return;
      }
      done();
    },
  };
};
