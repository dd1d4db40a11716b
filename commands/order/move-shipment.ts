import { z } from 'zod';
import { order } from '../../domain/order';
import { shipment, shipmentActions } from '../../domain/shipment';
import { warehouse } from '../../domain/warehouse';
import { orderIdSchema, shipmentIdSchema, warehouseIdSchema } from '../use-case/input';
import { outcomeOf, rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { movePart } from './move-part';

export const moveShipment = useCase({
  summary:
    'Lets the goods of a failed shipment come from another warehouse, in another shipment. The failed one is cancelled.',
  allow: 'shipment:retry',
  input: z.object({
    shipmentId: shipmentIdSchema,
    warehouseId: warehouseIdSchema.describe('The ID of the warehouse that the goods come from.'),
  }),
  success: z.object({ orderId: orderIdSchema }),
  rejections: [
    'SHIPMENT_NOT_FOUND',
    'SHIPMENT_WRONG_STATUS',
    'WAREHOUSE_NOT_FOUND',
    'WAREHOUSE_INACTIVE',
    'WAREHOUSE_ALREADY_SENDS_PART',
    'ORDER_WRONG_STATUS',
    'ORDER_ALREADY_SHIPPED',
    'ORDER_NOT_FOUND',
    'ORDER_PART_NOT_FOUND',
  ],
  handle: async ({ shipmentId, warehouseId }, context, deps) => {
    const { aggregates } = deps;
    const [parcel, site] = await Promise.all([
      aggregates.of(shipment).load(shipmentId),
      aggregates.of(warehouse).load(warehouseId),
    ]);
    if (parcel.status === 'NONE') return rejected({ code: 'SHIPMENT_NOT_FOUND', shipmentId });
    if (site.status === 'NONE') return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
    if (site.status === 'INACTIVE') return rejected({ code: 'WAREHOUSE_INACTIVE', warehouseId });
    const { orderId, status } = parcel;
    const state = await aggregates.of(order).load(orderId);
    if (state.progress === 'NONE') return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    // A repeat finds the cancelled shipment; the order knows that it was moved.
    const isMoved = state.moved.some((move) => move.shipmentId === shipmentId);
    if (!shipmentActions.moveShipment.includes(status) && !isMoved)
      return rejected({ code: 'SHIPMENT_WRONG_STATUS', shipmentId, status });
    return outcomeOf(await movePart(deps, state, { shipmentId, warehouseId }, context), { orderId });
  },
});
