import fc from 'fast-check';
import { formatMoney, money } from './index';
import type { CurrencyCode } from './index';

it.each([
  [1300, 'GBP', '£13.00'],
  [5, 'GBP', '£0.05'],
  [-5, 'GBP', '-£0.05'],
  [-99999, 'GBP', '-£999.99'],
  [1300, 'JPY', 'JP¥1,300'],
  [1300, 'BHD', 'BHD 1.300'],
  [1300, 'ZZZ', 'ZZZ 13.00'],
  [123456789, 'EUR', '€1,234,567.89'],
  [Number.MAX_SAFE_INTEGER, 'GBP', '£90,071,992,547,409.91'],
])('writes %d %s as %s', (amountMinor, currency, written) =>
  // A no-break space stands between a code and its figure.
  expect(formatMoney(money(amountMinor, currency as CurrencyCode)).replace('\u00a0', ' ')).toBe(written),
);

it('writes every sum of every currency as Intl does', () => {
  const currencies = Intl.supportedValuesOf('currency');
  // Above 10^12 a quotient of doubles is no longer the very sum.
  const sums = fc.integer({ min: -1e12, max: 1e12 }).filter((sum) => !Object.is(sum, -0));
  fc.assert(
    fc.property(fc.constantFrom(...currencies), sums, (currency, sum) => {
      const intl = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
      const digits = intl.resolvedOptions().maximumFractionDigits ?? 2;
      expect(formatMoney(money(sum, currency as CurrencyCode))).toBe(intl.format(sum / 10 ** digits));
    }),
  );
});
