import type { Brand } from './brand';

/** A point in time: RFC 3339, UTC, milliseconds (`2026-01-31T08:26:00.000Z`), so that text order is time order. */
export type Instant = Brand<string, 'Instant'>;

/** A span of time in milliseconds. */
export type Millis = Brand<number, 'Millis'>;

/** @param epochMs - milliseconds since 1970-01-01T00:00Z. */
export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;

/** @returns milliseconds since 1970-01-01T00:00Z. */
export const epochMsOf = (instant: Instant): number => Date.parse(instant);

export const later = (instant: Instant, by: Millis): Instant => instantOf(epochMsOf(instant) + by);
