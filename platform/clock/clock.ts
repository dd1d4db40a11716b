import type { Instant, Millis } from '../../domain/kernel';

/** A running timer; `cancel` is idempotent. */
export type Timer = { cancel(): void };

/** The source of time. The real one is in `real.ts`; simulations have a virtual one. */
export interface Clock {
  now(): Instant;
  /** Milliseconds since an arbitrary moment, never decreasing: only for measuring durations. */
  monotonicMs(): number;
  /** Runs `action` once, after `delay`. The timer does not keep the process alive. */
  after(delay: Millis, action: () => void): Timer;
  /** @throws the signal's reason if it aborts first. */
  sleep(delay: Millis, signal?: AbortSignal): Promise<void>;
}

/** The source of random values. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  bytes(length: number): Uint8Array;
}
