/** Pieces of one line. Wholesale buyers do take tens of thousands of a small thing. */
export const lineQuantityMax = 100_000;
export const orderLinesMax = 1_000;
/** A thousand million in the major unit; far inside 2^53. */
export const orderTotalMinorMax = 100_000_000_000;
