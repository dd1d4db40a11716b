import type { WebSocket } from 'ws';

/** The messages to one WebSocket. */
export type SocketOutput = {
  /** Resolves when the peer's side has taken the message, or when the connection is over. */
  readonly send: (message: string) => Promise<void>;
  /** Answers a ping of the WebSocket protocol itself. */
  readonly pong: (data: Buffer) => void;
};

/**
 * An output of bounded memory: a peer that sends and does not read loses its connection when more than `waitingBytesMax` wait
 * for it. One message may be larger than that, as long as nothing else waits.
 *
 * @param onOverflow - called once, when the connection is cut for that reason.
 */
export const createSocketOutput = (
  socket: WebSocket,
  waitingBytesMax: number,
  onOverflow: () => void,
): SocketOutput => {
  const hasRoom = (): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    if (socket.bufferedAmount <= waitingBytesMax) return true;
    // No closing handshake: its frame would wait behind the rest.
    socket.terminate();
    onOverflow();
    return false;
  };

  return {
    send: (message) =>
      new Promise((resolve) => {
        if (!hasRoom()) resolve();
        // An error here is an error of the socket, which ends the connection by itself.
        else socket.send(message, () => resolve());
      }),
    pong: (data) => {
      if (hasRoom()) socket.pong(data, false, () => undefined);
    },
  };
};
