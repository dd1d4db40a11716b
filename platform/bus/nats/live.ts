import type { NatsConnection } from 'nats';
import { z } from 'zod';
import type { Logger } from '../../telemetry';
import type { DocumentChanged } from '../bus';

/** Core NATS, not JetStream: a process that is not listening misses the message. */
const SUBJECT = 'live.document-changed';
/** The most changes of one message; each is about 100 bytes. */
const CHANGES_MAX = 1_000;

const changesSchema = z.array(z.object({ collection: z.string(), id: z.string(), position: z.string() }));
const text = new TextDecoder();

type Listener = { readonly notify: (change: DocumentChanged) => void; readonly missed: () => void };

/** The message of a process whose earlier changes may have been lost. */
const SOME_WERE_MISSED = '[]';

/** Notifies listeners here and in other processes of changed documents. */
export class LiveChanges {
  private readonly listeners = new Set<Listener>();

  constructor(private readonly logger: Logger) {}

  /** Listens on a new connection. Earlier changes are missed. */
  attach(connection: NatsConnection): void {
    connection.subscribe(SUBJECT, {
      callback: (error, message) => {
        if (error || this.listeners.size === 0) return;
        this.receive(message.data);
      },
    });
    this.resume(connection);
  }

  /**
   * Handles the end of an outage: changes from other processes to this one, and from this one to others, were lost, so
   * all listeners must read again.
   */
  resume(connection: NatsConnection): void {
    const tellAll = (): void => {
      this.tellMissed();
      connection.publish(SUBJECT, SOME_WERE_MISSED);
    };
    // After the server has the subscription. A connection that is lost before that resumes again.
    connection
      .flush()
      .then(tellAll)
      .catch(() => undefined);
  }

  /** Notifies the listeners here in any case, and those elsewhere if there is a connection. */
  announce(changes: readonly DocumentChanged[], connection: NatsConnection | undefined): void {
    // Listeners run after the announcing code, so that they cannot make it fail.
    if (this.listeners.size > 0) queueMicrotask(() => this.tellAll(changes));
    for (let from = 0; connection && from < changes.length; from += CHANGES_MAX)
      connection.publish(SUBJECT, JSON.stringify(changes.slice(from, from + CHANGES_MAX)));
  }

  /** @returns a function that removes the handler. */
  add(notify: Listener['notify'], missed: Listener['missed']): () => void {
    // A new object, so that one handler may be added twice.
    const listener = { notify, missed };
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  clear(): void {
    this.listeners.clear();
  }

  private receive(data: Uint8Array): void {
    try {
      const changes = changesSchema.parse(JSON.parse(text.decode(data)));
      if (changes.length === 0) this.tellMissed();
      else this.tellAll(changes);
    } catch (error) {
      this.logger.warn({ error }, 'A message on the bus is no change of a document');
    }
  }

  private tellMissed(): void {
    for (const { missed } of this.listeners) missed();
  }

  private tellAll(changes: readonly DocumentChanged[]): void {
    for (const change of changes)
      for (const listener of this.listeners)
        try {
          listener.notify(change);
        } catch (error) {
          this.logger.error({ error, ...change }, 'A listener failed on a change');
        }
  }
}
