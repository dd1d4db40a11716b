/** Pieces in one movement. A World counts stock in int32. */
export const stockQuantityMax = 1_000_000_000;
/** Requests are a multiple of this, so that many small orders share one delivery. */
export const replenishmentLot = 500;
/**
 * The number of shipped orders, and of arrived replenishments, that a stock remembers (the latest). A repeat comes
 * within seconds, rarely days, and `execute` recognises repeated command ids as well. Without a limit every decision
 * would become slower over time.
 */
export const rememberedMax = 1_000;
