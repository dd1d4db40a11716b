import { moneyMinorMax } from '../money';

/** Pieces of one line. Wholesale buyers do take tens of thousands of a small thing. */
export const lineQuantityMax = 100_000;
export const orderLinesMax = 1_000;
/** The one bound for money. */
export const orderTotalMinorMax = moneyMinorMax;
