export type { WarehouseCommand } from './commands';
export { warehouseEventTypes } from './events';
export type {
  WarehouseDeactivated,
  WarehouseEvent,
  WarehouseReactivated,
  WarehouseRegistered,
} from './events';
export type { WarehouseRejection } from './rejections';
