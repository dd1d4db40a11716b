import { epochMsOf, instantOf, type Instant } from '../../../domain/kernel';

/** An offset from UTC, in minutes, that a time zone has before a moment. */
export type ZoneOffset = { readonly until: Instant; readonly minutes: number };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);
/** No zone changes its offset and back within a week. */
const STEP_MS = 7 * DAY_MS;
const FOR_EVER = '9999-12-31T23:59:59.999Z' as Instant;

/** `GMT`, `GMT+01:00` or `GMT-03:30`. */
const OFFSET = /^GMT(?:(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d))?$/;

const offsetReader = (timeZone: string): ((ms: number) => number) => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (ms) => {
    const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
    const { sign, hours = '0', minutes = '0' } = OFFSET.exec(name)?.groups ?? {};
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
};

/** Returns the first minute after `fromMs`, at the latest `toMs`, at which the offset is no longer `minutes`. */
const changeBetween = (
  offsetAt: (ms: number) => number,
  { fromMs, toMs, minutes }: { readonly fromMs: number; readonly toMs: number; readonly minutes: number },
): number => {
  let [before, after] = [fromMs, toMs];
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(middle) === minutes) before = middle;
    else after = middle;
  }
  return after;
};

/** Returns the offsets of a time zone from 1970 to 2100, in order. The last one holds for ever. */
export const zoneOffsets = (timeZone: string): readonly ZoneOffset[] => {
  const offsetAt = offsetReader(timeZone);
  const offsets: ZoneOffset[] = [];
  let minutes = offsetAt(FIRST_MS);
  for (let fromMs = FIRST_MS; timeZone !== 'UTC' && fromMs < LAST_MS; fromMs += STEP_MS) {
    const toMs = fromMs + STEP_MS;
    if (offsetAt(toMs) === minutes) continue;
    offsets.push({ until: instantOf(changeBetween(offsetAt, { fromMs, toMs, minutes })), minutes });
    minutes = offsetAt(toMs);
  }
  return [...offsets, { until: FOR_EVER, minutes }];
};

/** Returns a function that converts moments to the time of a zone: `2026-07-01T12:00:00.000`, without its offset. */
export const localTimes = (offsets: readonly ZoneOffset[]): ((at: string) => string) => {
  const minutesAt = (at: string): number => {
    let [first, last] = [0, offsets.length - 1];
    while (first < last) {
      const middle = (first + last) >> 1;
      if ((offsets[middle]?.until ?? '') > at) last = middle;
      else first = middle + 1;
    }
    return offsets[first]?.minutes ?? 0;
  };
  return (at) => instantOf(epochMsOf(at as Instant) + minutesAt(at) * MINUTE_MS).slice(0, -1);
};
