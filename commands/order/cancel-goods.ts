import { z } from 'zod';
import type { ShipmentId } from '../../domain/kernel';
import { order, orderLinesMax, type KnownOrder } from '../../domain/order';
import { shipment, shipmentsPacked } from '../../domain/shipment';
import type { Aggregates } from '../../platform/execution';
import { refundId as refundIdOf, shipmentId as shipmentIdOf } from '../../platform/ids';
import { requestedBy } from '../use-case/authorization';
import { orderIdSchema } from '../use-case/input';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { quantityOf } from './refund-order';
import { recordLoadingParts } from './start-part-loading';

/** Returns the shipments of the order that are packed. The order decides, also where one is packed a moment later. */
const packedOf = async (aggregates: Aggregates, { parts }: KnownOrder): Promise<readonly ShipmentId[]> => {
  const released = parts.filter((part) => part.released);
  const states = await Promise.all(
    released.map(({ shipmentId }) => aggregates.of(shipment).load(shipmentId)),
  );
  return released
    .filter((_, index) => shipmentsPacked.includes(states[index]?.status ?? 'NONE'))
    .map(({ shipmentId }) => shipmentId);
};

export const cancelGoods = useCase({
  summary:
    'Cancels some of the goods of a paid order before they are loaded, and refunds their price. A customer can cancel them until they are packed. What is left of a shipment is packed again.',
  allow: { by: 'customer', or: 'order:change' },
  input: z.object({
    orderId: orderIdSchema,
    lines: z.array(quantityOf).min(1).max(orderLinesMax).readonly().describe('The goods that are cancelled.'),
  }),
  success: z.object({}),
  rejections: [
    'ORDER_NOT_FOUND',
    'ORDER_WRONG_STATUS',
    'ORDER_ALREADY_SHIPPED',
    'ORDER_ALREADY_PACKED',
    'ORDER_PARTS_CHANGED',
    'GOODS_ALREADY_PACKED',
    'GOODS_ALREADY_LOADED',
    'QUANTITY_OUT_OF_RANGE',
  ],
  handle: async ({ orderId, lines }, context, deps) => {
    const { aggregates, clock } = deps;
    await recordLoadingParts(deps, orderId, context);
    const known = await aggregates.of(order).load(orderId);
    if (known.progress === 'NONE') return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const refundId = refundIdOf(orderId, context.commandId);
    const packed = await packedOf(aggregates, known);
    const next = known.parts.map(({ shipmentId: after, warehouseId }) => ({
      after,
      shipmentId: shipmentIdOf(orderId, warehouseId, known.moved.length + 1),
    }));
    const command = {
      type: 'CancelGoods',
      ...{ orderId, lines, refundId, packed, next, ...requestedBy(context), at: clock.now() },
    } as const;
    return outcomeOf(await aggregates.of(order).execute(orderId, command, context), nothing);
  },
});
