import { saleDateMs, type DateFormat } from './sale-date';

const read = (text: string, format: DateFormat = 'M/D/Y'): string | undefined => {
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
  ])('%s is the same under either format', (text, expected) => {
    expect([read(text), read(text, 'D/M/Y')]).toEqual([expected, expected]);
  });

  it.each([
    ['12/1/2010 8:26', 'M/D/Y', '2010-12-01T08:26:00.000Z'],
    ['12/1/2010 8:26', 'D/M/Y', '2010-01-12T08:26:00.000Z'],
    ['9/1/2011', 'M/D/Y', '2011-09-01T00:00:00.000Z'],
    ['01.09.11', 'D/M/Y', '2011-09-01T00:00:00.000Z'],
    ['29/2/2012', 'D/M/Y', '2012-02-29T00:00:00.000Z'],
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
  ])('"%s" is none', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
