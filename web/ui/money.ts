/** Returns the number of decimals of a currency: 2 for EUR, 0 for JPY. */
const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Returns an amount as a person types it: 1250 minor units of EUR are `12.50`. */
export const decimalOf = (amountMinor: number, currency: string): string => {
  const decimals = decimalsOf(currency);
  return (amountMinor / 10 ** decimals).toFixed(decimals);
};

/** Reads a typed amount exactly. Returns undefined where the text is no amount of the currency. */
export const minorOf = (text: string, currency: string): number | undefined => {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d*))?$/.exec(text) ?? [];
  const decimals = decimalsOf(currency);
  if (whole === undefined || part.length > decimals) return undefined;
  return Number(whole + part.padEnd(decimals, '0'));
};

/** Reads a typed amount with its currency. Returns undefined where the currency is no code of three letters, or the text no amount. */
export const moneyOf = (text: string, currency: string) => {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  const amountMinor = minorOf(text, currency);
  return amountMinor === undefined ? undefined : { amountMinor, currency };
};

/** Returns a sum as the server formats it, for lists in which each text would cost an operation too much. */
export const formattedOf = (amountMinor: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(
    Number(decimalOf(amountMinor, currency)),
  );
