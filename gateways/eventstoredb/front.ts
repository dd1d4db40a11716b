import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { listen } from '../../platform/listen';

/** `PRI * HTTP/2.0`: how every HTTP/2 connection begins, and no HTTP/1.1 request does. */
const PREFACE = 'PRI';
const FIRST_BYTES_MS = 10_000 as Millis;
const CONNECTIONS_MAX = 4_096;

export type FrontOptions = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
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

/** Looks at the first bytes of a connection, puts them back and passes it on. */
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
    // Not before it is decided: what is put back is readable again at once.
    socket.unshift(seen);
    if (start === PREFACE) onHttp2(socket);
    else onHttp1(socket);
  };
  socket.once('readable', look);
};

/** One port for gRPC and for plain HTTP, which the servers of either cannot share by themselves. */
export const openFront = async (options: FrontOptions): Promise<Front> => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    sort(socket, options);
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
