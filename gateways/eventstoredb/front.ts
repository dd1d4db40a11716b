import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { listen } from '../../platform/listen';

/** The beginning of every HTTP/2 connection (`PRI * HTTP/2.0`), which no HTTP/1.1 request has. */
const PREFACE = 'PRI';
const FIRST_BYTES_MS = 10_000 as Millis;
const CONNECTIONS_MAX = 4_096;

/** A certificate with its chain, and its private key, as PEM. */
export type TlsIdentity = { readonly cert: string; readonly key: string };

export type FrontOptions = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** If absent, connections are plain. */
  readonly tls?: TlsIdentity | undefined;
  readonly onHttp2: (socket: Socket) => void;
  readonly onHttp1: (socket: Socket) => void;
};

export type Front = {
  readonly port: number;
  /** Takes no new connections. */
  stop(): void;
  /** Cuts every connection. */
  cut(): Promise<void>;
};

/** Reads the first bytes of a connection, puts them back and passes it on. */
const sort = (socket: Socket, { clock, onHttp1, onHttp2 }: FrontOptions): void => {
  const deadline = clock.after(FIRST_BYTES_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.once('close', () => deadline.cancel());
  const giveUp = (): void => void socket.destroy();
  socket.once('end', giveUp);
  let seen = Buffer.alloc(0);
  const look = (): void => {
    const bytes = socket.read() as Buffer | null;
    if (bytes !== null) seen = Buffer.concat([seen, bytes]);
    const start = seen.toString('latin1', 0, PREFACE.length);
    if (seen.length < PREFACE.length && PREFACE.startsWith(start)) {
      socket.once('readable', look);
      return;
    }
    deadline.cancel();
    socket.removeListener('end', giveUp);
    // Not before the decision, because returned bytes are readable again at once.
    socket.unshift(seen);
    if (start === PREFACE) onHttp2(socket);
    else onHttp1(socket);
  };
  socket.once('readable', look);
};

/** Passes on each connection when it can be read. */
const serverOf = ({ tls }: FrontOptions, onSocket: (socket: Socket) => void): Server => {
  if (tls === undefined) return createServer(onSocket);
  const settings = { ...tls, ALPNProtocols: ['h2', 'http/1.1'], handshakeTimeout: FIRST_BYTES_MS };
  // A failed handshake is the caller's mistake, and closes its connection.
  return createTlsServer(settings, onSocket).on('tlsClientError', (_, socket) => socket.destroy());
};

/** Opens one port for gRPC and for plain HTTP, whose servers cannot share a port by themselves. */
export const openFront = async (options: FrontOptions): Promise<Front> => {
  const sockets = new Set<Socket>();
  const server = serverOf(options, (socket) => {
    socket.setNoDelay(true);
    sort(socket, options);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.maxConnections = CONNECTIONS_MAX;
  const { port } = await listen(server, { host: options.host, port: options.port }, 'eventStorePort');
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    port,
    stop: () => server.close(),
    cut: async () => {
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
