import { epochMsOf, instantOf, parseInstant, type Instant } from '../../domain/kernel';
import { localTimes, zoneOffsets } from '../../platform/read-models/flat';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DAY_LENGTH = '2026-01-31'.length;

/** The calendar of a time zone. */
export type ShopDays = {
  /** Returns the day of a moment: `2026-01-31`. */
  readonly dayOf: (at: Instant) => string;
  /** Returns the first moment of a day, and the first one after it. */
  readonly boundsOf: (day: string) => { readonly from: Instant; readonly before: Instant };
  readonly dayBefore: (day: string) => string;
  readonly dayAfter: (day: string) => string;
};

const midnightUtc = (day: string): number => epochMsOf(`${day}T00:00:00.000Z` as Instant);

const moved = (day: string, days: number): string =>
  instantOf(midnightUtc(day) + days * DAY_MS).slice(0, DAY_LENGTH);

export const isDay = (text: string): boolean =>
  text.length === DAY_LENGTH && parseInstant(`${text}T00:00:00.000Z`) !== undefined;

/** @param timeZone - a name of the IANA data base. */
export const shopDaysIn = (timeZone: string): ShopDays => {
  const localTime = localTimes(zoneOffsets(timeZone));
  const dayOf = (at: Instant): string => localTime(at).slice(0, DAY_LENGTH);

  /** The first minute that belongs to the day or to a later one. No zone is a day away from UTC. */
  const startOf = (day: string): Instant => {
    let [earlier, start] = [midnightUtc(day) - DAY_MS, midnightUtc(day) + DAY_MS];
    while (start - earlier > MINUTE_MS) {
      const middle = earlier + Math.floor((start - earlier) / 2 / MINUTE_MS) * MINUTE_MS;
      if (dayOf(instantOf(middle)) >= day) start = middle;
      else earlier = middle;
    }
    return instantOf(start);
  };
  const dayAfter = (day: string): string => moved(day, 1);
  return {
    dayOf,
    boundsOf: (day) => ({ from: startOf(day), before: startOf(dayAfter(day)) }),
    dayBefore: (day) => moved(day, -1),
    dayAfter,
  };
};
