import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import type { Instant, WarehouseId } from './kernel';
import { warehouse } from './warehouse';
import type {
  WarehouseCommand,
  WarehouseDeactivated,
  WarehouseReactivated,
  WarehouseRegistered,
} from './warehouse';

const warehouseId = 7 as WarehouseId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T10:00:00.000Z' as Instant;

const register: Extract<WarehouseCommand, { type: 'RegisterWarehouse' }> = {
  type: 'RegisterWarehouse',
  warehouseId,
  name: 'North',
  place: { x: -3, y: 12 },
  at,
};
const deactivate: WarehouseCommand = { type: 'DeactivateWarehouse', warehouseId, at: later };
const reactivate: WarehouseCommand = { type: 'ReactivateWarehouse', warehouseId, at: later };

const registered: WarehouseRegistered = {
  type: 'WarehouseRegistered',
  data: { warehouseId, name: 'North', place: { x: -3, y: 12 }, registeredAt: at },
};
const deactivated: WarehouseDeactivated = {
  type: 'WarehouseDeactivated',
  data: { warehouseId, deactivatedAt: later },
};
const reactivated: WarehouseReactivated = {
  type: 'WarehouseReactivated',
  data: { warehouseId, reactivatedAt: later },
};

describe('RegisterWarehouse', () => {
  it('registers it', () => given(warehouse, []).when(register).then([registered]));

  it('refuses another name under the same id', () =>
    given(warehouse, [registered])
      .when({ ...register, name: 'South' })
      .thenRejected({ code: 'WAREHOUSE_ALREADY_REGISTERED', warehouseId }));

  it('refuses another place under the same id', () =>
    given(warehouse, [registered])
      .when({ ...register, place: { x: -3, y: 13 } })
      .thenRejected({ code: 'WAREHOUSE_ALREADY_REGISTERED', warehouseId }));

  it('refuses a blank name', () =>
    given(warehouse, [])
      .when({ ...register, name: '  ' })
      .thenRejected({ code: 'NAME_EMPTY' }));

  it.each([
    { x: 2 ** 31, y: 0 },
    { x: 0, y: -(2 ** 31) - 1 },
    { x: 0.5, y: 0 },
  ])('refuses a place off the grid: %o', (place) =>
    given(warehouse, [])
      .when({ ...register, place })
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place }),
  );

  it('takes the corners of the grid', () => {
    const place = { x: 2 ** 31 - 1, y: -(2 ** 31) };
    given(warehouse, [])
      .when({ ...register, place })
      .then([{ ...registered, data: { ...registered.data, place } }]);
  });
});

describe('DeactivateWarehouse', () => {
  it('deactivates it', () => given(warehouse, [registered]).when(deactivate).then([deactivated]));

  it('deactivates a reactivated one', () =>
    given(warehouse, [registered, deactivated, reactivated]).when(deactivate).then([deactivated]));

  it('does not find an unknown one', () =>
    given(warehouse, []).when(deactivate).thenRejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId }));
});

describe('ReactivateWarehouse', () => {
  it('reactivates it', () =>
    given(warehouse, [registered, deactivated]).when(reactivate).then([reactivated]));

  it('leaves an active one alone', () => given(warehouse, [registered]).when(reactivate).then([]));

  it('does not find an unknown one', () =>
    given(warehouse, []).when(reactivate).thenRejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId }));
});

it('records any command, sent twice, once', () =>
  alongEveryWalk(
    warehouse,
    (state) => [
      register,
      { ...register, name: state.status === 'NONE' ? 'North' : `${state.name}, new` },
      deactivate,
      reactivate,
    ],
    (step) => recordsOnce(warehouse, step),
  ));
