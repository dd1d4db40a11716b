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

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Parses an RFC 3339 date and time from outside. Digits after the milliseconds are cut off.
 *
 * @returns undefined for any other text, for a day that the calendar does not have (`2026-02-30`, which `Date.parse`
 * would move to the next month), and for a leap second.
 */
export const parseInstant = (text: string): Instant | undefined => {
  const [, year, month, day] = RFC_3339.exec(text) ?? [];
  if (year === undefined) return undefined;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // `Date` moves a day that does not exist to the next month.
  if (midnight.getUTCDate() !== Number(day)) return undefined;
  const epochMs = Date.parse(text);
  // A time zone can move the first and the last day outside of the years that an Instant can hold.
  const isNamed =
    epochMs >= Date.parse('0000-01-01T00:00:00Z') && epochMs < Date.parse('+010000-01-01T00:00:00Z');
  return isNamed ? instantOf(epochMs) : undefined;
};
