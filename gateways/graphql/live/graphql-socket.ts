import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { epochMsOf, type Millis } from '../../../domain/kernel';
import { atMost } from '../../../platform/clock';
import { networkOf } from '../../../platform/rate-limit';
import { graphqlWsProtocol, type GraphqlSocket, type Peer } from './graphql-ws-protocol';
import { createSocketOutput } from './socket-output';
import { guest } from '../access/caller';
import { callerLanguage } from '../access/caller-language';

/** An open connection. `alive`: it has sent something since the last ping. */
type Connection = Peer & { readonly socket: WebSocket; alive: boolean };

const SWEEP_MS = 15_000 as Millis;
const CLOSE_MS = 1_000 as Millis;
const PATH = /^\/graphql\/?(?:\?|$)/;
const TOO_MANY_MESSAGES = 4429;
/** A message counts once, and once more for each such part of its length. */
const MESSAGE_PART_BYTES = 1_024;

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const addressOf = (request: IncomingMessage, trustProxy: boolean): string => {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const addresses = typeof forwarded === 'string' ? forwarded.split(',') : forwarded;
  return networkOf(addresses?.at(-1)?.trim() ?? request.socket.remoteAddress ?? 'unknown');
};

/** Creates the set of open connections, counted in all and by address. */
const createConnections = ({ services: { limits }, metrics }: GraphqlSocket) => {
  const all = new Set<Connection>();
  const perAddress = new Map<string, number>();

  const count = (address: string, change: 1 | -1): void => {
    metrics.socket(change);
    const now = (perAddress.get(address) ?? 0) + change;
    if (now === 0) perAddress.delete(address);
    else perAddress.set(address, now);
  };

  return {
    all,
    isFull: (address: string): boolean =>
      all.size >= limits.socketsMax || (perAddress.get(address) ?? 0) >= limits.socketsPerAddressMax,
    add: (connection: Connection): void => {
      all.add(connection);
      count(connection.address, 1);
    },
    remove: (connection: Connection): void => {
      if (all.delete(connection)) count(connection.address, -1);
    },
  };
};

type Connections = ReturnType<typeof createConnections>;

/** Returns a function that passes the messages of a connection to graphql-ws until one side closes it. */
const conversation = (edge: GraphqlSocket, connections: Connections) => {
  const { services, rate, metrics } = edge;
  const { logger, limits } = services;
  const protocol = graphqlWsProtocol(edge);

  /** Returns whether the client may send a message of that length. If not, closes the connection. */
  const mayGoOn = (connection: Connection, bytes: number): boolean => {
    const { socket, address } = connection;
    connection.alive = true;
    // Messages that arrive after the connection was closed have no effect.
    if (socket.readyState !== socket.OPEN) return false;
    if (rate(`messages ${address}`, 1 + Math.floor(bytes / MESSAGE_PART_BYTES))) return true;
    socket.close(TOO_MANY_MESSAGES, 'Too many messages');
    return false;
  };

  return (connection: Connection): void => {
    const { socket } = connection;
    connections.add(connection);
    const output = createSocketOutput(socket, limits.socketWaitingBytesMax, () => metrics.refused('unread'));
    const fail = (error: unknown): void => {
      logger.warn({ error }, 'A WebSocket failed');
      socket.close(CloseCode.InternalServerError, 'Internal error');
    };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: output.send,
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data: Buffer) => {
            if (mayGoOn(connection, data.length)) handle(data.toString('utf8')).catch(fail);
          }),
      },
      connection,
    );
    socket.on('ping', (data: Buffer) => {
      if (mayGoOn(connection, data.length)) output.pong(data);
    });
    socket.on('error', (error) => logger.debug({ error }, 'A WebSocket broke'));
    socket.on('pong', () => {
      connection.alive = true;
    });
    socket.once('close', (code, reason) => {
      connections.remove(connection);
      closed(code, reason.toString('utf8')).catch(fail);
    });
  };
};

/** Closes connections that are silent, and those whose access token has expired. Their clients may connect again. */
const sweep = (connections: Iterable<Connection>, nowMs: number): void => {
  for (const connection of connections) {
    const { socket, viewer, alive } = connection;
    connection.alive = false;
    if (!alive) socket.terminate();
    else if (viewer.kind === 'account' && viewer.untilMs <= nowMs)
      socket.close(CloseCode.Forbidden, 'The access token has expired');
    else socket.ping();
  }
};

export type SocketServer = {
  /** Accepts upgrades of `/graphql` on this server. */
  attach(server: Server): void;
  /** Closes every connection, and waits a moment for the clients to do the same. */
  close(): Promise<void>;
};

/** Creates the server for GraphQL over WebSockets (`graphql-transport-ws`): subscriptions and all other operations. */
export const createGraphqlSocket = (edge: GraphqlSocket): SocketServer => {
  const { services, metrics } = edge;
  const { limits, clock, logger, trustProxy } = services;
  const connections = createConnections(edge);
  const converse = conversation(edge, connections);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.bodyBytesMax,
    perMessageDeflate: false,
    // Pongs are sent by this file, which bounds the bytes that wait for the client.
    autoPong: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  let sweeping = { cancel: (): void => undefined };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const address = addressOf(request, trustProxy ?? false);
    const { authorization, 'accept-language': languages } = request.headers;
    if (!services.origins.allows(request.headers)) {
      metrics.refused('origin');
      refuseUpgrade(socket, '403 Forbidden');
    } else if (connections.isFull(address)) {
      metrics.refused('sockets');
      refuseUpgrade(socket, '503 Service Unavailable');
    } else {
      server.handleUpgrade(request, socket, head, (accepted) =>
        converse({
          ...{ address, authorization, viewer: guest, socket: accepted, alive: true },
          language: callerLanguage(languages),
        }),
      );
    }
  };

  const sweepOnAndOn = (): void => {
    sweep(connections.all, epochMsOf(clock.now()));
    sweeping = clock.after(SWEEP_MS, sweepOnAndOn);
  };

  return {
    attach: (http) => {
      sweeping = clock.after(SWEEP_MS, sweepOnAndOn);
      http.on('upgrade', (request, socket, head) => {
        // Node removes its own listener first. An error of a client that disconnects meanwhile would end the process.
        socket.on('error', (error) => logger.debug({ error }, 'An upgrade broke'));
        if (PATH.test(request.url ?? '')) upgrade(request, socket, head);
        else if (http.listenerCount('upgrade') === 1) refuseUpgrade(socket, '404 Not Found');
      });
    },
    close: async () => {
      sweeping.cancel();
      const going = [...connections.all].map(({ socket }) => {
        socket.close(1001, 'Going away');
        return new Promise<void>((resolve) => socket.once('close', () => resolve()));
      });
      await atMost(clock, CLOSE_MS, Promise.all(going));
      for (const { socket } of connections.all) socket.terminate();
      server.close();
    },
  };
};
