import type { NatsConnection } from 'nats';
import { z } from 'zod';
import type { Logger } from '../../telemetry';
import type { DocumentChanged } from '../bus';

/** Core NATS, not JetStream: whoever is not listening misses it. */
const SUBJECT = 'live.document-changed';
/** What one message carries at most; each is some 100 bytes. */
const CHANGES_MAX = 1_000;

const changesSchema = z.array(z.object({ collection: z.string(), id: z.string(), position: z.string() }));
const text = new TextDecoder();

type Listener = { readonly tell: (change: DocumentChanged) => void; readonly missed: () => void };

/** What is announced by somebody who may have announced more that nobody heard. */
const SOME_WERE_MISSED = '[]';

/** Tells listeners here and in other processes that documents changed. */
export class LiveChanges {
  private readonly listeners = new Set<Listener>();

  constructor(private readonly logger: Logger) {}

  /** Listens on a new connection. What was announced before it is missed. */
  attach(connection: NatsConnection): void {
    connection.subscribe(SUBJECT, {
      callback: (error, message) => {
        if (error || this.listeners.size === 0) return;
        this.hear(message.data);
      },
    });
    this.resume(connection);
  }

  /** Nothing was heard while there was no connection, here or of what was announced here: all have to look again. */
  resume(connection: NatsConnection): void {
    const tellAll = (): void => {
      this.tellMissed();
      connection.publish(SUBJECT, SOME_WERE_MISSED);
    };
    // Once the server knows that we listen; a connection that is lost before that resumes again.
    connection
      .flush()
      .then(tellAll)
      .catch(() => undefined);
  }

  /** Those here are told in any case; those elsewhere only when there is a connection. */
  announce(changes: readonly DocumentChanged[], connection: NatsConnection | undefined): void {
    // Whoever announces is at work; listeners come after it, and can't make it fail.
    if (this.listeners.size > 0) queueMicrotask(() => this.tellAll(changes));
    for (let from = 0; connection && from < changes.length; from += CHANGES_MAX)
      connection.publish(SUBJECT, JSON.stringify(changes.slice(from, from + CHANGES_MAX)));
  }

  /** @returns what takes the handler off the list. */
  add(tell: Listener['tell'], missed: Listener['missed']): () => void {
    // A listener of its own, so that one handler may listen twice.
    const listener = { tell, missed };
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  clear(): void {
    this.listeners.clear();
  }

  private hear(data: Uint8Array): void {
    try {
      const changes = changesSchema.parse(JSON.parse(text.decode(data)));
      if (changes.length === 0) this.tellMissed();
      else this.tellAll(changes);
    } catch (error) {
      this.logger.warn({ error }, 'Somebody announces what is no change');
    }
  }

  private tellMissed(): void {
    for (const { missed } of this.listeners) missed();
  }

  private tellAll(changes: readonly DocumentChanged[]): void {
    for (const change of changes)
      for (const listener of this.listeners)
        try {
          listener.tell(change);
        } catch (error) {
          this.logger.error({ error, ...change }, 'A listener failed on a change');
        }
  }
}
