import type { WarehouseId, WorldId } from '../../domain/kernel';
import type { Backoff } from '../../platform/faults';

/** One World, and which of our warehouses stand in it. */
export type WorldLinkConfig = {
  /** Names the link for ever: its streams are found by it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Wins over the world that the link belonged to before. Without it a new world is made, once, and kept. */
  readonly worldId?: WorldId;
  /** Absent: every warehouse that no other link names. At most one link may leave it out. */
  readonly warehouses?: readonly WarehouseId[];
  /** Sets the World's `simspeed` after each connect, where given. */
  readonly simulationSpeed?: number;
};

export type WorldGatewayLimits = {
  /** How soon, and at most how late, what is not acknowledged is sent again. There is no last try. */
  readonly resend: Backoff;
  readonly reconnect: Backoff;
  /** Commands sent and not acknowledged. */
  readonly inFlightMax: number;
  /** Sent in a row, each in a frame of its own, before it is looked for more. */
  readonly commandsAtOnceMax: number;
  readonly acksAtOnceMax: number;
  /** The World's messages that are being worked on; beyond that no more is read from it. */
  readonly receivingMax: number;
  /** How many of the World's numbers are remembered, so that a copy is acknowledged at once. */
  readonly rememberedMax: number;
  readonly connectTimeoutMs: number;
  /** After so long without the answer to an acknowledged pack or load, the World is asked where the shipment is. */
  readonly overdueMs: number;
  /** So long without a word, while something waits for an acknowledgement, and the line counts as dead. */
  readonly silenceMs: number;
  /** How often it is looked for warehouses that the world does not know, overdue answers and a dead line. */
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

/** Which link serves a warehouse; undefined where none does. */
export const linkOf = (
  links: readonly WorldLinkConfig[],
  warehouseId: WarehouseId,
): WorldLinkConfig | undefined =>
  links.find(({ warehouses }) => warehouses?.includes(warehouseId)) ??
  links.find(({ warehouses }) => warehouses === undefined);
