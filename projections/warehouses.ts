import type { Instant, WarehouseId } from '../domain/kernel';
import type { WarehouseEvent } from '../domain/warehouse';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { flag, instant, record, text, whole } from './schema';

/** A warehouse. `id` is the decimal text of `warehouseId`. */
export type Warehouse = {
  readonly id: string;
  readonly warehouseId: WarehouseId;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly active: boolean;
  readonly registeredAt: Instant;
};

const collection: CollectionSpec = {
  name: 'warehouses',
  version: 1,
  indexes: [
    { name: 'by_number', fields: ['warehouseId'] },
    { name: 'by_active', fields: ['active', 'warehouseId'] },
  ],
  schema: record<Warehouse>(
    {
      id: text('The decimal text of `warehouseId`.'),
      warehouseId: whole("The World's `whnum`."),
      name: text('What people call it.'),
      x: whole('West to east.'),
      y: whole('South to north.'),
      active: flag('Whether it takes new orders.'),
      registeredAt: instant('When it was opened.'),
    },
    'A warehouse.',
  ),
};

const idOf = ({ data }: { readonly data: { readonly warehouseId: number } }) => [String(data.warehouseId)];

/** Which warehouses there are, where, and whether they take new orders. */
export const warehouses: Projection<Warehouse, WarehouseEvent> = {
  collection,
  handlers: {
    WarehouseRegistered: {
      ids: idOf,
      evolve: (_, { data: { warehouseId, name, place, registeredAt } }, id) => ({
        id,
        warehouseId,
        name,
        x: place.x,
        y: place.y,
        active: true,
        registeredAt,
      }),
    },
    WarehouseDeactivated: {
      ids: idOf,
      evolve: (warehouse) => warehouse && { ...warehouse, active: false },
    },
    WarehouseReactivated: {
      ids: idOf,
      evolve: (warehouse) => warehouse && { ...warehouse, active: true },
    },
  },
};
