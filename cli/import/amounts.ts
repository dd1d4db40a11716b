/** What stands between the whole and the fraction of a number. */
export const decimalMarks = ['.', ','] as const;
export type DecimalMark = (typeof decimalMarks)[number];

const AMOUNT = /^(?<sign>-?)(?<whole>\d{1,12})(?:(?<mark>[.,])(?<fraction>\d+))?$/;

/** A mark of thousands before a mark of decimals: 1,234.50 and 1.234,50. */
const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?<point>\.)\d+$|^-?\d{1,3}(?:\.\d{3})+(?<comma>,)\d+$/;

/** Returns whether the only mark of a number may be one of thousands as well as one of decimals, as in 1.500. */
export const isAmbiguous = (text: string): boolean => /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text);

/** Returns the mark that can only be one of decimals; undefined where the text shows none. */
export const shownMark = (text: string): DecimalMark | undefined => {
  const grouped = GROUPED.exec(text)?.groups;
  if (grouped !== undefined) return grouped['point'] === undefined ? ',' : '.';
  const mark = AMOUNT.exec(text)?.groups?.['mark'];
  return mark === undefined || isAmbiguous(text) ? undefined : (mark as DecimalMark);
};

/**
 * Reads a sum in the currency's minor unit. It is exact: no float touches money.
 *
 * @returns undefined where the text is no sum, is written with the other mark or with marks of thousands, or has more digits
 *   than the currency.
 */
export const minorUnits = (text: string, digits: number, decimal: DecimalMark = '.'): number | undefined => {
  const parts = AMOUNT.exec(text.trim())?.groups;
  if (parts === undefined || (parts['mark'] !== undefined && parts['mark'] !== decimal)) return undefined;
  const { sign = '', whole = '', fraction = '' } = parts;
  if (fraction.replace(/0+$/, '').length > digits) return undefined;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' ? -minor : minor;
};

/** A whole number, perhaps written as 6.0 or 6,00. Three digits would be thousands. */
const QUANTITY = /^(?<whole>[+-]?\d{1,15})(?:[.,]0{1,2})?$/;

/** Reads how many. @returns undefined where the text is no whole number in plain digits: 0x10 and 1e3 are none. */
export const quantityOf = (text: string): number | undefined => {
  const whole = QUANTITY.exec(text.trim())?.groups?.['whole'];
  return whole === undefined ? undefined : Number(whole);
};
