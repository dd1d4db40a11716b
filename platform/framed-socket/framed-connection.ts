import { connect, type Socket } from 'node:net';
import { Deferred, type Clock } from '../clock';
import { Fault } from '../faults';
import { frame, FrameReader } from '../framing';

/** A TCP connection with frames in both directions. */
export interface FramedConnection {
  /**
   * The received payloads, in order; to be iterated once. The next bytes are read only when the iteration requests
   * them. Ends when the other side closes or `close` is called.
   *
   * @throws Fault `FRAME_TOO_LARGE`, `FRAME_MALFORMED`: the connection is then closed; the socket's error when it
   * breaks.
   */
  readonly frames: AsyncIterable<Uint8Array>;
  /**
   * Resolves when the operating system has space for more.
   *
   * @throws Fault `DEADLINE_EXCEEDED` if the other side reads nothing for `sendTimeoutMs`; the connection is then
   * closed.
   */
  send(payload: Uint8Array): Promise<void>;
  /** Closes at once; idempotent. */
  close(): void;
}

export type DialOptions = {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Default 5 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Default 30 000. */
  readonly sendTimeoutMs?: number | undefined;
};

/** Opens a connection. The real one is `dial`; a simulation may have another. */
export type Dial = (options: DialOptions) => Promise<FramedConnection>;

/** The interval of keep-alive packets, which detect a dead peer even if nothing is sent. */
const KEEP_ALIVE_MS = 30_000;

const opened = (
  socket: Socket,
  { host, port, clock, signal, connectTimeoutMs }: DialOptions,
): Promise<void> => {
  const onTimeout = (): never => {
    socket.destroy();
    throw new Fault('DEADLINE_EXCEEDED', `${host}:${port} does not answer`);
  };
  const connected = new Deferred<void>({ clock, afterMs: connectTimeoutMs ?? 5_000, onTimeout });
  const onConnect = (): void => connected.resolve();
  const onError = (error: unknown): void => {
    socket.destroy();
    connected.reject(error);
  };
  const onAbort = (): void => onError(signal.reason);
  socket.once('connect', onConnect);
  socket.once('error', onError);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return connected.promise.finally(() => {
    socket.off('error', onError);
    signal.removeEventListener('abort', onAbort);
  });
};

// The iteration throws the error; without a listener it would end the process.
const ignoreLateErrors = (socket: Socket): void => void socket.on('error', () => undefined);

/** True for our own close during a read: an end, not an error. */
const isOurOwnClose = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_STREAM_PREMATURE_CLOSE';

async function* framesOf(socket: Socket): AsyncGenerator<Uint8Array> {
  const reader = new FrameReader();
  try {
    for await (const chunk of socket) yield* reader.push(chunk as Uint8Array);
  } catch (error) {
    if (!isOurOwnClose(error)) throw error;
  } finally {
    socket.destroy();
  }
}

const drained = (socket: Socket, clock: Clock, afterMs: number): Promise<void> => {
  const onTimeout = (): never => {
    socket.destroy();
    throw new Fault('DEADLINE_EXCEEDED', 'The other side takes nothing any more');
  };
  const hasRoom = new Deferred<void>({ clock, afterMs, onTimeout });
  const onDrain = (): void => hasRoom.resolve();
  const onClose = (): void => hasRoom.reject(new Error('The connection is closed'));
  socket.once('drain', onDrain);
  socket.once('close', onClose);
  return hasRoom.promise.finally(() => {
    socket.off('drain', onDrain);
    socket.off('close', onClose);
  });
};

/** @throws Fault `DEADLINE_EXCEEDED`; the socket's error (`ECONNREFUSED`); the signal's reason. */
export const dial: Dial = async (options) => {
  const socket = connect({ host: options.host, port: options.port, noDelay: true });
  await opened(socket, options);
  ignoreLateErrors(socket);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return {
    frames: framesOf(socket),
    send: async (payload) => {
      if (socket.destroyed || !socket.writable) throw new Error('The connection is closed');
      if (!socket.write(frame(payload)))
        await drained(socket, options.clock, options.sendTimeoutMs ?? 30_000);
    },
    close: () => void socket.destroy(),
  };
};
