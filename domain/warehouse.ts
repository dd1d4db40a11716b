import {
  isBlank,
  accept,
  isPlace,
  reject,
  unreachable,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type Place,
  type WarehouseId,
} from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type WarehouseRegistered = Fact<
  'WarehouseRegistered',
  { warehouseId: WarehouseId; name: string; place: Place; registeredAt: Instant }
>;

/** The warehouse takes no new orders; orders that have begun go on. */
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

type RegisterWarehouse = {
  readonly type: 'RegisterWarehouse';
  readonly warehouseId: WarehouseId;
  readonly name: string;
  readonly place: Place;
  readonly at: Instant;
};

type DeactivateWarehouse = {
  readonly type: 'DeactivateWarehouse';
  readonly warehouseId: WarehouseId;
  readonly at: Instant;
};

type ReactivateWarehouse = {
  readonly type: 'ReactivateWarehouse';
  readonly warehouseId: WarehouseId;
  readonly at: Instant;
};

export type WarehouseCommand = RegisterWarehouse | DeactivateWarehouse | ReactivateWarehouse;

export type WarehouseRejection =
  | { readonly code: 'WAREHOUSE_NOT_FOUND'; readonly warehouseId: WarehouseId }
  | { readonly code: 'WAREHOUSE_ALREADY_REGISTERED'; readonly warehouseId: WarehouseId }
  | { readonly code: 'PLACE_OUT_OF_RANGE'; readonly place: Place }
  | { readonly code: 'NAME_EMPTY' };

export type KnownWarehouse = {
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly name: string;
  readonly place: Place;
};

export type WarehouseState = { readonly status: 'NONE' } | KnownWarehouse;

const initial: WarehouseState = { status: 'NONE' };

const existing = (state: WarehouseState, event: WarehouseEvent): KnownWarehouse => {
  if (state.status === 'NONE') throw new Error(`${event.type} before WarehouseRegistered`);
  return state;
};

const evolve = (state: WarehouseState, event: WarehouseEvent): WarehouseState => {
  switch (event.type) {
    case 'WarehouseRegistered':
      return { status: 'ACTIVE', name: event.data.name, place: event.data.place };
    case 'WarehouseDeactivated':
      return { ...existing(state, event), status: 'INACTIVE' };
    case 'WarehouseReactivated':
      return { ...existing(state, event), status: 'ACTIVE' };
    default:
      return unreachable(event);
  }
};

type WarehouseDecision = Decision<WarehouseEvent, WarehouseRejection>;

const samePlace = (a: Place, b: Place): boolean => a.x === b.x && a.y === b.y;

const registerWarehouse = (
  { warehouseId, name, place, at }: RegisterWarehouse,
  state: WarehouseState,
): WarehouseDecision => {
  if (state.status !== 'NONE') {
    // The same name and place mean a repeat; anything else is another warehouse.
    return state.name === name && samePlace(state.place, place)
      ? accept()
      : reject({ code: 'WAREHOUSE_ALREADY_REGISTERED', warehouseId });
  }
  // Staff distinguish warehouses by name.
  if (isBlank(name)) return reject({ code: 'NAME_EMPTY' });
  // The World's grid has no such point.
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

const decide = (command: WarehouseCommand, state: WarehouseState): WarehouseDecision => {
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

export const warehouse: Decider<WarehouseState, WarehouseCommand, WarehouseEvent, WarehouseRejection> = {
  category: 'warehouse',
  initial,
  decide,
  evolve,
};
