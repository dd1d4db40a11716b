import type { Fact, Instant, WarehouseId, WorldId } from '../kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** An operator, or a carrier that may, said which world the link belongs to. */
export type WorldChosen = Fact<'WorldChosen', { link: string; worldId: WorldId; chosenAt: Instant }>;
/** `warehouses`: those that the world learned of by this connection; earlier ones it knew. */
export type WorldConnected = Fact<
  'WorldConnected',
  { link: string; worldId: WorldId; warehouses: readonly WarehouseId[]; connectedAt: Instant }
>;
export type WorldConnectionLost = Fact<
  'WorldConnectionLost',
  { link: string; worldId: WorldId; reason: string; lostAt: Instant }
>;

export type WorldLinkEvent = WorldChosen | WorldConnected | WorldConnectionLost;

export const worldLinkEventTypes = {
  WorldChosen: true,
  WorldConnected: true,
  WorldConnectionLost: true,
} as const satisfies Record<WorldLinkEvent['type'], true>;
