import { accept, isPlace, reject, unreachable } from '../kernel';
import type { Decision, Place } from '../kernel';
import type {
  DeactivateWarehouse,
  ReactivateWarehouse,
  RegisterWarehouse,
  WarehouseCommand,
} from './commands';
import type { WarehouseEvent } from './events';
import type { WarehouseRejection } from './rejections';
import type { WarehouseState } from './state';

type WarehouseDecision = Decision<WarehouseEvent, WarehouseRejection>;

const samePlace = (a: Place, b: Place): boolean => a.x === b.x && a.y === b.y;

const registerWarehouse = (
  { warehouseId, name, place, at }: RegisterWarehouse,
  state: WarehouseState,
): WarehouseDecision => {
  if (state.status !== 'NONE') {
    // Told twice, it is still the same warehouse; another name or place would be another warehouse.
    return state.name === name && samePlace(state.place, place)
      ? accept()
      : reject({ code: 'WAREHOUSE_ALREADY_REGISTERED', warehouseId });
  }
  // Staff tell warehouses apart by name.
  if (name.trim() === '') return reject({ code: 'NAME_EMPTY' });
  // The World has no place beyond its grid.
  if (!isPlace(place)) return reject({ code: 'PLACE_OUT_OF_RANGE', place });
  return accept({ type: 'WarehouseRegistered', data: { warehouseId, name, place, registeredAt: at } });
};

const deactivateWarehouse = (
  { warehouseId, at }: DeactivateWarehouse,
  state: WarehouseState,
): WarehouseDecision => {
  switch (state.status) {
    case 'NONE':
      return reject({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
    case 'INACTIVE':
      return accept();
    case 'ACTIVE':
      return accept({ type: 'WarehouseDeactivated', data: { warehouseId, deactivatedAt: at } });
    default:
      return unreachable(state);
  }
};

const reactivateWarehouse = (
  { warehouseId, at }: ReactivateWarehouse,
  state: WarehouseState,
): WarehouseDecision => {
  switch (state.status) {
    case 'NONE':
      return reject({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
    case 'ACTIVE':
      return accept();
    case 'INACTIVE':
      return accept({ type: 'WarehouseReactivated', data: { warehouseId, reactivatedAt: at } });
    default:
      return unreachable(state);
  }
};

export const decide = (command: WarehouseCommand, state: WarehouseState): WarehouseDecision => {
  switch (command.type) {
    case 'RegisterWarehouse':
      return registerWarehouse(command, state);
    case 'DeactivateWarehouse':
      return deactivateWarehouse(command, state);
    case 'ReactivateWarehouse':
      return reactivateWarehouse(command, state);
    default:
      return unreachable(command);
  }
};
