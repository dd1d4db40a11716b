/** Letters, digits and a few separators, because the number is shown to people and used in URLs. */
const TRACKING_NUMBER = /^[A-Za-z0-9](?:[A-Za-z0-9 ._/-]{0,62}[A-Za-z0-9])?$/;

/** Tests whether a text is acceptable as a carrier's tracking number. */
export const isTrackingNumber = (text: string): boolean => TRACKING_NUMBER.test(text);
