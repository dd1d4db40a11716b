import type { RateLimit } from '../../../platform/rate-limit';
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import { epochMsOf, type Language } from '../../../domain/kernel';
import { callerLanguage } from '../access/caller-language';
import type { DocumentOf } from '../operations/graphql-request';
import { EdgeContext, type EdgeServices } from '../context';
import type { Documents } from '../operations/operation-cache';
import { mask, maskAll } from '../operations/error-formatting';
import type { Metrics } from '../metrics';
import type { Execute, Run } from '../operations/run-operation';
import type { Prices } from '../operations/pricing';
import { refusal } from '../operations/request-errors';
import type { Subscriptions } from './subscriptions';
import { viewerOf } from '../access/tokens';
import { demandGoodToken, viewerAt, type Viewer } from '../access/caller';

export type GraphqlSocket = {
  readonly services: EdgeServices;
  readonly schema: GraphQLSchema;
  readonly documentOf: DocumentOf;
  readonly documents: Documents;
  readonly execute: Execute;
  readonly rate: RateLimit;
  readonly prices: Prices;
  readonly metrics: Metrics;
  readonly subscriptions: Subscriptions;
};

/** The client of a connection. */
export type Peer = {
  readonly address: string;
  /** The header of the upgrade request. */
  readonly authorization: string | undefined;
  viewer: Viewer;
  language: Language;
};

type SocketContext = Context<Record<string, unknown> | undefined, Peer>;
/** `leave`: see `Subscriptions.enter`. */
type Prepared = ExecutionArgs & { readonly run: Run; readonly cost: number; readonly leave: () => void };

const CONNECTION_INIT_MS = 5_000;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const masked = (errors: readonly object[]): ExecutionResult => ({ errors }) as ExecutionResult;

/** Returns a function that checks an operation as over HTTP: rate, cost and access token. */
const preparing = (socket: GraphqlSocket, contextOf: (context: SocketContext) => EdgeContext) => {
  const { services, schema, documentOf, documents, rate, prices, metrics, subscriptions: live } = socket;
  const { limits } = services;

  const demandRoom = ({ extra: { viewer, address }, subscriptions }: SocketContext): void => {
    const { subscriptionsPerSocketMax: max } = limits;
    if (!rate(viewer.kind === 'account' ? viewer.id : address)) {
      metrics.refused('rate');
      throw refusal('RATE_LIMITED', 'Too many requests. Wait a second.');
    }
    if (Object.keys(subscriptions).length > max)
      throw refusal('RATE_LIMITED', `A connection has at most ${max} operations at once.`);
  };

  return async (
    context: SocketContext,
    payload: SubscribePayload,
  ): Promise<Prepared | readonly GraphQLError[]> => {
    demandRoom(context);
    const query = documentOf(payload) ?? '';
    const variables = payload.variables ?? undefined;
    const operationName = payload.operationName ?? undefined;
    const payer = prices.begin(context.extra.address, payload.query.length);
    const { operation, cost } = await documents.find({ query, operationName, variables }, payer);
    demandGoodToken(viewerAt(context.extra.viewer, epochMsOf(services.clock.now())), operation);
    const traceparent = text(payload.extensions?.['traceparent']);
    const run = {
      operation,
      cost,
      context: contextOf(context),
      variables,
      operationName,
      traceparent,
      payer,
    };
    const errors = await operation.errors(payer);
    if (errors.length > 0) return errors;
    const { viewer, address } = context.extra;
    const leave = operation.kind === 'subscription' ? live.enter(viewer, address) : () => undefined;
    return {
      ...{ schema, document: operation.document, contextValue: run.context, run, cost, leave },
      variableValues: variables,
      operationName,
    };
  };
};

/** Creates the graphql-ws server. The same rules apply as over HTTP. */
export const graphqlWsProtocol = (socket: GraphqlSocket) => {
  const { services, execute, subscriptions } = socket;
  const { tokenIssuer } = services;
  const contextOf = ({ extra }: SocketContext): EdgeContext =>
    new EdgeContext(services, extra.viewer, extra.address, extra.language);
  const prepare = preparing(socket, contextOf);

  const onConnect = async ({ extra, connectionParams }: SocketContext): Promise<boolean> => {
    const shown =
      connectionParams?.['authorization'] ?? connectionParams?.['Authorization'] ?? extra.authorization;
    extra.viewer = await viewerOf(shown, tokenIssuer);
    // Browsers let no script set a header of a WebSocket.
    const language = text(connectionParams?.['accept-language']);
    if (language !== undefined) extra.language = callerLanguage(language);
    // A client that gets an error at once can get another token.
    return extra.viewer.kind === 'account' || extra.viewer.because === 'no-token';
  };

  return makeServer<Record<string, unknown> | undefined, Peer>({
    connectionInitWaitTimeout: CONNECTION_INIT_MS,
    onConnect,
    onSubscribe: async (context, _id, payload) => {
      try {
        return await prepare(context, payload);
      } catch (error) {
        return [
          error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error }),
        ];
      }
    },
    subscribe: (args) => subscriptions.run(args as Prepared),
    execute: async (args): Promise<ExecutionResult> => {
      const { run } = args as Prepared;
      try {
        return await execute(run);
      } catch (error) {
        // Masked, like the errors that `execute` returns.
        return masked(maskAll(error, run.context));
      }
    },
    // The result of `execute` is masked already, and has no error objects.
    // eslint-disable-next-line max-params -- graphql-ws's
    onNext: (context, _id, _payload, _args, { data, errors }) => ({
      ...(data === undefined ? {} : { data }),
      ...(errors && {
        errors: errors.map((one) => (one instanceof GraphQLError ? mask(one, contextOf(context)) : one)),
      }),
    }),
    onError: (context, _id, _payload, errors) => errors.map((error) => mask(error, contextOf(context))),
  });
};
