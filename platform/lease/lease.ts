import type { Instant } from '../../domain/kernel';

/** Somebody's time with a lease, as it is stored. */
export type TermRecord = {
  readonly lease: string;
  /** Counts the terms of the lease from 1: whoever writes under a lower one than the newest comes too late. */
  readonly token: number;
  readonly holder: string;
  /** After so long without a renewal the lease is free. */
  readonly ttlMs: number;
  readonly renewals: number;
  /** The holder gave it back. */
  readonly released: boolean;
};

/** The term that a write belongs to. Who is told one refuses the write once a later term has begun, or this one was given back. */
export type Fence = { readonly lease: string; readonly token: number };

/**
 * Where leases are kept: a record a term, made once and never taken over by the next, because the insert of a key is the one
 * write that every engine does atomically. All calls throw Fault `READ_MODELS_UNAVAILABLE` when the engine can't be reached
 * in time.
 */
export interface LeaseRecords {
  /** The newest term of a lease; undefined before the first. */
  latest(lease: string): Promise<TermRecord | undefined>;
  /** Stores a new term. @returns false, and changes nothing, where a term of that token is there: somebody came first. */
  begin(term: TermRecord): Promise<boolean>;
  /** Replaces a term. Only its holder does. */
  update(term: TermRecord): Promise<void>;
}

/** A lease in one's hands. `untilMs`: on this process' monotonic clock; from then on others may take it. */
export type Held = { readonly kind: 'held'; readonly term: TermRecord; readonly untilMs: number };
/** `until`: when it becomes free, unless it is renewed; by this process' clock. */
export type Taken = { readonly kind: 'taken'; readonly by: string; readonly until: Instant };
/** `to`: whoever has it now, where that is known. */
export type Lost = { readonly kind: 'lost'; readonly to: string | undefined };

/**
 * Work that one process at a time may do, named by a lease. Time is measured by each process for itself and never compared:
 * a lease is free once a process has looked at it for `ttlMs` and seen no renewal. So clocks may differ; they only have to
 * run at about the same speed. Every engine of `LeaseRecords` passes tests/contract/lease.contract.ts.
 */
export interface Leases {
  /** Takes the lease if it is free, or was this holder's: each time under a higher token. */
  acquire(lease: string, holder: string, ttlMs: number): Promise<Held | Taken>;
  /**
   * Keeps it for another `ttlMs`, counted from the call. A term's time never becomes shorter: a renewal whose answer is lost
   * would have others take the lease while its holder still works.
   */
  renew(held: Held, ttlMs?: number): Promise<Held | Lost>;
  /** Gives it back: the next who asks has it at once. */
  release(held: Held): Promise<void>;
}
