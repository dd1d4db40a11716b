import { z } from 'zod';
import type { RefundId } from '../../domain/kernel';
import { order, paymentOf, type OrderState } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { named } from '../use-case/fields';
import { moneySchema, orderIdSchema, productIdSchema, quantitySchema, reasonSchema } from '../use-case/input';
import { notAccepted, outcomeOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { recordLoadingParts } from './start-part-loading';

export const quantityOf = named(
  'QuantityOf',
  'A quantity of a product.',
  z.object({ productId: productIdSchema, quantity: quantitySchema }),
);

const isKnown = (state: OrderState, refundId: RefundId): boolean =>
  state.progress !== 'NONE' &&
  (paymentOf(state)?.refunds.some((refund) => refund.refundId === refundId) ?? false);

export const refundOrder = useCase({
  summary:
    'Refunds what was paid, in full or in part. The same command ID is the same refund; with another amount or other goods it is rejected.',
  allow: 'order:refund',
  input: z.object({
    orderId: orderIdSchema,
    amount: moneySchema.describe('The amount to refund.'),
    lines: z
      .array(quantityOf)
      .max(1_000)
      .readonly()
      .describe('The goods that come back, where the refund is for goods.')
      .exactOptional(),
    reason: reasonSchema,
  }),
  success: z.object({ change: z.enum(['new', 'known']).describe('`new` or `known`.') }),
  rejections: [
    'ORDER_NOT_FOUND',
    'ORDER_WRONG_STATUS',
    'REFUND_NOT_POSITIVE',
    'REFUND_TOO_LARGE',
    'REFUND_DIFFERS',
    'QUANTITY_OUT_OF_RANGE',
  ],
  handle: async (input, context, deps) => {
    const { aggregates, clock } = deps;
    const { orderId } = input;
    // A full refund cancels the order, but goods that are being loaded still leave.
    await recordLoadingParts(deps, orderId, context);
    const refundId = refundIdOf(orderId, context.commandId);
    const known = isKnown(await aggregates.of(order).load(orderId), refundId);
    const command = { type: 'RequestRefund', ...input, refundId, at: clock.now() } as const;
    const executed = await aggregates.of(order).execute(orderId, command, context);
    if (executed.kind === 'accepted') {
      // A command id that was executed is answered with its first result, even if the content differs now.
      const again = order.decide(command, await aggregates.of(order).load(orderId));
      if (!again.ok) return notAccepted({ kind: 'rejected', rejection: again.rejection });
    }
    return outcomeOf(executed, { change: known ? ('known' as const) : ('new' as const) });
  },
});
