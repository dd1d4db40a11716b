import { z } from 'zod';
import { order } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { requestedBy } from '../authorization';
import { orderIdSchema, placeSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import { useCase } from '../use-case';
import { holdUseCases } from './hold-order';
import { importOrder } from './import-order';
import { moveShipment } from './move-shipment';
import { noteUseCases } from './note-order';
import { payOrder } from './pay-order';
import { placeOrder } from './place-order';
import { refundOrder } from './refund-order';
import { recordLoadingParts } from './start-part-loading';

export const orderUseCases = {
  placeOrder,
  importOrder,
  payOrder,

  cancelOrder: useCase({
    summary:
      'Cancels an order that is unpaid, and refunds one that is paid and of which nothing is being loaded or shipped.',
    allow: { by: 'customer', or: 'order:change' },
    input: z.object({ orderId: orderIdSchema }),
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS', 'ORDER_ALREADY_SHIPPED'],
    handle: async ({ orderId }, context, deps) => {
      await recordLoadingParts(deps, orderId, context);
      const refundId = refundIdOf(orderId, context.commandId);
      const command = { orderId, ...requestedBy(context), refundId, at: deps.clock.now() };
      const orders = deps.aggregates.of(order);
      const executed = await orders.execute(orderId, { type: 'CancelOrder', ...command }, context);
      return outcomeOf(executed, nothing);
    },
  }),

  changeDestination: useCase({
    summary: 'Redirects what is not delivered yet to another place.',
    allow: { by: 'customer', or: 'order:change' },
    input: z.object({
      orderId: orderIdSchema,
      destination: placeSchema.describe('The place where the order is delivered from now on.'),
    }),
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS', 'PLACE_OUT_OF_RANGE'],
    handle: async (input, context, { aggregates, clock }) => {
      const command = { ...input, ...requestedBy(context), at: clock.now() };
      const orders = aggregates.of(order);
      const executed = await orders.execute(
        input.orderId,
        { type: 'ChangeOrderDestination', ...command },
        context,
      );
      return outcomeOf(executed, nothing);
    },
  }),

  confirmReceipt: useCase({
    summary: 'Confirms that the customer has received the whole order.',
    allow: { by: 'customer', or: 'order:change' },
    input: z.object({ orderId: orderIdSchema }),
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_WRONG_STATUS'],
    handle: async ({ orderId }, context, { aggregates, clock }) => {
      const command = { orderId, ...requestedBy(context), at: clock.now() };
      const orders = aggregates.of(order);
      const executed = await orders.execute(orderId, { type: 'ConfirmReceipt', ...command }, context);
      return outcomeOf(executed, nothing);
    },
  }),

  refundOrder,
  moveShipment,
  ...noteUseCases,
  ...holdUseCases,
};
