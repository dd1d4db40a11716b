import { dependsOnFormat, saleDateMs, shownFormat, type DateFormat } from './sale-date';

const read = (text: string, format: DateFormat | undefined = 'M/D/Y'): string | undefined => {
  const ms = saleDateMs(text, format);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe('the date of a sale', () => {
  it.each([
    ['2010-12-01', '2010-12-01T00:00:00.000Z'],
    ['2010-12-01 08:26', '2010-12-01T08:26:00.000Z'],
    ['2010-12-01T08:26:30.5Z', '2010-12-01T08:26:30.500Z'],
    ['2010-12-01T08:26:00+02:00', '2010-12-01T06:26:00.000Z'],
    ['2010-12-01T23:30-0130', '2010-12-02T01:00:00.000Z'],
    ['2026-04-05 21:06:21 +0400', '2026-04-05T17:06:21.000Z'],
    ['2026-04-05 21:06:21 -04', '2026-04-06T01:06:21.000Z'],
    ['2026-04-05 21:06:21 UTC', '2026-04-05T21:06:21.000Z'],
    ['2026/4/5 9:06 PM', '2026-04-05T21:06:00.000Z'],
    ['2026.04.05', '2026-04-05T00:00:00.000Z'],
  ])('%s is the same under either format', (text, expected) => {
    expect([read(text), read(text, 'D/M/Y')]).toEqual([expected, expected]);
  });

  it.each([
    ['12/1/2010 8:26', 'M/D/Y', '2010-12-01T08:26:00.000Z'],
    ['12/1/2010 8:26', 'D/M/Y', '2010-01-12T08:26:00.000Z'],
    ['9/1/2011', 'M/D/Y', '2011-09-01T00:00:00.000Z'],
    ['01.09.11', 'D/M/Y', '2011-09-01T00:00:00.000Z'],
    ['29/2/2012', 'D/M/Y', '2012-02-29T00:00:00.000Z'],
    ['01-12-2010 08:26', 'D/M/Y', '2010-12-01T08:26:00.000Z'],
    ['12-01-2010 08:26', 'M/D/Y', '2010-12-01T08:26:00.000Z'],
    ['12/1/2010 8:26 AM', 'M/D/Y', '2010-12-01T08:26:00.000Z'],
    ['12/1/2010, 8:26:05\u202fPM', 'M/D/Y', '2010-12-01T20:26:05.000Z'],
    ['12/1/2010 12:05 am', 'M/D/Y', '2010-12-01T00:05:00.000Z'],
    ['12/1/2010 12:05 p.m.', 'M/D/Y', '2010-12-01T12:05:00.000Z'],
    ['1/12/2010 8:26PM +0100', 'D/M/Y', '2010-12-01T19:26:00.000Z'],
  ] as const)('%s, read as %s, is %s', (text, format, expected) => {
    expect(read(text, format)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '13/1/2011',
    '0/1/2011',
    '2/29/2011',
    '2010-02-30',
    '2010-12-1x',
    '12/1/2010 24:00',
    '12/1/2010 8:60',
    '2010-12-01T08:26:60Z',
    '1/2/345',
    '1-12-10',
    '1/12.2010',
    '12/1/2010 13:00 PM',
    '12/1/2010 0:10 AM',
    '2010-12-01 08:26 +4',
  ])('"%s" is not a date', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ['9/1/2011', '2011-09-01T00:00:00.000Z'],
    ['09-01-2011', '2011-09-01T00:00:00.000Z'],
    ['9.1.2011', '2011-01-09T00:00:00.000Z'],
  ])('%s, in an unknown order, is %s', (text, expected) => {
    expect(new Date(saleDateMs(text, undefined)!).toISOString()).toBe(expected);
  });

  it.each([
    ['13/1/2011', 'D/M/Y', true],
    ['1/13/2011 8:00', 'M/D/Y', true],
    ['13-01-2011', 'D/M/Y', true],
    ['1/2/2011', undefined, true],
    ['1/01/2011', undefined, false],
    ['13/13/2011', undefined, false],
    ['2011-01-13', undefined, false],
  ])('%s shows the order %s', (text, format, depends) => {
    expect(shownFormat(text)).toBe(format);
    if (format === undefined && text !== '13/13/2011') expect(dependsOnFormat(text)).toBe(depends);
  });
});
