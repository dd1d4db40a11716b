import type { Brand } from '../kernel/brand';

/** An ISO 4217 code in capitals, e.g. `GBP`. */
export type CurrencyCode = Brand<string, 'CurrencyCode'>;

/** A sum in the currency's minor unit (1300 GBP = 13.00 pounds). Whole, within ±2^53. */
export type Money = { readonly amountMinor: number; readonly currency: CurrencyCode };

/**
 * The limit of a price, a payment, a refund, and the total of a cart or an order, in minor units. Every entry point
 * checks it, so that sums of many orders stay within 2^53.
 */
export const moneyMinorMax = 100_000_000_000;

/** Thrown where two currencies are mixed or a sum leaves ±2^53. Guards check both before, so this is a bug. */
export class MoneyError extends Error {}

export const money = (amountMinor: number, currency: CurrencyCode): Money => {
  if (!Number.isSafeInteger(amountMinor)) throw new MoneyError(`Not a whole sum within 2^53: ${amountMinor}`);
  return { amountMinor, currency };
};

export const zero = (currency: CurrencyCode): Money => money(0, currency);

const sameCurrency = (a: Money, b: Money): CurrencyCode => {
  if (a.currency !== b.currency) throw new MoneyError(`${a.currency} and ${b.currency} do not add up`);
  return a.currency;
};

export const add = (a: Money, b: Money): Money => money(a.amountMinor + b.amountMinor, sameCurrency(a, b));

export const subtract = (a: Money, b: Money): Money =>
  money(a.amountMinor - b.amountMinor, sameCurrency(a, b));

export const times = (price: Money, quantity: number): Money =>
  money(price.amountMinor * quantity, price.currency);

export const equals = (a: Money, b: Money): boolean =>
  a.currency === b.currency && a.amountMinor === b.amountMinor;

export const isPositive = (sum: Money): boolean => sum.amountMinor > 0;
