import { setMaxListeners } from 'node:events';
import type { Millis } from '../../../domain/kernel';
import { atMost, Deferred, Wake, type Clock, type Random } from '../../clock';
import { backoffDelay, Fault } from '../../faults';
import type { Logger } from '../../telemetry';
import { failing, unavailable } from './client-error';
import type { ClosableClient, NewClient } from './closable-client';
import type { ClientSettings } from './connection-string';

export type LineOptions = {
  readonly newClient: NewClient;
  readonly settings: ClientSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The time for which a call waits for a connection before it fails. */
  readonly patienceMs: number;
  /** The time that the server may take to answer the probe. */
  readonly probeTimeoutMs: number;
};

/** A client while its connection is up. `lost` aborts with the reason. */
export type Connection = { readonly client: ClosableClient; readonly lost: AbortSignal };

const backoff = { baseMs: 50, factor: 2, maxMs: 2_000 };
/** A connection that was up for so long was sound: the back-off starts from the beginning. */
const HEALTHY_AFTER_MS = 10_000;
/** Calls in flight fail at once when a client is closed; a call that hangs even then is abandoned. */
const CLOSE_TIMEOUT_MS = 1_000 as Millis;

/** The name of a stream that never exists: an append of no events does not create it. */
const NOWHERE = 'waybill_probe-0';

const probe = async (client: ClosableClient): Promise<void> => {
  const events = client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 });
  events.on('error', () => undefined);
  await events.toArray().catch((error: unknown) => failing({ name: '$r', stream: '$all' }, error));
  await client
    .appendToStream(NOWHERE, [], { expectedRevision: 'no_stream' })
    .catch((error: unknown) => failing({ name: '$w', stream: NOWHERE }, error));
};

// A function, because the compiler would treat a property as unchanged over an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

// Appends in flight are in one table of the client's module: an error of one client fails those of all clients, and an
// answer that comes after that ends the process. So a process can have only one such store.
let isTaken = false;

/**
 * The only connection of the process to the store. A caller that sees it fail reports it; then calls in flight fail,
 * and new clients are tried until the server answers.
 */
export class ClientConnection {
  private connection: { readonly client: ClosableClient; readonly loss: AbortController } | undefined;
  private reason: unknown = new Error('not connected yet');
  private hasAnswered = false;
  private readonly waiting = new Set<Deferred<void>>();
  private readonly closing = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly repairs: Promise<void>;
  /** Called when the connection is lost or the store is closed. */
  private readonly ended = new Wake();

  constructor(private readonly options: LineOptions) {
    if (isTaken)
      throw new Fault(
        'CONFIG_INVALID',
        'A process has one connection to EventStoreDB; close the other first',
      );
    isTaken = true;
    setMaxListeners(0, this.closing.signal);
    this.repairs = this.keepUp();
  }

  get isUp(): boolean {
    return this.connection !== undefined;
  }

  /** The reason why there is no connection. */
  get fault(): Fault {
    return unavailable(this.options.settings.shown, this.reason, this.hasAnswered);
  }

  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** @throws Fault `STORE_UNAVAILABLE` if there is no connection within the wait, `STORE_CLOSED`. */
  async connected(waitMs = this.options.patienceMs): Promise<Connection> {
    const giveUpAt = this.options.clock.monotonicMs() + waitMs;
    for (;;) {
      this.checkOpen();
      if (this.connection !== undefined)
        return { client: this.connection.client, lost: this.connection.loss.signal };
      const leftMs = giveUpAt - this.options.clock.monotonicMs();
      if (leftMs <= 0) throw this.fault;
      await this.changed(leftMs);
    }
  }

  /** Lets `close` wait for a call, within a limit. */
  track<Result>(call: Promise<Result>): Promise<Result> {
    const settled = call.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.add(settled);
    void settled.then(() => this.underWay.delete(settled));
    return call;
  }

  /** Reports a failed connection. A second report about the same one has no effect. */
  lost(connection: Connection, reason: unknown): void {
    if (this.connection?.client !== connection.client) return;
    const { loss } = this.connection;
    this.connection = undefined;
    this.reason = reason;
    this.options.logger.warn(
      { error: reason, store: this.options.settings.shown },
      'The event store was lost',
    );
    loss.abort(this.fault);
    this.ended.call();
  }

  checkOpen(): void {
    if (this.closing.signal.aborted) throw new Fault('STORE_CLOSED', 'The event store is closed');
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return this.repairs;
    this.closing.abort();
    this.ended.call();
    this.wakeWaiting();
    await this.repairs;
    isTaken = false;
  }

  /** Connects, waits until the connection is lost, clears up, and repeats until the store is closed. */
  private async keepUp(): Promise<void> {
    for (let attempt = 0; !isAborted(this.closing.signal); attempt += 1) {
      const client = this.options.newClient(this.options.settings);
      const startedAt = this.options.clock.monotonicMs();
      if (await this.answers(client)) await this.serve(client);
      await this.dismiss(client);
      if (this.options.clock.monotonicMs() - startedAt >= HEALTHY_AFTER_MS) attempt = 0;
      await this.pause(attempt);
    }
  }

  private async serve(client: ClosableClient): Promise<void> {
    const { logger, settings } = this.options;
    if (isAborted(this.closing.signal)) return;
    const loss = new AbortController();
    // One listener for each open read and subscription.
    setMaxListeners(0, loss.signal);
    this.connection = { client, loss };
    this.hasAnswered = true;
    logger.info({ store: settings.shown }, 'The event store answers');
    this.wakeWaiting();
    await this.ended.sleep();
    this.connection = undefined;
    loss.abort(new Fault('STORE_CLOSED', 'The event store is closed'));
  }

  /**
   * Probes a client: reads the last event, then appends nothing, the least that shows that the server reads and writes.
   * It also opens the stream that all appends share, because calls during its opening may overtake earlier ones.
   */
  private async answers(client: ClosableClient): Promise<boolean> {
    const { logger, probeTimeoutMs, settings } = this.options;
    const late = new AbortController();
    const tooLate = this.options.clock
      .sleep(probeTimeoutMs as Millis, AbortSignal.any([late.signal, this.closing.signal]))
      .then(() => Promise.reject(new Error(`no answer within ${probeTimeoutMs} ms`)));
    try {
      await Promise.race([probe(client), tooLate]);
      return true;
    } catch (error) {
      this.reason = error;
      if (!isAborted(this.closing.signal)) logger.warn({ error, store: settings.shown }, this.fault.message);
      return false;
    } finally {
      late.abort();
      tooLate.catch(() => undefined);
    }
  }

  /** Closes a client and waits until all its calls have ended, so that they do not disturb the next one. */
  private async dismiss(client: ClosableClient): Promise<void> {
    const isGone = client
      .close()
      .then(() => Promise.all(this.underWay))
      .catch(() => undefined);
    await atMost(this.options.clock, CLOSE_TIMEOUT_MS, isGone);
  }

  private async pause(attempt: number): Promise<void> {
    const { clock, random } = this.options;
    await clock.sleep(backoffDelay(attempt, backoff, random), this.closing.signal).catch(() => undefined);
  }

  private wakeWaiting(): void {
    for (const change of this.waiting) change.resolve();
    this.waiting.clear();
  }

  private changed(withinMs: number): Promise<void> {
    const onTimeout = (): void => void this.waiting.delete(change);
    const change = new Deferred<void>({ clock: this.options.clock, afterMs: withinMs, onTimeout });
    this.waiting.add(change);
    return change.promise;
  }
}
