import type { NatsConnection } from 'nats';
import { z } from 'zod';
import type { Logger } from '../../telemetry';
import { topics, type AbandonedMessage } from '../bus';
import { streamOf } from './streams';

/** The subject on which the server publishes the advisory once, without storing it. */
const ADVISORIES = '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES';

const advisory = z.object({
  consumer: z.string(),
  stream_seq: z.number(),
  deliveries: z.number(),
});
const text = new TextDecoder();

type Listener = (message: AbandonedMessage) => void;

/**
 * Receives advisories about messages that other systems' consumers have given up; our own consumers count for
 * themselves.
 */
export class AbandonedMessages {
  private readonly listeners = new Set<Listener>();

  constructor(private readonly logger: Logger) {}

  /** Listens on a new connection. */
  attach(connection: NatsConnection): void {
    for (const topic of topics)
      connection.subscribe(`${ADVISORIES}.${streamOf(topic)}.*`, {
        callback: (error, message) => {
          if (error || this.listeners.size === 0) return;
          this.receive(topic, message.data);
        },
      });
  }

  /** @returns a function that removes the listener. */
  add(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private receive(topic: AbandonedMessage['topic'], data: Uint8Array): void {
    try {
      const { consumer, stream_seq: sequence, deliveries } = advisory.parse(JSON.parse(text.decode(data)));
      for (const listener of this.listeners) listener({ topic, consumer, sequence, deliveries });
    } catch (error) {
      this.logger.warn({ error, topic }, 'An advisory of NATS cannot be read');
    }
  }
}
