/** Pieces in one movement. A World counts stock in int32. */
export const stockQuantityMax = 1_000_000_000;
/** More is asked for in multiples of this, so that many small orders share one delivery. */
export const replenishmentLot = 500;
/**
 * How many shipped orders and arrived replenishments a stock remembers, the latest of each. A repeat comes within seconds,
 * rarely days, and `execute` knows repeated command ids besides; to remember all would make every decision dearer for ever.
 */
export const rememberedMax = 1_000;
