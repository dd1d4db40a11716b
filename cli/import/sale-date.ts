/** How a date with strokes or dots is read; a line alone can't tell whether 9/1/2011 is in January or in September. */
export const dateFormats = ['M/D/Y', 'D/M/Y'] as const;
export type DateFormat = (typeof dateFormats)[number];

const time =
  '(?:(?:T| +)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}(?:[.]\\d{1,9})?))?' +
  '(?:Z|(?<sign>[+-])(?<zoneHours>\\d{2}):?(?<zoneMinutes>\\d{2}))?)?';
const [month, day, year] = ['(?<month>\\d{1,2})', '(?<day>\\d{1,2})', '(?<year>\\d{4}|\\d{2})'];

const iso = new RegExp(`^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})${time}$`);
const shapes: Readonly<Record<DateFormat, RegExp>> = {
  'M/D/Y': new RegExp(`^${month}[/.]${day}[/.]${year}${time}$`),
  'D/M/Y': new RegExp(`^${day}[/.]${month}[/.]${year}${time}$`),
};

const MINUTE_MS = 60_000;

/** @returns undefined for a day that no calendar has. */
const midnightMs = (fullYear: number, monthOfYear: number, dayOfMonth: number): number | undefined => {
  const midnight = new Date(Date.UTC(fullYear, monthOfYear - 1, dayOfMonth));
  const isThere = midnight.getUTCMonth() === monthOfYear - 1 && midnight.getUTCDate() === dayOfMonth;
  return isThere ? midnight.getTime() : undefined;
};

/**
 * Reads `2010-12-01`, `2010-12-01T08:26:00Z` and the like under either format, and `12/1/2010 8:26` or `1.12.10` as the format
 * says. Two digits of a year are of this century; a time without a zone is UTC.
 *
 * @returns milliseconds since 1970-01-01T00:00Z; undefined where the text is no such date.
 */
export const saleDateMs = (text: string, format: DateFormat): number | undefined => {
  const parts = (iso.exec(text) ?? shapes[format].exec(text))?.groups;
  if (parts === undefined) return undefined;
  const number = (name: string): number => Number(parts[name] ?? 0);
  const fullYear = number('year') < 100 ? 2_000 + number('year') : number('year');
  const midnight = midnightMs(fullYear, number('month'), number('day'));
  if (midnight === undefined || number('hour') > 23 || number('minute') > 59 || number('second') >= 60)
    return undefined;
  const zone = number('zoneHours') * 60 + number('zoneMinutes');
  const minutes = number('hour') * 60 + number('minute') - (parts['sign'] === '-' ? -zone : zone);
  return midnight + minutes * MINUTE_MS + Math.round(number('second') * 1_000);
};
