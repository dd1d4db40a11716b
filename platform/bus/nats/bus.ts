import { ErrorCode, headers, NatsError, type NatsConnection } from 'nats';
import { within, type Clock, type Random } from '../../clock';
import { Fault, isFault } from '../../faults';
import { silentLogger, type Logger } from '../../telemetry';
import type {
  Bus,
  DocumentChanged,
  AbandonedMessage,
  Handler,
  IntegrationEvent,
  Subscription,
  Topic,
} from '../bus';
import { CONTENT_TYPE, encodeCloudEvent } from './cloud-event';
import { Puller, type ConsumerLimits } from './consumer';
import { AbandonedMessages } from './abandoned-messages';
import { Link } from './link';
import { LiveChanges } from './live';
import { ensureStream } from './streams';
import { natsAddressOf } from './url';

export type NatsBusLimits = ConsumerLimits & {
  /** A message without acknowledgement by then counts as not published, though it may be. */
  readonly publishWithinMs: number;
  /** The number of concurrent messages to the server. */
  readonly publishingMax: number;
};

export type NatsBusOptions = {
  /** `nats://` or `tls://`, several with commas. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger | undefined;
  /** Overrides of the defaults. */
  readonly limits?: Partial<NatsBusLimits> | undefined;
};

const defaults: NatsBusLimits = {
  concurrentMax: 16,
  handleWithinMs: 30_000,
  redelivery: { baseMs: 1_000, factor: 2, maxMs: 60_000 },
  publishWithinMs: 5_000,
  publishingMax: 1_000,
};
/** The time for which opening waits for the server before it continues without. */
const FIRST_CONNECTION_MS = 2_000;
const SUBSCRIBED_WITHIN_MS = 2_000;
/** JetStream's codes for: no space, or no cluster member that could store the message now. */
const FULL: readonly unknown[] = [10_023, 10_047, 10_077, 10_122, 10_028];

/**
 * Its codes for: JetStream is off, or this account may not use it. The first is the client's, for a request without an
 * answer.
 */
const NO_JETSTREAM: readonly unknown[] = [ErrorCode.NoResponders, 10_035, 10_039, 10_076];

class NatsBus implements Bus {
  private readonly link: Link;
  private readonly live: LiveChanges;
  private readonly abandoned: AbandonedMessages;
  private readonly limits: NatsBusLimits;
  private readonly pullers = new Set<Puller>();
  /** Topics whose stream is known to exist. */
  private readonly streams = new Set<Topic>();
  private publishing = 0;
  private isClosed = false;

  constructor(private readonly options: NatsBusOptions & { readonly logger: Logger }) {
    const { url, clock, random, logger } = options;
    this.limits = { ...defaults, ...options.limits };
    this.live = new LiveChanges(logger);
    this.abandoned = new AbandonedMessages(logger);
    this.link = new Link({
      address: natsAddressOf(url),
      clock,
      random,
      logger,
      onConnection: (connection) => {
        this.live.attach(connection);
        this.abandoned.attach(connection);
      },
      onReconnection: (connection) => this.live.resume(connection),
    });
  }

  async publish(topic: Topic, event: IntegrationEvent): Promise<void> {
    this.checkOpen();
    const { publishWithinMs, publishingMax } = this.limits;
    if (this.publishing >= publishingMax)
      throw new Fault('OVERLOADED', `${publishingMax} messages are on their way to NATS`);
    this.publishing += 1;
    try {
      const tooLate = (): Fault =>
        new Fault('BUS_UNAVAILABLE', `NATS did not answer in ${publishWithinMs} ms`);
      await within(this.options.clock, publishWithinMs, this.kept(topic, event), tooLate);
    } catch (error) {
      throw this.faultOf(topic, error);
    } finally {
      this.publishing -= 1;
    }
  }

  async consume(
    topic: Topic,
    consumer: { readonly name: string; readonly maxDeliveries: number },
    handler: Handler<IntegrationEvent>,
    onParked: (event: IntegrationEvent, reason: string) => void,
  ): Promise<Subscription> {
    this.checkOpen();
    const { clock, random, logger } = this.options;
    const puller = new Puller(
      { topic, ...consumer, handler, onParked },
      { clock, random, logger, limits: this.limits, connected: () => this.connected() },
    );
    try {
      await puller.start();
    } catch (error) {
      throw this.faultOf(topic, error);
    }
    this.pullers.add(puller);
    return {
      stop: async () => {
        this.pullers.delete(puller);
        await puller.stop();
        // A process that takes over must not get messages again that were answered here.
        await this.flushed(this.link.current());
      },
    };
  }

