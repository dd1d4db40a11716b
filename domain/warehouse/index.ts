import type { Decider } from '../kernel';
import type { WarehouseCommand } from './commands';
import { decide } from './decide';
import type { WarehouseEvent } from './events';
import type { WarehouseRejection } from './rejections';
import { evolve, initial } from './state';
import type { WarehouseState } from './state';

export const warehouse: Decider<WarehouseState, WarehouseCommand, WarehouseEvent, WarehouseRejection> = {
  category: 'warehouse',
  initial,
  decide,
  evolve,
};
export { warehouseEventTypes } from './events';
export type { WarehouseDeactivated, WarehouseReactivated, WarehouseRegistered } from './events';
export type { KnownWarehouse } from './state';
export type { WarehouseCommand, WarehouseEvent, WarehouseRejection, WarehouseState };
