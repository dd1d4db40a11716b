/** The mark between the whole and the fraction of a number. */
export const decimalMarks = ['.', ','] as const;
export type DecimalMark = (typeof decimalMarks)[number];

const AMOUNT = /^(?<sign>-?)(?<whole>\d{1,12})(?:(?<mark>[.,])(?<fraction>\d+))?$/;

/** A mark of thousands before a mark of decimals: 1,234.50 and 1.234,50. */
const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?<point>\.)\d+$|^-?\d{1,3}(?:\.\d{3})+(?<comma>,)\d+$/;

/** Returns whether the only mark of a number may be a mark of thousands or of decimals, as in 1.500. */
export const isAmbiguous = (text: string): boolean => /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(text);

/** Returns the mark that can only be a decimal mark; undefined where the text has none. */
export const shownMark = (text: string): DecimalMark | undefined => {
  const grouped = GROUPED.exec(text)?.groups;
  if (grouped !== undefined) return grouped['point'] === undefined ? ',' : '.';
  const mark = AMOUNT.exec(text)?.groups?.['mark'];
  return mark === undefined || isAmbiguous(text) ? undefined : (mark as DecimalMark);
};

/**
 * Reads an amount in the currency's minor unit, exactly and without floating point.
 *
 * @returns undefined where the text is no amount, has the other mark or marks of thousands, or has more digits than the
 *   currency.
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

/** A whole number, also written as 6.0 or 6,00. Three digits after the mark would be thousands. */
const QUANTITY = /^(?<whole>[+-]?\d{1,15})(?:[.,]0{1,2})?$/;

/** Reads a quantity. @returns undefined where the text is no whole number in plain digits, e.g. 0x10 or 1e3. */
export const quantityOf = (text: string): number | undefined => {
  const whole = QUANTITY.exec(text.trim())?.groups?.['whole'];
  return whole === undefined ? undefined : Number(whole);
};
