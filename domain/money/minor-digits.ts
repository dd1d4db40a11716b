import type { CurrencyCode } from './money';

/**
 * The currencies of ISO 4217 that do not have two digits after the point. A table, because `Intl` returns the digits in
 * common use (none for HUF, COP or IQD) and may change at an upgrade; a stored sum must keep its meaning.
 */
const digitsOf: ReadonlyMap<string, number> = new Map(
  (
    [
      [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
      [3, 'BHD IQD JOD KWD LYD OMR TND'],
      [4, 'CLF UYW'],
    ] as const
  ).flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits] as const)),
);

/** Returns the number of digits of the currency's minor unit by ISO 4217: 2 for GBP, 0 for JPY, 3 for BHD. */
export const minorDigitsOf = (currency: CurrencyCode): number => digitsOf.get(currency) ?? 2;

/** The currencies whose minor unit is not a hundredth, each with its number of minor units in one of the currency. */
export const unusualDivisors: readonly (readonly [code: string, divisor: number])[] = [...digitsOf].map(
  ([code, digits]) => [code, 10 ** digits],
);
