import { formatMoney, money } from './index';
import type { CurrencyCode } from './index';

it.each([
  [1300, 'GBP', '£13.00'],
  [-5, 'GBP', '-£0.05'],
  [1300, 'JPY', 'JP¥1,300'],
  [1300, 'BHD', 'BHD 1.300'],
  [123456789, 'EUR', '€1,234,567.89'],
])('writes %d %s as %s', (amountMinor, currency, written) =>
  // A no-break space stands between a code and its figure.
  expect(formatMoney(money(amountMinor, currency as CurrencyCode)).replace('\u00a0', ' ')).toBe(written),
);
