import type { Fact, Instant, Place, WarehouseId } from '../kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type WarehouseRegistered = Fact<
  'WarehouseRegistered',
  { warehouseId: WarehouseId; name: string; place: Place; registeredAt: Instant }
>;
/** Takes no new orders; what is under way goes on. */
export type WarehouseDeactivated = Fact<
  'WarehouseDeactivated',
  { warehouseId: WarehouseId; deactivatedAt: Instant }
>;
export type WarehouseReactivated = Fact<
  'WarehouseReactivated',
  { warehouseId: WarehouseId; reactivatedAt: Instant }
>;

export type WarehouseEvent = WarehouseRegistered | WarehouseDeactivated | WarehouseReactivated;

export const warehouseEventTypes = {
  WarehouseRegistered: true,
  WarehouseDeactivated: true,
  WarehouseReactivated: true,
} as const satisfies Record<WarehouseEvent['type'], true>;
