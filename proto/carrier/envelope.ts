/**
 * Formats the time of an envelope as the public programs of this dialect read it: six digits of a second, UTC, and no
 * zone.
 *
 * @param instant - RFC 3339 with milliseconds and `Z`.
 */
export const envelopeTime = (instant: string): string => `${instant.slice(0, -1)}000`;

const ISO_8601 =
  /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?$/i;

/**
 * Parses the time of an envelope: any date and time of ISO 8601. A time without a zone is UTC.
 *
 * @returns milliseconds since 1970; undefined for any other text.
 */
export const epochMsOfEnvelope = (text: string): number | undefined => {
  const found = ISO_8601.exec(text);
  if (!found) return undefined;
  const part = (index: number): number => Number(found[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  // `Date` moves a 30 February, or an hour of 24, to another time.
  if (!new Date(local).toISOString().startsWith(written(year, month, day, hour, minute, second)))
    return undefined;
  const milliseconds = Math.floor(Number(`0.${found[7] ?? 0}`) * 1_000);
  const aheadMinutes = (found[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10));
  return local + milliseconds - aheadMinutes * 60_000;
};

const written = (year: number, ...parts: readonly number[]): string => {
  const [month, day, hour, minute, second] = parts.map((number) => String(number).padStart(2, '0'));
  return `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
};
