/** The greatest whole number that is not above `amount * part / whole`, and what is left of the division. */
const divided = (amount: number, part: number, whole: bigint): { share: number; rest: bigint } => {
  // The product of two sums can exceed 2^53.
  const product = BigInt(amount) * BigInt(part);
  return { share: Number(product / whole), rest: product % whole };
};

/**
 * Splits a sum in proportion to weights, by the largest remainder: each share is rounded down, and the missing minor units
 * go to the shares that lost most, the first of equals first. The shares add up to the sum, and no share of a sum that is at most
 * the sum of the weights is above its weight.
 *
 * @param amount - a whole number, not negative. @param weights - whole numbers, not negative.
 * @returns a share for each weight; all 0 where no weight is positive.
 */
export const split = (amount: number, weights: readonly number[]): readonly number[] => {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const shares = weights.map((weight) => divided(amount, weight, whole));
  const missing = amount - shares.reduce((sum, { share }) => sum + share, 0);
  const byLoss = shares
    .map(({ rest }, index) => ({ rest, index }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
  const raised = new Set(byLoss.slice(0, missing).map(({ index }) => index));
  return shares.map(({ share }, index) => (raised.has(index) ? share + 1 : share));
};
