import { z } from 'zod';
import { order, refusedShipmentOf } from '../../domain/order';
import { captureId as captureIdOf } from '../../platform/ids';
import { orderIdSchema } from '../use-case/input';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';

export const retryCapture = useCase({
  summary:
    'Takes the money for a packed shipment again that the payment provider refused to take. The shipment leaves once the money is taken.',
  allow: 'order:change',
  input: z.object({ orderId: orderIdSchema }),
  success: z.object({}),
  rejections: [
    'ORDER_NOT_FOUND',
    'ORDER_WRONG_STATUS',
    'ORDER_HELD',
    'CAPTURE_UNDECIDED',
    'CAPTURE_NOT_REFUSED',
  ],
  handle: async ({ orderId }, context, { aggregates, clock }) => {
    const orders = aggregates.of(order);
    const known = await orders.load(orderId);
    if (known.progress === 'NONE') return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const shipmentId = refusedShipmentOf(known);
    // Without one the order says why; a repeat of this command is recognised before it.
    const captureId = captureIdOf(shipmentId ?? orderId, context.commandId);
    const command = { type: 'RetryCapture', orderId, captureId, at: clock.now() } as const;
    return outcomeOf(await orders.execute(orderId, command, context), nothing);
  },
});
