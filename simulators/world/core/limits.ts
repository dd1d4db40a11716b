/** The reason why the World refuses a command, as text for people. */
export type Refusal = string;

export const WORLDS_MAX = 10_000;
export const WAREHOUSES_MAX = 10_000;
export const TRUCKS_MAX = 10_000;
export const STOCK_ROWS_MAX = 1_000_000;
export const SHIPMENTS_MAX = 1_000_000;
export const THINGS_MAX = 500;
/** The limit for all products of one purchase together, because the answer must fit into a frame. */
export const DESCRIPTION_CHARACTERS_MAX = 50_000;
/**
 * The limit of unacknowledged answers of a side. Beyond it the World ignores the side's commands without acks, so the
 * side sends them again.
 */
export const UNACKED_MAX = 10_000;
/** The number of a side's processed seqnums that are remembered; far more than a client can have in flight. */
export const SEEN_MAX = 65_536;
