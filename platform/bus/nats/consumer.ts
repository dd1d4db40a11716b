import type { JsMsg, NatsConnection } from 'nats';
import { within, type Clock, type Random } from '../../clock';
import { backoffDelay, supervise, type Backoff } from '../../faults';
import type { Logger } from '../../telemetry';
import type { Handler, IntegrationEvent, Subscription, Topic } from '../bus';
import { decodeCloudEvent } from './cloud-event';
import { ensureConsumer, ensureStream, streamOf } from './streams';

export type ConsumerLimits = {
  /** The number of concurrent handlers of a subscription. */
  readonly concurrentMax: number;
  /** A handler that takes longer has failed. */
  readonly handleWithinMs: number;
  readonly redelivery: Backoff;
};

export type Consumption = {
  readonly topic: Topic;
  readonly name: string;
  readonly maxDeliveries: number;
  readonly handler: Handler<IntegrationEvent>;
  readonly onParked: (event: IntegrationEvent, reason: string) => void;
};

export type ConsumerDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: ConsumerLimits;
  readonly connected: () => Promise<NatsConnection>;
};

/**
 * The time for which a request for messages waits at the server; the client's own silence alarm fires at half of it.
 */
const PULL_FOR_MS = 5_000;
/** The time that the server grants an answer on top of the handler's time. */
const ANSWER_MARGIN_MS = 10_000;

const text = new TextDecoder();
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A reader of a durable consumer: it passes each message to the handler and answers it. */
export class Puller {
  private readonly stopping = new AbortController();
  private readonly atWork = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly consumption: Consumption,
    private readonly deps: ConsumerDeps,
  ) {}

  /** Creates the consumer at the server, then reads it. @throws the error of the server or of its absence. */
  async start(): Promise<Subscription> {
    const { clock, random, logger, connected } = this.deps;
    const { topic, name } = this.consumption;
    await this.ensure(await connected());
    this.running = supervise(() => this.pull(), {
      clock,
      random,
      signal: this.stopping.signal,
      onFailure: (error, attempt) =>
        logger.warn(
          { error: reasonOf(error), attempt, topic, consumer: name },
          'A consumer of the bus failed',
        ),
    });
    return { stop: () => this.stop() };
  }

  /** Accepts no more messages, and waits for the running handlers. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('The subscription stops'));
    await this.running;
    await Promise.all(this.atWork);
  }

  private async ensure(connection: NatsConnection): Promise<void> {
    const { topic, name } = this.consumption;
    const manager = await connection.jetstreamManager({ checkAPI: false });
    await ensureStream(manager, topic);
    const answerWithinMs = this.deps.limits.handleWithinMs + ANSWER_MARGIN_MS;
    await ensureConsumer(manager, topic, { name, answerWithinMs });
  }

  /**
   * Reads until the connection fails or `stop` is called. Creates the consumer each time, because the server may have
   * lost it.
   */
  private async pull(): Promise<void> {
    const { topic, name } = this.consumption;
    const { signal } = this.stopping;
    const connection = await this.deps.connected();
    await this.ensure(connection);
    const consumer = await connection.jetstream().consumers.get(streamOf(topic), name);
    while (!this.isStopping()) {
      const free = await this.freePlaces();
      const messages = await consumer.fetch({ max_messages: free, expires: PULL_FOR_MS });
      const stop = (): void => void messages.close();
      signal.addEventListener('abort', stop);
      if (this.isStopping()) stop();
      try {
        for await (const message of messages) this.take(message);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    }
  }

  // A call, because the compiler would take the property for unchanged over an await.
  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async freePlaces(): Promise<number> {
    const { concurrentMax } = this.deps.limits;
    while (this.atWork.size >= concurrentMax) await Promise.race(this.atWork);
    return concurrentMax - this.atWork.size;
  }

  private take(message: JsMsg): void {
    if (this.isStopping()) {
      // It arrived during the stop: another subscription handles it.
      message.nak();
      return;
    }
    const work = this.handle(message).finally(() => this.atWork.delete(work));
    this.atWork.add(work);
  }

  private async handle(message: JsMsg): Promise<void> {
    const { maxDeliveries, topic } = this.consumption;
    const event = this.decoded(message);
    if (!event) return;
    const deliveries = message.info.deliveryCount;
    // The previous handler gave no answer: the message may be what crashes its handlers.
    if (deliveries > maxDeliveries) {
      this.park(message, event, 'Its handler never answered');
      return;
    }
    try {
      await this.handled(event);
      message.ack();
    } catch (error) {
      this.deps.logger.debug({ error: reasonOf(error), topic, eventId: event.id, deliveries }, 'Not handled');
      if (deliveries >= maxDeliveries) this.park(message, event, reasonOf(error));
      else message.nak(this.restOf(deliveries));
    }
  }

  private handled(event: IntegrationEvent): Promise<void> {
    const { clock, limits } = this.deps;
    const handling = Promise.resolve().then(() => this.consumption.handler(event));
    return within(clock, limits.handleWithinMs, handling, () => new Error('The handler took too long'));
  }

  private park(message: JsMsg, event: IntegrationEvent, reason: string): void {
    try {
      this.consumption.onParked(event, reason);
      message.term();
    } catch (error) {
      this.deps.logger.error({ error, eventId: event.id }, 'A message could not be parked');
      message.nak(this.restOf(message.info.deliveryCount));
    }
  }

  private restOf(deliveries: number): number {
    return backoffDelay(deliveries - 1, this.deps.limits.redelivery, this.deps.random);
  }

  /** Decodes a message. One that is no CloudEvent is dropped, with a line in the log. */
  private decoded(message: JsMsg): IntegrationEvent | undefined {
    try {
      return decodeCloudEvent(text.decode(message.data));
    } catch (error) {
      const { topic } = this.consumption;
      this.deps.logger.error({ error: reasonOf(error), topic, sequence: message.seq }, 'No CloudEvent');
      message.term();
      return undefined;
    }
  }
}
