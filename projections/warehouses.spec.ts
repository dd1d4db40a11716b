import type { Instant, WarehouseId } from '../domain/kernel';
import type { WarehouseEvent } from '../domain/warehouse';
import { itProjects } from '../tests/support/projections/it-projects';
import { warehouses } from './warehouses';
import type { Warehouse } from './warehouses';

const warehouseId = 7 as WarehouseId;
const at = '2026-11-02T09:00:00.000Z' as Instant;

const registered: WarehouseEvent = {
  type: 'WarehouseRegistered',
  data: { warehouseId, name: 'North', place: { x: -3, y: 12 }, registeredAt: at },
};
const deactivated: WarehouseEvent = {
  type: 'WarehouseDeactivated',
  data: { warehouseId, deactivatedAt: at },
};
const reactivated: WarehouseEvent = {
  type: 'WarehouseReactivated',
  data: { warehouseId, reactivatedAt: at },
};
const north: Warehouse = {
  id: '7',
  warehouseId,
  name: 'North',
  x: -3,
  y: 12,
  active: true,
  registeredAt: at,
};
const closed = { ...north, active: false };

itProjects(warehouses, [
  { on: registered, because: 'opens', touches: [{ id: '7', after: north }] },
  { on: deactivated, because: 'takes no orders', touches: [{ id: '7', before: north, after: closed }] },
  { on: reactivated, because: 'takes them again', touches: [{ id: '7', before: closed, after: north }] },
]);
