import { z } from 'zod';
import type { RefundId } from '../../domain/kernel';
import { order, paymentOf, type OrderCommand, type OrderState } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { demandStaff } from '../authorization';
import { moneySchema, orderIdSchema, parse, productIdSchema, quantitySchema, reasonSchema } from '../input';
import { outcomeOf, rejected } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { recordLoadingParts } from './start-part-loading';

const schema = z.object({
  orderId: orderIdSchema,
  amount: moneySchema,
  lines: z
    .array(z.object({ productId: productIdSchema, quantity: quantitySchema }))
    .max(1_000)
    .optional(),
  reason: reasonSchema,
});

const isKnown = (state: OrderState, refundId: RefundId): boolean =>
  state.progress !== 'NONE' &&
  (paymentOf(state)?.refunds.some((refund) => refund.refundId === refundId) ?? false);

/** Gives back what was paid, whole or in part. The same command id is the same refund; with another sum or goods it is refused. */
export const refundOrder =
  (deps: UseCaseDeps): UseCaseOf<'refundOrder'> =>
  async (input, context) => {
    const { aggregates, clock } = deps;
    const { orderId, amount, lines, reason } = parse(schema, input);
    demandStaff(context);
    // A refund in full calls the order off, and what is being loaded leaves all the same.
    await recordLoadingParts(deps, orderId, context);
    const refundId = refundIdOf(orderId, context.commandId);
    const known = isKnown(await aggregates.load(order, orderId), refundId);
    const command = {
      type: 'RequestRefund',
      orderId,
      refundId,
      amount,
      ...(lines === undefined ? {} : { lines }),
      reason,
      at: clock.now(),
    } as const satisfies OrderCommand;
    const executed = await aggregates.execute(order, orderId, command, context);
    if (executed.kind === 'accepted') {
      // A command id that was seen is answered with what it led to, whatever it asks for now.
      const again = order.decide(command, await aggregates.load(order, orderId));
      if (!again.ok) return rejected(again.rejection);
    }
    return outcomeOf(executed, { change: known ? 'known' : 'new' });
  };
