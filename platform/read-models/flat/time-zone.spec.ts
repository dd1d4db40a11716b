import { localTimes, zoneOffsets } from './time-zone';

const local = (timeZone: string): ((at: string) => string) => localTimes(zoneOffsets(timeZone));

it('knows when the clocks of a zone change', () => {
  const london = local('Europe/London');
  expect(london('2026-03-29T00:59:59.999Z')).toBe('2026-03-29T00:59:59.999');
  expect(london('2026-03-29T01:00:00.000Z')).toBe('2026-03-29T02:00:00.000');
  expect(london('2026-10-25T00:59:59.999Z')).toBe('2026-10-25T01:59:59.999');
  expect(london('2026-10-25T01:00:00.000Z')).toBe('2026-10-25T01:00:00.000');
});

it('knows offsets of half hours and days that begin elsewhere', () => {
  expect(local('Asia/Kolkata')('2026-01-31T20:00:00.000Z')).toBe('2026-02-01T01:30:00.000');
  expect(local('America/St_Johns')('2026-01-01T01:00:00.000Z')).toBe('2025-12-31T21:30:00.000');
});

it('agrees with the calendar of the program at moments of 60 years', () => {
  for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']) {
    const convert = local(timeZone);
    const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    for (let ms = Date.UTC(1975, 0, 1); ms < Date.UTC(2035, 0, 1); ms += 17 * 86_400_000 + 3_723_000)
      expect(convert(new Date(ms).toISOString()).slice(0, 19)).toBe(format.format(ms).replace(' ', 'T'));
  }
});

it('has one offset for UTC', () => {
  expect(zoneOffsets('UTC')).toHaveLength(1);
  expect(local('UTC')('2026-01-31T08:26:00.123Z')).toBe('2026-01-31T08:26:00.123');
});
