import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Context, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { epochMsOf, type Millis } from '../../domain/kernel';
import { EdgeContext, type EdgeServices } from './context';
import { refusal, type Documents } from './documents';
import { mask, maskAll } from './mask';
import type { Metrics } from './metrics';
import type { Execute, Run } from './operations';
import type { RateLimit } from './rate-limit';
import { guest, type Viewer } from './viewer';

export type GraphqlSocket = {
  readonly services: EdgeServices;
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly execute: Execute;
  readonly rate: RateLimit;
  readonly metrics: Metrics;
};

/** One connection, as long as it stands. */
type Connection = {
  readonly socket: WebSocket;
  readonly address: string;
  /** What the upgrade request showed. */
  readonly authorization: string | undefined;
  viewer: Viewer;
  /** Whether it answered since it was last asked. */
  alive: boolean;
};

type SocketContext = Context<Record<string, unknown> | undefined, Connection>;
type Prepared = ExecutionArgs & { readonly run: Run };

const SWEEP_MS = 15_000 as Millis;
const CLOSE_MS = 1_000 as Millis;
const PATH = /^\/graphql\/?(?:\?|$)/;
const BEARER = /^Bearer +(\S+)$/i;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const addressOf = (request: IncomingMessage, trustProxy: boolean): string => {
  const forwarded = trustProxy ? text(request.headers['x-forwarded-for']) : undefined;
  return forwarded?.split(',').at(-1)?.trim() ?? request.socket.remoteAddress ?? 'unknown';
};

/** What graphql-ws asks of us, for one edge: the same rules as over HTTP. */
const protocolOf = ({ services, schema, documents, execute, rate, metrics }: GraphqlSocket) => {
  const { limits, tokenIssuer } = services;
  const contextOf = ({ extra }: SocketContext): EdgeContext =>
    new EdgeContext(services, extra.viewer, extra.address);

  const onConnect = async ({ extra, connectionParams }: SocketContext): Promise<boolean> => {
    const shown =
      text(connectionParams?.['authorization']) ??
      text(connectionParams?.['Authorization']) ??
      extra.authorization;
    const token = shown === undefined ? undefined : BEARER.exec(shown)?.[1];
    extra.viewer = token === undefined ? guest : await tokenIssuer.read(token);
    // Whoever shows a token means to be somebody: told at once that it does not count, they can get another.
    return shown === undefined || extra.viewer.kind === 'account';
  };

  const prepare = (context: SocketContext, payload: SubscribePayload): Prepared => {
    const { extra, subscriptions } = context;
    if (!rate(extra.viewer.kind === 'account' ? extra.viewer.id : extra.address)) {
      metrics.refused('rate');
      throw refusal('RATE_LIMITED', 'Too many requests. Wait a second.');
    }
    if (Object.keys(subscriptions).length > limits.subscriptionsPerSocketMax)
      throw refusal(
        'RATE_LIMITED',
        `A connection has at most ${limits.subscriptionsPerSocketMax} operations at once.`,
      );
    const variables = payload.variables ?? undefined;
    const operationName = payload.operationName ?? undefined;
    const operation = documents.find(payload.query, operationName, variables ?? {});
    const traceparent = text(payload.extensions?.['traceparent']);
    const run = { operation, context: contextOf(context), variables, operationName, traceparent };
    return {
      ...{ schema, document: operation.document, contextValue: run.context, run },
      ...(variables === undefined ? {} : { variableValues: variables }),
      ...(operationName === undefined ? {} : { operationName }),
    };
  };

  return makeServer<Record<string, unknown> | undefined, Connection>({
    connectionInitWaitTimeout: 5_000,
    onConnect,
    onSubscribe: (context, _id, payload) => {
      try {
        const prepared = prepare(context, payload);
        const errors = documents.errorsOf(payload.query, prepared.run.operation);
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
        return { errors: maskAll(error, run.context) as readonly GraphQLError[] };
      }
    },
    onNext: (_context, _id, _payload, args, { data, errors }) => ({
      ...(data === undefined ? {} : { data }),
      // What Mercurius ran is masked already, and is no longer an error object.
      ...(errors
        ? {
            errors: errors.map((one) =>
              one instanceof GraphQLError ? mask(one, (args as Prepared).run.context) : one,
            ),
          }
        : {}),
    }),
    onError: (context, _id, _payload, errors) => errors.map((error) => mask(error, contextOf(context))),
  });
};

