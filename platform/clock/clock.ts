import type { Instant, Millis } from '../../domain/kernel';

/** A timer that was set; `cancel` is idempotent. */
export type Timer = { cancel(): void };

/** Time as the platform knows it. The real one is in `real.ts`; simulation has a virtual one. */
export interface Clock {
  now(): Instant;
  /** Milliseconds since some moment, never going back: for measuring spans only. */
  monotonicMs(): number;
  /** Runs `action` once, after `delay`. It keeps no process alive. */
  after(delay: Millis, action: () => void): Timer;
  /** @throws the signal's reason when it aborts first. */
  sleep(delay: Millis, signal?: AbortSignal): Promise<void>;
}

/** Chance as the platform knows it. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  bytes(length: number): Uint8Array;
}
