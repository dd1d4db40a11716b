import { later, type Instant, type Millis } from '../kernel';
import { minorDigitsOf, type Money } from '../money';

/** The requests of one order, also those that have ended. */
export const requestsMax = 20;
export const requestLinesMax = 100;
/** UTF-16 units of a description or a remark. */
export const afterSalesTextMax = 2_000;
/** Addresses of pictures and documents. */
export const evidenceMax = 9;
/** Uploaded pictures of a request. */
export const requestPhotosMax = 6;
export const evidenceUrlMax = 500;

const DAY_MS = 86_400_000;

/** The days for each step before the clock decides. */
const days = {
  /** The seller decides. */
  decide: 2,
  /** The customer sends the goods. */
  send: 7,
  /** The goods arrive, counted from the day on which they were sent. */
  receive: 15,
  /** The goods are inspected. */
  inspect: 7,
  /** The customer disputes a refusal. */
  dispute: 7,
  /** The seller sends the replacement. */
  replace: 7,
} as const;

export const deadlineOf = (step: keyof typeof days, at: Instant): Instant =>
  later(at, (days[step] * DAY_MS) as Millis);

/** The time after which nothing can be requested for an order: a year, as long as providers refund. */
export const lastRequestOf = (placedAt: Instant): Instant => later(placedAt, (365 * DAY_MS) as Millis);

/** In whole units of the currency. */
const AUTOMATIC_MAX = 200;

/** Tests whether the clock may approve a request of this worth. Staff decide about a larger one. */
export const isAutomatic = ({ amountMinor, currency }: Money): boolean =>
  amountMinor <= AUTOMATIC_MAX * 10 ** minorDigitsOf(currency);
