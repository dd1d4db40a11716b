/** The format of a date that does not begin with its year. One date alone is ambiguous: 9/1/2011 is in January or September. */
export const dateFormats = ['M/D/Y', 'D/M/Y'] as const;
export type DateFormat = (typeof dateFormats)[number];

const BLANK = '[ \\u00a0\\u202f]';
const ZONE = '(?:Z|UTC|GMT|(?<sign>[+-])(?<zoneHours>\\d{2}):?(?<zoneMinutes>\\d{2})?)';
const TIME =
  `(?:(?:T|,?${BLANK}+)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}(?:[.]\\d{1,9})?))?` +
  `(?:${BLANK}?(?<half>[AP])[.]?M[.]?)?(?:${BLANK}*${ZONE})?)?`;

const yearFirst = new RegExp(
  `^(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})${TIME}$`,
  'i',
);
const yearLast = new RegExp(
  `^(?<one>\\d{1,2})(?<mark>[-/.])(?<other>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})${TIME}$`,
  'i',
);

const MINUTE_MS = 60_000;

type Parts = Readonly<Record<string, string | undefined>>;
type Day = { readonly year: number; readonly month: number; readonly day: number };

/** Between hyphens a two-digit year may come first, too, so that is no date. */
const yearLastParts = (text: string): Parts | undefined => {
  const parts = yearLast.exec(text)?.groups as Parts | undefined;
  return parts?.['mark'] === '-' && parts['year']?.length === 2 ? undefined : parts;
};

/** Returns the only format in which the date can be read; undefined where there is none, or two. */
export const shownFormat = (text: string): DateFormat | undefined => {
  const parts = yearLastParts(text);
  const [first, second] = [Number(parts?.['one']), Number(parts?.['other'])];
  if (first > 12 && second <= 12) return 'D/M/Y';
  return second > 12 && first <= 12 ? 'M/D/Y' : undefined;
};

/** Returns whether another format reads the date differently. */
export const dependsOnFormat = (text: string): boolean => {
  const parts = yearLastParts(text);
  return parts !== undefined && Number(parts['one']) !== Number(parts['other']);
};

const dayOf = (parts: Parts, format: DateFormat | undefined): Day => {
  const number = (name: string): number => Number(parts[name] ?? 0);
  const year = number('year') < 100 ? 2_000 + number('year') : number('year');
  if (parts['one'] === undefined) return { year, month: number('month'), day: number('day') };
  // Where dates are written with dots, the day comes first.
  const read = format ?? (parts['mark'] === '.' ? 'D/M/Y' : 'M/D/Y');
  const [month, day] = read === 'M/D/Y' ? ['one', 'other'] : ['other', 'one'];
  return { year, month: number(month), day: number(day) };
};

/** @returns undefined for a day that does not exist. */
const midnightMs = ({ year, month, day }: Day): number | undefined => {
  const midnight = new Date(Date.UTC(year, month - 1, day));
  const isThere = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  return isThere ? midnight.getTime() : undefined;
};

/** Returns the minutes since midnight; undefined for an invalid time. */
const minutesOf = (parts: Parts): number | undefined => {
  const [hour, minute] = [Number(parts['hour'] ?? 0), Number(parts['minute'] ?? 0)];
  if (minute > 59 || Number(parts['second'] ?? 0) >= 60) return undefined;
  const half = parts['half']?.toUpperCase();
  if (half === undefined) return hour > 23 ? undefined : hour * 60 + minute;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) * 60 + minute + (half === 'P' ? 12 * 60 : 0);
};

/**
 * Reads `2010-12-01`, `2010-12-01T08:26:00Z`, `2010-12-01 08:26:21 +0400` and the like under every format, and
 * `12/1/2010 8:26 AM`, `12-01-2010` or `1.12.10` in the given format. A two-digit year is in this century; a time without a zone
 * is UTC.
 *
 * @param format - if undefined, the month comes first, and with dots the day.
 * @returns milliseconds since 1970-01-01T00:00Z; undefined where the text is no such date.
 */
export const saleDateMs = (text: string, format: DateFormat | undefined): number | undefined => {
  const parts = (yearFirst.exec(text)?.groups as Parts | undefined) ?? yearLastParts(text);
  if (parts === undefined) return undefined;
  const midnight = midnightMs(dayOf(parts, format));
  const minutes = minutesOf(parts);
  if (midnight === undefined || minutes === undefined) return undefined;
  const zone = Number(parts['zoneHours'] ?? 0) * 60 + Number(parts['zoneMinutes'] ?? 0);
  const utcMinutes = minutes - (parts['sign'] === '-' ? -zone : zone);
  return midnight + utcMinutes * MINUTE_MS + Math.round(Number(parts['second'] ?? 0) * 1_000);
};
