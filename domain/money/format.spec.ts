import fc from 'fast-check';
import { formatMoney, minorDigitsOf, money } from './index';
import type { CurrencyCode } from './index';

it.each([
  [1300, 'GBP', '£13.00'],
  [5, 'GBP', '£0.05'],
  [-5, 'GBP', '-£0.05'],
  [-99999, 'GBP', '-£999.99'],
  [1300, 'JPY', 'JP¥1,300'],
  [1300, 'BHD', 'BHD 1.300'],
  [1300, 'HUF', 'HUF 13.00'],
  [1300, 'IQD', 'IQD 1.300'],
  [13000, 'CLF', 'CLF 1.3000'],
  [1300, 'ZZZ', 'ZZZ 13.00'],
  [123456789, 'EUR', '€1,234,567.89'],
  [Number.MAX_SAFE_INTEGER, 'GBP', '£90,071,992,547,409.91'],
])('writes %d %s as %s', (amountMinor, currency, written) =>
  // A no-break space stands between a code and its figure.
  expect(formatMoney(money(amountMinor, currency as CurrencyCode)).replace('\u00a0', ' ')).toBe(written),
);

it.each([
  ['JPY', 0],
  ['ISK', 0],
  ['UGX', 0],
  ['GBP', 2],
  ['HUF', 2],
  ['COP', 2],
  ['MGA', 2],
  ['ZZZ', 2],
  ['IQD', 3],
  ['TND', 3],
  ['UYW', 4],
])('%s has %d minor digits by ISO 4217, even if another form is usual', (currency, digits) =>
  expect(minorDigitsOf(currency as CurrencyCode)).toBe(digits),
);

it('writes every sum of every currency as Intl does with the digits of ISO 4217', () => {
  const currencies = Intl.supportedValuesOf('currency');
  // Above 10^12 a quotient of doubles is no longer the very sum.
  const sums = fc.integer({ min: -1e12, max: 1e12 }).filter((sum) => !Object.is(sum, -0));
  fc.assert(
    fc.property(fc.constantFrom(...currencies), sums, (currency, sum) => {
      const digits = minorDigitsOf(currency as CurrencyCode);
      const intl = new Intl.NumberFormat('en-GB', {
        ...{ style: 'currency', currency },
        ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
      });
      expect(formatMoney(money(sum, currency as CurrencyCode))).toBe(intl.format(sum / 10 ** digits));
    }),
  );
});
