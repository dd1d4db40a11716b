import { unreachable } from '../kernel';
import type { Place } from '../kernel';
import type { WarehouseEvent } from './events';

export type KnownWarehouse = {
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly name: string;
  readonly place: Place;
};
export type WarehouseState = { readonly status: 'NONE' } | KnownWarehouse;

export const initial: WarehouseState = { status: 'NONE' };

const known = (state: WarehouseState, event: WarehouseEvent): KnownWarehouse => {
  if (state.status === 'NONE') throw new Error(`${event.type} before WarehouseRegistered`);
  return state;
};

export const evolve = (state: WarehouseState, event: WarehouseEvent): WarehouseState => {
  switch (event.type) {
    case 'WarehouseRegistered':
      return { status: 'ACTIVE', name: event.data.name, place: event.data.place };
    case 'WarehouseDeactivated':
      return { ...known(state, event), status: 'INACTIVE' };
    case 'WarehouseReactivated':
      return { ...known(state, event), status: 'ACTIVE' };
    default:
      return unreachable(event);
  }
};
