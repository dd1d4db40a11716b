import type { Money } from './money';

const formatters = new Map<string, Intl.NumberFormat>();

/** Currencies are few; a bound all the same, because their codes come from outside. */
const FORMATTERS_MAX = 500;

/** `£13.00`: in British English whatever the machine's locale, so that the same sum reads the same everywhere. */
export const formatMoney = ({ amountMinor, currency }: Money): string => {
  let formatter = formatters.get(currency);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    if (formatters.size < FORMATTERS_MAX) formatters.set(currency, formatter);
  }
  const digits = formatter.resolvedOptions().maximumFractionDigits ?? 2;
  return formatter.format(amountMinor / 10 ** digits);
};
