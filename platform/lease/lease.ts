import type { Instant } from '../../domain/kernel';

/** A stored term: one holder's time with a lease. */
export type TermRecord = {
  readonly lease: string;
  /** The number of the term, from 1: a write under a lower one than the newest comes too late. */
  readonly token: number;
  readonly holder: string;
  /** The time without a renewal after which the lease is free. */
  readonly ttlMs: number;
  readonly renewals: number;
  /** True if the holder released it. */
  readonly released: boolean;
};

/**
 * The term of a write. A store with a fence rejects the write once a later term has begun, or this one was released.
 */
export type Fence = { readonly lease: string; readonly token: number };

/**
 * The storage of leases: one record a term, inserted once and never reused by the next, because the insert of a key is
 * the one write that every engine does atomically. All calls throw Fault `READ_MODELS_UNAVAILABLE` if the engine cannot
 * be reached in time.
 */
export interface LeaseRecords {
  /** Returns the newest term of a lease; undefined before the first. */
  latest(lease: string): Promise<TermRecord | undefined>;
  /** Stores a new term. @returns false, without a change, if a term of that token exists: another process was first. */
  begin(term: TermRecord): Promise<boolean>;
  /** Replaces a term. Only its holder calls this. */
  update(term: TermRecord): Promise<void>;
}

/** A lease that this process holds. `untilMs`: on this process' monotonic clock; from then on others may take it. */
export type Held = { readonly kind: 'held'; readonly term: TermRecord; readonly untilMs: number };
/**
 * A lease of another process. `until`: the time at which it becomes free unless it is renewed, by this process' clock.
 */
export type Taken = { readonly kind: 'taken'; readonly by: string; readonly until: Instant };
/** A lease that this process has lost. `to`: the new holder, if known. */
export type Lost = { readonly kind: 'lost'; readonly to: string | undefined };

/**
 * Leases for work that one process at a time may do. Each process measures time for itself and never compares clocks: a
 * lease is free once a process has watched it for `ttlMs` without a renewal. So clocks may differ; they must only run
 * at about the same speed. Every engine of `LeaseRecords` passes tests/contract/lease.contract.ts.
 */
export interface Leases {
  /** Takes the lease if it is free, or was this holder's: each time under a higher token. */
  acquire(lease: string, holder: string, ttlMs: number): Promise<Held | Taken>;
  /**
   * Keeps it for another `ttlMs`, counted from the call. A term's time never becomes shorter: after a renewal whose
   * answer was lost, others would take the lease while its holder still works.
   */
  renew(held: Held, ttlMs?: number): Promise<Held | Lost>;
  /** Releases it: another process can take it at once. */
  release(held: Held): Promise<void>;
}
