import type { WarehouseEvent } from '../../domain/warehouse';
import type { CollectionSpec } from '../../platform/read-models';
import type { Projection } from '../runtime';
import { flag, instant, record, text, whole } from '../schema';
import type { Warehouse } from './document';

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