export type SocketServer = {
  /** Takes upgrades of `/graphql` on this server. */
  attach(server: Server): void;
  /** Tells every client to go, and waits a moment for them. */
  close(): Promise<void>;
};

/** GraphQL over WebSockets, `graphql-transport-ws`: subscriptions, and anything else. */
export const createGraphqlSocket = (edge: GraphqlSocket): SocketServer => {
  const { services, metrics, rate } = edge;
  const { limits, clock, logger, trustProxy } = services;
  const protocol = protocolOf(edge);
  const connections = new Set<Connection>();
  const perAddress = new Map<string, number>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.bodyBytesMax,
    perMessageDeflate: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  let sweeping = { cancel: (): void => undefined };

  const count = (address: string, change: 1 | -1): void => {
    metrics.socket(change);
    const now = (perAddress.get(address) ?? 0) + change;
    if (now === 0) perAddress.delete(address);
    else perAddress.set(address, now);
  };

  const opened = (socket: WebSocket, request: IncomingMessage, address: string): void => {
    const { authorization } = request.headers;
    const connection: Connection = { socket, address, authorization, viewer: guest, alive: true };
    connections.add(connection);
    count(address, 1);
    const fail = (error: unknown): void => {
      logger.warn({ err: error }, 'A WebSocket failed');
      socket.close(CloseCode.InternalServerError, 'Internal error');
    };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) resolve();
            else socket.send(data, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data: Buffer) => {
            connection.alive = true;
            if (rate(`messages ${address}`)) handle(data.toString('utf8')).catch(fail);
            else socket.close(4429, 'Too many messages');
          }),
      },
      connection,
    );
    socket.on('error', (error) => logger.debug({ err: error }, 'A WebSocket broke'));
    socket.on('pong', () => (connection.alive = true));
    socket.once('close', (code, reason) => {
      connections.delete(connection);
      count(address, -1);
      closed(code, reason.toString('utf8')).catch(fail);
    });
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const address = addressOf(request, trustProxy ?? false);
    const isFull =
      connections.size >= limits.socketsMax || (perAddress.get(address) ?? 0) >= limits.socketsPerAddressMax;
    if (isFull) {
      metrics.refused('sockets');
      refuseUpgrade(socket, '503 Service Unavailable');
      return;
    }
    server.handleUpgrade(request, socket, head, (accepted) => opened(accepted, request, address));
  };

  /** Lets go of who is silent, and of who is no longer who they said: they may come again with another token. */
  const sweep = (): void => {
    const nowMs = epochMsOf(clock.now());
    for (const connection of connections) {
      const { socket, viewer, alive } = connection;
      if (!alive) socket.terminate();
      else if (viewer.kind === 'account' && viewer.untilMs <= nowMs)
        socket.close(CloseCode.Forbidden, 'The access token has expired');
      else socket.ping();
      connection.alive = false;
    }
    sweeping = clock.after(SWEEP_MS, sweep);
  };

  return {
    attach: (http) => {
      sweeping = clock.after(SWEEP_MS, sweep);
      http.on('upgrade', (request, socket, head) => {
        if (PATH.test(request.url ?? '')) upgrade(request, socket, head);
        else if (http.listenerCount('upgrade') === 1) refuseUpgrade(socket, '404 Not Found');
      });
    },
    close: async () => {
      sweeping.cancel();
      for (const { socket } of connections) socket.close(1001, 'Going away');
      const gone = [...connections].map(
        ({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      await Promise.race([Promise.all(gone), clock.sleep(CLOSE_MS)]);
      for (const { socket } of connections) socket.terminate();
      server.close();
    },
  };
};
