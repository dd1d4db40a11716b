/** Letters, digits and what carriers write between them: it is shown to people, and stands in addresses. */
const TRACKING_NUMBER = /^[A-Za-z0-9](?:[A-Za-z0-9 ._/-]{0,62}[A-Za-z0-9])?$/;

/** Whether a text is a tracking number that a carrier may give. */
export const isTrackingNumber = (text: string): boolean => TRACKING_NUMBER.test(text);
