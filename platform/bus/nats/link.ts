import { connect, ErrorCode, Events, NatsError, type NatsConnection } from 'nats';
import { within, type Clock, type Random } from '../../clock';
import { backoffDelay, Fault, supervise } from '../../faults';
import type { Logger } from '../../telemetry';
import type { NatsAddress } from './url';

export type LinkOptions = {
  readonly address: NatsAddress;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Called with each new connection, before it is returned to callers. */
  readonly onConnection: (connection: NatsConnection) => void;
  /** Called when a lost connection is up again. */
  readonly onReconnection: (connection: NatsConnection) => void;
};

const CONNECT_WITHIN_MS = 5_000;
const RECONNECT = { baseMs: 50, factor: 2, maxMs: 1_000 };
/**
 * Constant, because the client calls this more than once an attempt, so that a growing delay would soon be the
 * longest.
 */
const RECONNECT_STEADILY = { baseMs: 400, factor: 1, maxMs: 400 };
/** The interval of pings; a connection that fails silently is detected after two of them. */
const PING_EVERY_MS = 3_000;
const PINGS_OUT_MAX = 2;

const isRefusal = (error: unknown): boolean =>
  error instanceof NatsError && error.code === (ErrorCode.AuthorizationViolation as string);

/** A connection that is opened again without limit. */
export class Link {
  private readonly stopping = new AbortController();
  private connection: NatsConnection | undefined;
  private isUp = false;
  private readonly waiting = new Set<() => void>();
  private readonly running: Promise<void>;

  constructor(private readonly options: LinkOptions) {
    const { clock, random, logger } = options;
    this.running = supervise(() => this.run(), {
      clock,
      random,
      signal: this.stopping.signal,
      backoff: RECONNECT,
      onFailure: (error, attempt) =>
        logger.warn(
          { error, attempt },
          isRefusal(error) ? 'NATS refuses the name or password of WAYBILL_BUS' : 'NATS can’t be reached',
        ),
    });
  }

  /** Returns the connection if it is up now. Data that is written to one that is down would pile up. */
  current(): NatsConnection | undefined {
    return this.isUp ? this.connection : undefined;
  }

  /** @throws Fault `BUS_UNAVAILABLE` if there is no connection in time, or the link is closed. */
  async connected(limitMs: number): Promise<NatsConnection> {
    const unavailable = (): Fault => new Fault('BUS_UNAVAILABLE', 'NATS can’t be reached');
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    if (!this.current() && !this.stopping.signal.aborted) {
      this.waiting.add(wake);
      await within(this.options.clock, limitMs, woken, unavailable).finally(() => this.waiting.delete(wake));
    }
    const connection = this.current();
    if (!connection) throw unavailable();
    return connection;
  }

  /** Flushes written data, within a time limit, and closes. */
  async close(): Promise<void> {
    const { clock } = this.options;
    this.stopping.abort(new Error('The bus is closed'));
    this.wake();
    const { connection } = this;
    const handedOver = this.isUp ? connection?.flush() : undefined;
    await within(
      clock,
      CONNECT_WITHIN_MS,
      handedOver ?? Promise.resolve(),
      () => new Error('Too late'),
    ).catch(() => undefined);
    this.isUp = false;
    await connection?.close();
    await this.running;
  }

  private async run(): Promise<void> {
    const { address, random, onConnection } = this.options;
    const connection = await connect({
      servers: [...address.servers],
      ...(address.user === undefined ? {} : { user: address.user, pass: address.pass ?? '' }),
      ...(address.token === undefined ? {} : { token: address.token }),
      ...(address.tls ? { tls: {} } : {}),
      name: 'waybill',
      // Listeners in this process are called without the server.
      noEcho: true,
      timeout: CONNECT_WITHIN_MS,
      maxReconnectAttempts: -1,
      reconnectDelayHandler: () => backoffDelay(0, RECONNECT_STEADILY, random),
      pingInterval: PING_EVERY_MS,
      maxPingOut: PINGS_OUT_MAX,
    });
    try {
      this.connection = connection;
      onConnection(connection);
      if (this.stopping.signal.aborted) return;
      this.setUp(true);
      void this.watch(connection);
      // The client gives up if the server refuses it.
      throw (await connection.closed()) ?? new Error('The connection was closed');
    } finally {
      this.setUp(false);
      this.connection = undefined;
      await connection.close();
    }
  }

  private async watch(connection: NatsConnection): Promise<void> {
    const { logger, onReconnection } = this.options;
    for await (const { type } of connection.status()) {
      if (connection !== this.connection) return;
      if (type === Events.Disconnect && this.isUp) {
        this.setUp(false);
        logger.warn({}, 'The connection to NATS is lost');
      }
      if (type === Events.Reconnect) {
        this.setUp(true);
        onReconnection(connection);
        logger.info({}, 'NATS is reached again');
      }
    }
  }

  private setUp(isUp: boolean): void {
    this.isUp = isUp;
    if (isUp) this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
  }
}
