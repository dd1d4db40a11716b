import { moneyMinorMax } from '../money';

/** Pieces of one line. Wholesale buyers order tens of thousands of a small product. */
export const lineQuantityMax = 100_000;
export const orderLinesMax = 1_000;
/** The order's total has the same limit as every sum. */
export const orderTotalMinorMax = moneyMinorMax;
/** Internal notes of one order. They are kept for ever. */
export const orderNotesMax = 200;
export const orderTagsMax = 20;
