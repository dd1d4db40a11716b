import type { StreamingRead } from '@eventstore/db-client';
import type { Millis } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { Fault } from '../../faults';
import { failing, isConnectionLoss, typeOf, unavailable } from './client-error';
import type { Connection, ClientConnection } from './client-connection';

export type ReadingOptions = {
  readonly line: ClientConnection;
  readonly clock: Clock;
  readonly shown: string;
  /** How long the next event may take. */
  readonly timeoutMs: number;
};

/** A read to be made, and the stream that the user needs the right to read. */
export type Reading<Event> = {
  readonly stream: string;
  readonly open: (client: Connection['client']) => StreamingRead<Event>;
};

/** Streams that are not there, or are no more, read as empty. */
const isEmpty = (error: unknown): boolean =>
  typeOf(error) === 'stream-not-found' || typeOf(error) === 'stream-deleted';

/** Ends a read that is left early, so that the server stops sending; it is not waited for. */
const abandon = (events: StreamingRead<unknown>): void => {
  void events.cancel().catch(() => undefined);
  events.destroy();
};

/**
 * All that a read of the client yields. The client itself would wait for ever for a server that is silent.
 *
 * @throws Fault `STORE_UNAVAILABLE`.
 */
export async function* reading<Event>(
  { line, clock, shown, timeoutMs }: ReadingOptions,
  { stream, open }: Reading<Event>,
): AsyncGenerator<Event> {
  const connection = await line.connected();
  const events = open(connection.client);
  const fail = (reason: unknown): void => void events.destroy(unavailable(shown, reason));
  const onLost = (): void => fail(connection.lost.reason);
  // Without a listener an error that comes between two reads would end the process.
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
