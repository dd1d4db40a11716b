/** A point on the World's grid. Both coordinates are int32 and may be negative. */
export type Place = { readonly x: number; readonly y: number };

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

const isInt32 = (value: number): boolean =>
  Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX;

export const isPlace = ({ x, y }: Place): boolean => isInt32(x) && isInt32(y);

export const isSamePlace = (one: Place, other: Place): boolean => one.x === other.x && one.y === other.y;

/** Squared straight-line distance in grid units, as a bigint because int32 differences squared exceed 2^53. */
export const distanceSquared = (from: Place, to: Place): bigint => {
  const dx = BigInt(from.x - to.x);
  const dy = BigInt(from.y - to.y);
  return dx * dx + dy * dy;
};
