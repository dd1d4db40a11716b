import { epochMsOf, instantOf } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Held, LeaseRecords, Leases, Lost, Taken, TermRecord } from './lease';

/** The moment at which a term was first seen in its present state. */
type Sighting = Pick<TermRecord, 'token' | 'renewals'> & { readonly sinceMs: number };

class RecordedLeases implements Leases {
  private readonly sightings = new Map<string, Sighting>();

  constructor(
    private readonly records: LeaseRecords,
    private readonly clock: Clock,
  ) {}

  async acquire(lease: string, holder: string, ttlMs: number): Promise<Held | Taken> {
    const latest = await this.records.latest(lease);
    if (latest && latest.holder !== holder && this.remainingMs(latest) > 0) return this.takenBy(latest);
    const startedMs = this.clock.monotonicMs();
    const token = (latest?.token ?? 0) + 1;
    const term = { lease, token, holder, ttlMs, renewals: 0, released: false };
    if (await this.records.begin(term)) return { kind: 'held', term, untilMs: startedMs + ttlMs };
    return this.takenBy((await this.records.latest(lease)) ?? term);
  }

  async renew({ term }: Held, ttlMs = term.ttlMs): Promise<Held | Lost> {
    const startedMs = this.clock.monotonicMs();
    const renewed = { ...term, renewals: term.renewals + 1, ttlMs: Math.max(ttlMs, term.ttlMs) };
    await this.records.update(renewed);
    // Read after the renewal: later readers see the renewal, and an earlier new term is seen here.
    const latest = await this.records.latest(term.lease);
    if (latest?.token !== term.token) return { kind: 'lost', to: latest?.holder };
    return { kind: 'held', term: renewed, untilMs: startedMs + renewed.ttlMs };
  }

  async release({ term }: Held): Promise<void> {
    await this.records.update({ ...term, released: true });
  }

  private takenBy(term: TermRecord): Taken {
    const untilMs = epochMsOf(this.clock.now()) + this.remainingMs(term);
    return { kind: 'taken', by: term.holder, until: instantOf(untilMs) };
  }

  /**
   * Returns the time for which the lease must be left to its holder; it was renewed before this process saw it, so the
   * result is never too short.
   */
  private remainingMs({ lease, token, renewals, ttlMs, released }: TermRecord): number {
    if (released) return 0;
    const nowMs = this.clock.monotonicMs();
    const seen = this.sightings.get(lease);
    const isSame = seen?.token === token && seen.renewals === renewals;
    const sinceMs = isSame ? seen.sinceMs : nowMs;
    this.sightings.set(lease, { token, renewals, sinceMs });
    return Math.max(0, sinceMs + ttlMs - nowMs);
  }
}

/**
 * Creates the leases of an engine's records. Each process needs one instance for its whole life, which remembers what
 * it has seen.
 */
export const createLeases = (records: LeaseRecords, clock: Clock): Leases =>
  new RecordedLeases(records, clock);
