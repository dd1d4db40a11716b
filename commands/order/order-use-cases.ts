import { z } from 'zod';
import { order } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { requestedBy } from '../use-case/authorization';
import { orderIdSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { cancelGoods } from './cancel-goods';
import { changeDestination } from './change-destination';
import { holdUseCases } from './hold-order';
import { importOrder } from './import-order';
import { moveShipment } from './move-shipment';
import { openPaymentUseCases } from './open-payment';
import { noteUseCases } from './note-order';
import { payOrder } from './pay-order';
import { placeOrder } from './place-order';
import { quoteCart } from './quote-cart';
import { refundOrder } from './refund-order';
import { retryCapture } from './retry-capture';
import { recordLoadingParts } from './start-part-loading';

export const orderUseCases = {
  quoteCart,
  placeOrder,
  importOrder,
  payOrder,
  ...openPaymentUseCases,

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

  cancelGoods,
  changeDestination,

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
  retryCapture,
  moveShipment,
  ...noteUseCases,
  ...holdUseCases,
};
