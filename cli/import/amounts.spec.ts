import fc from 'fast-check';
import { isAmbiguous, minorUnits, quantityOf, shownMark } from './amounts';

const written = (minor: number, mark: string): string => {
  const figures = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${figures.slice(0, -2)}${mark}${figures.slice(-2)}`;
};

describe('minor units', () => {
  it('are exact for every amount, with either mark', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999_999, max: 99_999_999 }),
        fc.constantFrom('.' as const, ',' as const),
        (minor, mark) => {
          expect(minorUnits(written(minor, mark), 2, mark)! + 0).toBe(minor);
          expect(minorUnits(written(minor, mark), 2, mark === '.' ? ',' : '.')).toBeUndefined();
        },
      ),
    ));

  it.each([
    ['1500', 0, 1_500],
    ['1500.00', 0, 1_500],
    ['1500.5', 0, undefined],
    ['1.2345', 4, 12_345],
    ['2.5500', 2, 255],
    ['2.555', 2, undefined],
    ['999999999999.9999', 4, undefined],
    ['1e3', 2, undefined],
    ['0x10', 2, undefined],
    ['£5', 2, undefined],
    ['', 2, undefined],
  ])('of %s with %d digits are %s', (text, digits, expected) => {
    expect(minorUnits(text, digits)).toBe(expected);
  });
});

describe('the decimal mark', () => {
  it.each([
    ['2.55', '.'],
    ['2,55', ','],
    ['0.125', '.'],
    ['1234,567', ','],
    ['1,234.50', '.'],
    ['1.234,50', ','],
    ['1.500', undefined],
    ['1,500', undefined],
    ['1500', undefined],
    ['1.2.5', undefined],
    ['free', undefined],
  ])('of %s is %s', (text, mark) => {
    expect(shownMark(text)).toBe(mark);
  });

  it.each([
    ['1.500', true],
    ['-12,000', true],
    ['0.500', false],
    ['1234.500', false],
    ['1.50', false],
  ])('of %s is ambiguous: %s', (text, expected) => {
    expect(isAmbiguous(text)).toBe(expected);
  });
});

describe('a quantity', () => {
  it.each([
    ['6', 6],
    ['-6', -6],
    ['+6', 6],
    [' 6 ', 6],
    ['6.0', 6],
    ['6,00', 6],
    ['007', 7],
    ['6.000', undefined],
    ['6,000', undefined],
    ['6.5', undefined],
    ['0x10', undefined],
    ['1e3', undefined],
    ['Infinity', undefined],
    ['', undefined],
    ['٣', undefined],
  ])('of "%s" is %s', (text, expected) => {
    expect(quantityOf(text)).toBe(expected);
  });
});
