import type { Millis } from '../../domain/kernel';
import type { Clock, Random } from '../clock';
import { isFault, supervise } from '../faults';
import type { Logger } from '../telemetry';
import type { Held, Leases, Taken } from './lease';
import { Term } from './term';

/** Something that was begun for a term. */
export type Work = { readonly stop: () => Promise<void> };

export type KeeperDeps = {
  readonly leases: Leases;
  /** Names the work. */
  readonly lease: string;
  /** Names this process among those that would do it; another one each start. */
  readonly holder: string;
  readonly ttlMs: number;
  /** Begins the work. It must write nothing under the lease but through what knows the term's fence. */
  readonly begin: (term: Term) => Promise<Work>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

/** `holder`: who has the lease, as far as this process knows. */
export type KeeperStatus = {
  readonly lease: string;
  readonly state: 'holding' | 'standby';
  readonly holder: string | undefined;
  /** How often this process has taken the lease. */
  readonly terms: number;
};

/** Sees to it that the work is done here while, and only while, this process holds the lease. */
export interface Keeper {
  /**
   * Resolves when it is known who has the lease; where that is this process, its work has begun, or is begun again and again
   * because an engine is away.
   *
   * @throws what the first beginning of the work threw, where that will not pass by itself.
   */
  start(): Promise<void>;
  status(): KeeperStatus;
  /** Stops the work, then gives the lease back. */
  stop(): Promise<void>;
}

/** Parts of the ttl: how often it is renewed, what is left of it when work must end, and how often a standby looks. */
const RENEWALS_A_TTL = 4;
const MARGIN = 0.25;
const LOOKS_A_TTL = 10;
/** A renewal that takes more than this part of the ttl is slow. The ttl is then doubled, up to so many times what was asked for. */
const SLOW_PART = 0.25;
const LONGEST_TTL = 8;
const RISE_AGAIN = { baseMs: 100, factor: 2, maxMs: 2_000 };

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
  /** Grows while the engine answers slowly: a lease that lapses again and again has nobody do the work. */
  private ttlMs: number;
  private known: () => void = () => undefined;
  private failed: (error: unknown) => void = () => undefined;

  constructor(private readonly deps: KeeperDeps) {
    this.ttlMs = deps.ttlMs;
  }

  start(): Promise<void> {
    const { clock, random, logger, lease } = this.deps;
    const first = new Promise<void>((resolve, reject) => {
      this.known = resolve;
      this.failed = reject;
    });
    this.running = supervise((signal) => this.takeTurns(signal), {
      ...{ clock, random, signal: this.stopping.signal, backoff: RISE_AGAIN },
      onFailure: (error) => {
        logger.warn({ error, lease }, 'A lease cannot be had');
        this.known();
      },
    });
    return first;
  }

  status(): KeeperStatus {
    const { state, holder, terms } = this;
    return { lease: this.deps.lease, state, holder, terms };
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('The process stops'));
    await this.running;
    this.known();
  }

  private async takeTurns(signal: AbortSignal): Promise<void> {
    const { leases, lease, holder, clock } = this.deps;
    for (;;) {
      const startedMs = clock.monotonicMs();
      const answer = await leases
        .acquire(lease, holder, this.ttlMs)
        .finally(() => this.learn(clock.monotonicMs() - startedMs));
      if (signal.aborted && answer.kind === 'held') await leases.release(answer);
      signal.throwIfAborted();
      if (answer.kind === 'held') await this.serve(answer, signal);
      else this.standBy(answer);
      await clock.sleep(this.lookPauseMs() as Millis, signal);
    }
  }

  /** Jittered, so that several who stand by do not all look at once. */
  private lookPauseMs(): number {
    const { ttlMs, random } = this.deps;
    return (ttlMs / LOOKS_A_TTL) * (0.5 + random.next() / 2);
  }

  private standBy({ by }: Taken): void {
    const { logger, lease } = this.deps;
    if (this.holder !== by) logger.info({ lease, holder: by }, 'Stands by: another process does the work');
    this.holder = by;
    this.known();
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
      // Who only begins has nothing to tell anybody.
      if (before === undefined) logger.debug({ lease, term: token }, 'Holds the lease');
      else logger.info({ lease, term: token, before }, 'Takes over');
      this.known();
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
        .catch((error: unknown) => logger.warn({ error, lease }, 'A lease was not given back'));
    }
  }

  private async begin(term: Term): Promise<Work> {
    try {
      return await this.deps.begin(term);
    } catch (error) {
      // An engine that is away, or a term that was over before the work had begun, says nothing about the work.
      const mayPass = isFault(error) && (error.retryable || error.code === 'LEASE_LOST');
      if (!mayPass) this.failed(error);
      throw error;
    }
  }

  /** @returns the lease as it was last renewed, once the term is over. */
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
      this.learn(clock.monotonicMs() - startedMs);
    }
    return held;
  }

  /** Renewals that take long are nearly too late. */
  private learn(tookMs: number): void {
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

/** Stands by until the lease is free, then has the work done here, again and again, until it is stopped. */
export const keepLease = (deps: KeeperDeps): Keeper => new LeaseKeeper(deps);
