import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import { EdgeContext, type EdgeServices } from './context';
import type { Documents } from './operation-cache';
import { mask, maskAll } from './error-formatting';
import type { Metrics } from './metrics';
import type { Execute, Run } from './run-operation';
import type { Prices } from './pricing';
import type { RateLimit } from './rate-limit';
import { refusal } from './request-errors';
import { viewerOf } from './tokens';
import type { Viewer } from './caller';

export type GraphqlSocket = {
  readonly services: EdgeServices;
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly execute: Execute;
  readonly rate: RateLimit;
  readonly prices: Prices;
  readonly metrics: Metrics;
};

/** Who is at the other end of a connection. */
export type Peer = {
  readonly address: string;
  /** What the upgrade request showed. */
  readonly authorization: string | undefined;
  viewer: Viewer;
};

type SocketContext = Context<Record<string, unknown> | undefined, Peer>;
type Prepared = ExecutionArgs & { readonly run: Run };

const CONNECTION_INIT_MS = 5_000;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const masked = (errors: readonly object[]): ExecutionResult => ({ errors }) as ExecutionResult;

/** What graphql-ws asks of us, for one edge: the same rules as over HTTP. */
export const graphqlWsProtocol = (socket: GraphqlSocket) => {
  const { services, schema, documents, execute, rate, prices, metrics } = socket;
  const { limits, tokenIssuer } = services;
  const contextOf = ({ extra }: SocketContext): EdgeContext =>
    new EdgeContext(services, extra.viewer, extra.address);

  const onConnect = async ({ extra, connectionParams }: SocketContext): Promise<boolean> => {
    const shown =
      text(connectionParams?.['authorization']) ??
      text(connectionParams?.['Authorization']) ??
      extra.authorization;
    extra.viewer = await viewerOf(shown, tokenIssuer);
    // Whoever shows a token means to be somebody: told at once that it does not count, they can get another.
    return shown === undefined || extra.viewer.kind === 'account';
  };

  const demandRoom = ({ extra: { viewer, address }, subscriptions }: SocketContext): void => {
    const { subscriptionsPerSocketMax: max } = limits;
    if (!rate(viewer.kind === 'account' ? viewer.id : address)) {
      metrics.refused('rate');
      throw refusal('RATE_LIMITED', 'Too many requests. Wait a second.');
    }
    if (Object.keys(subscriptions).length > max)
      throw refusal('RATE_LIMITED', `A connection has at most ${max} operations at once.`);
  };

  const prepare = (context: SocketContext, payload: SubscribePayload): Prepared => {
    demandRoom(context);
    const variables = payload.variables ?? undefined;
    const operationName = payload.operationName ?? undefined;
    const pay = prices.begin(context.extra.address, payload.query.length);
    const operation = documents.find({ query: payload.query, operationName, variables }, pay);
    const traceparent = text(payload.extensions?.['traceparent']);
    const run = { operation, context: contextOf(context), variables, operationName, traceparent, pay };
    return {
      ...{ schema, document: operation.document, contextValue: run.context, run },
      ...(variables === undefined ? {} : { variableValues: variables }),
      ...(operationName === undefined ? {} : { operationName }),
    };
  };

  return makeServer<Record<string, unknown> | undefined, Peer>({
    connectionInitWaitTimeout: CONNECTION_INIT_MS,
    onConnect,
    onSubscribe: (context, _id, payload) => {
      try {
        const prepared = prepare(context, payload);
        const errors = prepared.run.operation.errors(prepared.run.pay);
        return errors.length > 0 ? errors : prepared;
      } catch (error) {
        return [
          error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error }),
        ];
      }
    },
    execute: async (args): Promise<ExecutionResult> => {
      const { run } = args as Prepared;
      try {
        return await execute(run);
      } catch (error) {
        // As Mercurius answers: masked, and ready to be sent.
        return masked(maskAll(error, run.context));
      }
    },
    // What Mercurius ran is masked already, and is no longer an error object.
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
