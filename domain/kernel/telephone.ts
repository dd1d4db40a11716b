/** The bounds of E.164, and the shortest numbers that are in use. */
export const telephoneDigitsMin = 5;
export const telephoneDigitsMax = 15;

/** Removes what separates the digits of a telephone number for people. */
export const telephoneDigits = (text: string): string => text.replace(/[\s()./-]/g, '');

/** Tests whether a text is a telephone number without separators. */
export const isTelephone = (text: string): boolean => {
  const digits = text.replace(/^\+/, '');
  return /^\d+$/.test(digits) && digits.length >= telephoneDigitsMin && digits.length <= telephoneDigitsMax;
};
