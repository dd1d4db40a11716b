import type { WarehouseId, WorldId } from '../../domain/kernel';
import type { Backoff } from '../../platform/faults';

/** One World, and the warehouses that are in it. */
export type WorldLinkConfig = {
  /** The permanent name of the connection, by which its streams are found. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Takes precedence at the start over the former world of the connection. Without it a new world is made, once. */
  readonly worldId?: WorldId | undefined;
  /** Absent: every warehouse that no other connection names. At most one connection may omit it. */
  readonly warehouses?: readonly WarehouseId[] | undefined;
  /** The World's `simspeed`, set after each connect; unchanged if absent. */
  readonly simulationSpeed?: number | undefined;
};

export type WorldGatewayLimits = {
  /** The delays before an unacknowledged command is sent again. There is no last attempt. */
  readonly resend: Backoff;
  readonly reconnect: Backoff;
  /** The highest number of sent commands without acknowledgement. */
  readonly inFlightMax: number;
  /** The highest number of commands that are sent, each in its own frame, before acknowledgements are sent. */
  readonly commandsAtOnceMax: number;
  readonly acksAtOnceMax: number;
  /** The highest number of the World's messages that are processed at once; beyond it the connection is not read. */
  readonly receivingMax: number;
  /** The number of handled messages that are remembered, so that a copy is acknowledged at once. */
  readonly rememberedMax: number;
  readonly connectTimeoutMs: number;
  /** The time without the answer to an acknowledged pack or load after which the World is queried. */
  readonly overdueMs: number;
  /** The time of silence, while an acknowledgement is awaited, after which the connection counts as dead. */
  readonly silenceMs: number;
  /** The interval of the check for new warehouses, overdue answers and a dead connection. */
  readonly watchEveryMs: number;
};

export const worldGatewayLimits: WorldGatewayLimits = {
  resend: { baseMs: 100, factor: 1.5, maxMs: 1_000 },
  reconnect: { baseMs: 50, factor: 2, maxMs: 5_000 },
  inFlightMax: 256,
  commandsAtOnceMax: 64,
  acksAtOnceMax: 1_000,
  receivingMax: 256,
  rememberedMax: 10_000,
  connectTimeoutMs: 10_000,
  overdueMs: 60_000,
  silenceMs: 120_000,
  watchEveryMs: 5_000,
};

/** Returns the connection of a warehouse; undefined if there is none. */
export const linkOf = (
  links: readonly WorldLinkConfig[],
  warehouseId: WarehouseId,
): WorldLinkConfig | undefined =>
  links.find(({ warehouses }) => warehouses?.includes(warehouseId)) ??
  links.find(({ warehouses }) => warehouses === undefined);
