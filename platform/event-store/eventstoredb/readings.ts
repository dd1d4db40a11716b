import type { StreamingRead } from '@eventstore/db-client';
import type { Millis } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { Fault } from '../../faults';
import { failing, isConnectionLoss, typeOf, unavailable } from './client-error';
import type { Connection, ClientConnection } from './client-connection';

export type ReadingOptions = {
  readonly connection: ClientConnection;
  readonly clock: Clock;
  readonly shown: string;
  /** The time that the next event may take. */
  readonly timeoutMs: number;
};

/** A read, and the stream for which the user needs the right to read. */
export type Reading<Event> = {
  readonly stream: string;
  readonly open: (client: Connection['client']) => StreamingRead<Event>;
};

/** True for a missing or deleted stream, which reads as empty. */
const isEmpty = (error: unknown): boolean =>
  typeOf(error) === 'stream-not-found' || typeOf(error) === 'stream-deleted';

/** Cancels a read that the caller left, so that the server stops sending; does not wait for that. */
const abandon = (events: StreamingRead<unknown>): void => {
  void events.cancel().catch(() => undefined);
  events.destroy();
};

/**
 * Yields all events of a client's read. The client itself would wait for ever for a silent server.
 *
 * @throws Fault `STORE_UNAVAILABLE`.
 */
export async function* reading<Event>(
  { connection: line, clock, shown, timeoutMs }: ReadingOptions,
  { stream, open }: Reading<Event>,
): AsyncGenerator<Event> {
  const connection = await line.connected();
  const events = open(connection.client);
  const fail = (reason: unknown): void => void events.destroy(unavailable(shown, reason));
  const onLost = (): void => fail(connection.lost.reason);
  // Without a listener an error between two reads would end the process.
  events.on('error', () => undefined);
  connection.lost.addEventListener('abort', onLost);
  const nextEvent = async (iterator: AsyncIterator<Event>): Promise<IteratorResult<Event>> => {
    const timer = clock.after(timeoutMs as Millis, () => fail(new Error(`nothing within ${timeoutMs} ms`)));
    try {
      return await iterator.next().catch((error: unknown) => failing({ name: '$r', stream }, error));
    } finally {
      timer.cancel();
    }
  };
  try {
    const iterator = events[Symbol.asyncIterator]();
    for (;;) {
      const next = await nextEvent(iterator);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    if (isEmpty(error)) return;
    line.checkOpen();
    if (error instanceof Fault) throw error;
    if (isConnectionLoss(error)) line.lost(connection, error);
    throw unavailable(shown, error);
  } finally {
    connection.lost.removeEventListener('abort', onLost);
    abandon(events);
  }
}
