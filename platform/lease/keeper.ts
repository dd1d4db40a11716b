import type { Millis } from '../../domain/kernel';
import { Deferred, type Clock, type Random } from '../clock';
import { isFault, jittered, supervise } from '../faults';
import type { Logger } from '../telemetry';
import type { Held, Leases, Taken } from './lease';
import { Term } from './term';

/** Work that was started for a term. */
export type Work = { readonly stop: () => Promise<void> };

export type KeeperDeps = {
  readonly leases: Leases;
  /** The name of the work. */
  readonly lease: string;
  /** The name of this process, a new one at each start. */
  readonly holder: string;
  readonly ttlMs: number;
  /** Starts the work. It must write under the lease only through code that has the term's fence. */
  readonly begin: (term: Term) => Promise<Work>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

/** The state of a lease. `holder`: its holder, as far as this process knows. */
export type KeeperStatus = {
  readonly lease: string;
  readonly state: 'holding' | 'standby';
  readonly holder: string | undefined;
  /** The number of times that this process has taken the lease. */
  readonly terms: number;
};

/** Runs the work here only while this process holds the lease. */
export interface Keeper {
  /**
   * Resolves when the holder of the lease is known; if it is this process, its work has started, or is retried because
   * an engine is away.
   *
   * @throws the error of the first start of the work, if a retry cannot help.
   */
  start(): Promise<void>;
  status(): KeeperStatus;
  /** Stops the work, then releases the lease. */
  stop(): Promise<void>;
}

/**
 * Fractions of the ttl: the number of renewals in it, its rest at which work must end, and the number of polls of a
 * standby.
 */
const RENEWALS_A_TTL = 4;
const MARGIN = 0.25;
const LOOKS_A_TTL = 10;
/**
 * A renewal that takes more than this fraction of the ttl is slow. The ttl is then doubled, up to this multiple of the
 * configured one.
 */
const SLOW_PART = 0.25;
export const LONGEST_TTL = 8;
/** Shorter than that of other loops: without a holder no work is done. */
const RETRY = { baseMs: 100, factor: 2, maxMs: 2_000 };

const reasonOf = (signal: AbortSignal): string =>
  signal.reason instanceof Error ? signal.reason.message : String(signal.reason);

const aborted = (...signals: readonly AbortSignal[]): Promise<void> =>
  new Promise((resolve) => {
    const either = AbortSignal.any([...signals]);
    if (either.aborted) resolve();
    else either.addEventListener('abort', () => resolve(), { once: true });
  });

class LeaseKeeper implements Keeper {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private state: KeeperStatus['state'] = 'standby';
  private holder: string | undefined;
  private terms = 0;
  /** Grows while the engine answers slowly, because a lease that keeps expiring has no working holder. */
  private ttlMs: number;
  private readonly started = new Deferred<void>();

  constructor(private readonly deps: KeeperDeps) {
    this.ttlMs = deps.ttlMs;
  }

  start(): Promise<void> {
    const { clock, random, logger, lease } = this.deps;
    this.running = supervise((signal) => this.takeTurns(signal), {
      clock,
      random,
      signal: this.stopping.signal,
      backoff: RETRY,
      onFailure: (error) => {
        logger.warn({ error, lease }, 'A lease cannot be acquired');
        this.started.resolve();
      },
    });
    return this.started.promise;
  }

  status(): KeeperStatus {
    const { state, holder, terms } = this;
    return { lease: this.deps.lease, state, holder, terms };
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('The process stops'));
    await this.running;
    this.started.resolve();
  }

  private async takeTurns(signal: AbortSignal): Promise<void> {
    const { leases, lease, holder, clock } = this.deps;
    for (;;) {
      const startedMs = clock.monotonicMs();
      const answer = await leases
        .acquire(lease, holder, this.ttlMs)
        .finally(() => this.adaptTtl(clock.monotonicMs() - startedMs));
      if (signal.aborted && answer.kind === 'held') await leases.release(answer);
      signal.throwIfAborted();
      if (answer.kind === 'held') await this.serve(answer, signal);
      else this.standBy(answer);
      await clock.sleep(this.lookPauseMs(), signal);
    }
  }

  /** Returns a jittered pause, so that several standbys do not poll at the same time. */
  private lookPauseMs(): Millis {
    const { ttlMs, random } = this.deps;
    return jittered(ttlMs / LOOKS_A_TTL, random);
  }

  private standBy({ by }: Taken): void {
    const { logger, lease } = this.deps;
    if (this.holder !== by) logger.info({ lease, holder: by }, 'Stands by: another process does the work');
    this.holder = by;
    this.started.resolve();
  }

  private async serve(held: Held, signal: AbortSignal): Promise<void> {
    const { lease, holder, clock, logger, leases } = this.deps;
    const { token } = held.term;
    const term = new Term({ lease, token }, this.workUntilMs(held), clock);
    const renewing = this.keepRenewing(held, term);
    try {
      const work = await this.begin(term);
      const before = this.holder;
      this.state = 'holding';
      this.holder = holder;
      this.terms += 1;
      // A first holder takes over from no other process, so the line is of interest to developers only.
      if (before === undefined) logger.debug({ lease, term: token }, 'Holds the lease');
      else logger.info({ lease, term: token, before }, 'Takes over');
      this.started.resolve();
      await aborted(term.signal, signal);
      if (term.signal.aborted)
        logger.warn({ lease, term: token, reason: reasonOf(term.signal) }, 'Steps down');
      await work.stop();
    } finally {
      this.state = 'standby';
      this.holder = undefined;
      term.end('The work has ended');
      await leases
        .release(await renewing)
        .catch((error: unknown) => logger.warn({ error, lease }, 'A lease was not released'));
    }
  }

  private async begin(term: Term): Promise<Work> {
    try {
      return await this.deps.begin(term);
    } catch (error) {
      // An engine that is away, or a term that ended before the work had started, is no error of the work.
      const mayPass = isFault(error) && (error.retryable || error.code === 'LEASE_LOST');
      if (!mayPass) this.started.reject(error);
      throw error;
    }
  }

  /** @returns the lease of its last renewal, after the term has ended. */
  private async keepRenewing(first: Held, term: Term): Promise<Held> {
    const { leases, lease, clock, logger, ttlMs } = this.deps;
    let held = first;
    let pauseMs = ttlMs / RENEWALS_A_TTL;
    while (!term.signal.aborted) {
      await clock.sleep(pauseMs as Millis, term.signal).catch(() => undefined);
      if (!term.holds()) break;
      pauseMs = ttlMs / RENEWALS_A_TTL;
      const startedMs = clock.monotonicMs();
      try {
        const answer = await leases.renew(held, this.ttlMs);
        if (answer.kind === 'lost') term.end(`It is held by ${answer.to ?? 'nobody'}`);
        else {
          held = answer;
          term.extend(this.workUntilMs(held));
        }
      } catch (error) {
        logger.warn({ error, lease }, 'A lease was not renewed');
        pauseMs = this.lookPauseMs();
      }
      this.adaptTtl(clock.monotonicMs() - startedMs);
    }
    return held;
  }

  /** Doubles the ttl after a slow renewal, because the next one might be too late. */
  private adaptTtl(tookMs: number): void {
    const { ttlMs, logger, lease } = this.deps;
    if (tookMs <= this.ttlMs * SLOW_PART || this.ttlMs >= ttlMs * LONGEST_TTL) return;
    this.ttlMs = Math.min(ttlMs * LONGEST_TTL, this.ttlMs * 2);
    logger.warn(
      { lease, tookMs, ttlMs: this.ttlMs },
      'A lease is renewed slowly: from now on it lasts longer',
    );
  }

  private workUntilMs({ untilMs, term }: Held): number {
    return untilMs - term.ttlMs * MARGIN;
  }
}

/** Stands by until the lease is free, then runs the work here, repeatedly, until it is stopped. */
export const keepLease = (deps: KeeperDeps): Keeper => new LeaseKeeper(deps);
