import { minorDigitsOf } from './minor-digits';
import type { CurrencyCode, Money } from './money';

/** A currency's symbol and the number of digits of its minor unit. */
type Notation = { readonly symbol: string; readonly digits: number };

const notations = new Map<string, Notation>();

/** The bound of the cache. There are few currencies, but their codes come from outside. */
const NOTATIONS_MAX = 500;

/** Matches the gaps between groups of three digits. */
const GROUPS = /\B(?=(?:\d{3})+$)/g;

const readNotation = (currency: CurrencyCode): Notation => {
  const parts = new Intl.NumberFormat('en-GB', { style: 'currency', currency }).formatToParts(0);
  const figure = parts.findIndex(({ type }) => type === 'integer');
  return {
    symbol: parts
      .slice(0, figure)
      .map(({ value }) => value)
      .join(''),
    digits: minorDigitsOf(currency),
  };
};

const notationOf = (currency: CurrencyCode): Notation => {
  let notation = notations.get(currency);
  if (notation === undefined) {
    notation = readNotation(currency);
    if (notations.size < NOTATIONS_MAX) notations.set(currency, notation);
  }
  return notation;
};

/**
 * Formats a sum in British English (`£13.00`) in every locale of the machine, with the digits of ISO 4217. `Intl` is
 * called once a currency, because it takes ten times as long and pages are full of prices.
 */
export const formatMoney = ({ amountMinor, currency }: Money): string => {
  const { symbol, digits } = notationOf(currency);
  const figures = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = figures.slice(0, figures.length - digits);
  const grouped = whole.length > 3 ? whole.replace(GROUPS, ',') : whole;
  const minor = digits === 0 ? '' : `.${figures.slice(-digits)}`;
  return `${amountMinor < 0 ? '-' : ''}${symbol}${grouped}${minor}`;
};