  announce(changes: readonly DocumentChanged[]): void {
    if (this.isClosed || changes.length === 0) return;
    this.live.announce(changes, this.link.current());
  }

  onChange(
    handler: (change: DocumentChanged) => void,
    missed: () => void = () => undefined,
  ): Promise<Subscription> {
    return this.listening(() => this.live.add(handler, missed));
  }

  onAbandoned(handler: (message: AbandonedMessage) => void): Promise<Subscription> {
    return this.listening(() => this.abandoned.add(handler));
  }

  healthy(): boolean {
    return !this.isClosed && this.link.current() !== undefined;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.live.clear();
    await Promise.all([...this.pullers].map((puller) => puller.stop()));
    await this.link.close();
  }

  /** Waits a short time for the first connection, so that a newly opened bus is healthy. */
  async firstConnection(): Promise<void> {
    await this.link.connected(FIRST_CONNECTION_MS).catch((error: unknown) => {
      if (!isFault(error)) throw error;
      this.options.logger.warn({}, 'NATS can’t be reached yet; going on without');
    });
  }

  /** @param add - adds a listener to a list and returns a function that removes it. */
  private async listening(add: () => () => void): Promise<Subscription> {
    this.checkOpen();
    const remove = add();
    await this.flushed(this.link.current());
    return {
      stop: () => {
        remove();
        return Promise.resolve();
      },
    };
  }

  private connected(): Promise<NatsConnection> {
    return this.link.connected(this.limits.publishWithinMs);
  }

  private async kept(topic: Topic, event: IntegrationEvent): Promise<void> {
    const connection = await this.connected();
    if (!this.streams.has(topic)) {
      await ensureStream(await connection.jetstreamManager({ checkAPI: false }), topic);
      this.streams.add(topic);
    }
    const head = headers();
    head.set('Content-Type', CONTENT_TYPE);
    await connection.jetstream().publish(topic, encodeCloudEvent(event), {
      msgID: event.id,
      headers: head,
      timeout: this.limits.publishWithinMs,
    });
  }

  private faultOf(topic: Topic, error: unknown): unknown {
    if (isFault(error) || !(error instanceof NatsError)) return error;
    if (error.code === (ErrorCode.MaxPayloadExceeded as string))
      return new Fault('EVENT_TOO_LARGE', `NATS accepts no message of this size on ${topic}`, {
        cause: error,
      });
    // The server may have lost the stream: the next publisher checks.
    this.streams.delete(topic);
    if (FULL.includes(error.api_error?.err_code))
      return new Fault('OVERLOADED', `NATS has no room for ${topic}: ${error.message}`, { cause: error });
    if (NO_JETSTREAM.includes(error.api_error?.err_code ?? error.code))
      return new Fault('BUS_UNAVAILABLE', `NATS stores nothing for ${topic}: is JetStream on?`, {
        cause: error,
      });
    return new Fault('BUS_UNAVAILABLE', `NATS: ${error.message}`, { cause: error });
  }

  /** Resolves when all written data has reached the server, when there is no connection, or after a time-out. */
  private async flushed(connection: NatsConnection | undefined): Promise<void> {
    if (!connection) return;
    const tooLate = (): Error => new Error('Too late');
    await within(this.options.clock, SUBSCRIBED_WITHIN_MS, connection.flush(), tooLate).catch(
      () => undefined,
    );
  }

  private checkOpen(): void {
    if (this.isClosed) throw new Fault('BUS_UNAVAILABLE', 'The bus is closed');
  }
}

/**
 * Opens a bus over NATS: JetStream for integration events, core NATS for live changes. It opens without the server too:
 * calls throw until it is connected, which is tried without limit.
 *
 * @throws Fault `CONFIG_INVALID` for an invalid URL.
 */
export const openNatsBus = async (options: NatsBusOptions): Promise<Bus> => {
  const bus = new NatsBus({ ...options, logger: options.logger ?? silentLogger });
  await bus.firstConnection();
  return bus;
};
