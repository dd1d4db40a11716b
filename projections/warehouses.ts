import { z } from 'zod';
import type { WarehouseEvent } from '../domain/warehouse';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, warehouseId } from './fields';

export const Warehouse = z
  .strictObject({
    id: z.string().meta({ kind: 'id' }).describe("The unique identifier: the World's `whnum` as text."),
    warehouseId: warehouseId.describe("The World's `whnum`."),
    name: z.string().describe('The name shown to people.'),
    x: z.int32().describe('From west to east.'),
    y: z.int32().describe('From south to north.'),
    active: z.boolean().describe('Whether new orders may be packed here.'),
    registeredAt: instant.describe('The time when the warehouse was registered.'),
  })
  .describe('A place where goods are stored and shipments are packed.');
export type Warehouse = DocumentOf<typeof Warehouse>;

export const warehouses = readModel<Warehouse, WarehouseEvent>('warehouses', {
  question: 'Which warehouses are there, where are they, and which of them take new orders?',
  version: 1,
  document: Warehouse,
  indexes: { by_number: ['warehouseId'], by_active: ['active', 'warehouseId'] },
  key: ({ data }) => String(data.warehouseId),
  on: {
    WarehouseRegistered: (_, { data: { warehouseId, name, place, registeredAt } }, id) => ({
      id,
      warehouseId,
      name,
      x: place.x,
      y: place.y,
      active: true,
      registeredAt,
    }),
    WarehouseDeactivated: (found) => found && { ...found, active: false },
    WarehouseReactivated: (found) => found && { ...found, active: true },
  },
});
