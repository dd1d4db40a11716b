/** Why the World does not do what it was told, for people to read. */
export type Refusal = string;

export const WORLDS_MAX = 10_000;
export const WAREHOUSES_MAX = 10_000;
export const TRUCKS_MAX = 10_000;
export const STOCK_ROWS_MAX = 1_000_000;
export const SHIPMENTS_MAX = 1_000_000;
export const THINGS_MAX = 500;
/** Of all things of one purchase together: what comes back must fit into a frame again. */
export const DESCRIPTION_CHARACTERS_MAX = 50_000;
/** A side that leaves so much unacked is not listened to until it acks: its commands are not acked, so it sends them again. */
export const UNACKED_MAX = 10_000;
/** How many seqnums of a side are known to have been acted on; far more than a client can have under way. */
export const SEEN_MAX = 65_536;
