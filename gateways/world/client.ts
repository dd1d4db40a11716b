import type { Millis, WorldId } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import type { Dial, FramedConnection } from '../../platform/framed-socket';
import { aCommands, aConnect, aConnected, aResponses } from '../../proto/world';
import type { AConnect, ACommands, AResponses } from '../../proto/world';
import { shortTextOf } from './translate';

/** A connection that a world has accepted. */
export interface WorldSocket {
  readonly worldId: WorldId;
  /** @throws if the connection is broken. */
  send(commands: Partial<ACommands>): Promise<void>;
  /** To be iterated once; ends with the connection. Throws on bytes that are no `AResponses`. */
  readonly responses: AsyncIterable<AResponses>;
  close(): void;
}

export type WorldAddress = { readonly host: string; readonly port: number };

export type WorldClientDeps = {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly connectTimeoutMs: number;
};

/** The result of a successful connect; any other text is an error. */
const CONNECTED = 'connected!';

async function* decoded(frames: AsyncIterator<Uint8Array>): AsyncGenerator<AResponses> {
  for (let next = await frames.next(); next.done !== true; next = await frames.next())
    yield aResponses.decode(next.value);
}

const handshake = async (
  connection: FramedConnection,
  frames: AsyncIterator<Uint8Array>,
  connect: AConnect,
): Promise<WorldId> => {
  await connection.send(aConnect.encode(connect));
  const first = await frames.next();
  if (first.done === true)
    throw new Fault('WORLD_REFUSED', 'The World closed the connection without an answer');
  const { worldid, result } = aConnected.decode(first.value);
  if (result !== CONNECTED) throw new Fault('WORLD_REFUSED', shortTextOf(result));
  return String(worldid) as WorldId;
};

/**
 * Connects to a World and announces our warehouses.
 *
 * @throws Fault `WORLD_REFUSED` with the World's own text; `DEADLINE_EXCEEDED`; the socket's error.
 */
export const connectToWorld = async (
  { dial, clock, signal, connectTimeoutMs }: WorldClientDeps,
  { host, port }: WorldAddress,
  connect: AConnect,
): Promise<WorldSocket> => {
  const connection = await dial({ host, port, clock, signal, connectTimeoutMs });
  const frames = connection.frames[Symbol.asyncIterator]();
  const timeout = new AbortController();
  const timer = clock.after(connectTimeoutMs as Millis, () => {
    timeout.abort(
      new Fault('DEADLINE_EXCEEDED', `The World at ${host}:${port} did not answer the connect message`),
    );
    connection.close();
  });
  try {
    const worldId = await handshake(connection, frames, connect);
    return {
      worldId,
      send: (commands) => connection.send(aCommands.encode(commands)),
      responses: decoded(frames),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    timeout.signal.throwIfAborted();
    throw error;
  } finally {
    timer.cancel();
  }
};
