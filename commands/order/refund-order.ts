import { z } from 'zod';
import { order } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { demandStaff } from '../authorization';
import { moneySchema, orderIdSchema, parse, productIdSchema, quantitySchema, reasonSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
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

/** Gives back what was paid, whole or in part. */
export const refundOrder =
  (deps: UseCaseDeps): UseCaseOf<'refundOrder'> =>
  async (input, context) => {
    const { aggregates, clock } = deps;
    const { orderId, amount, lines, reason } = parse(schema, input);
    demandStaff(context);
    // A refund in full calls the order off, and what is being loaded leaves all the same.
    await recordLoadingParts(deps, orderId, context);
    const executed = await aggregates.execute(
      order,
      orderId,
      {
        type: 'RequestRefund',
        orderId,
        refundId: refundIdOf(orderId, context.commandId),
        amount,
        ...(lines === undefined ? {} : { lines }),
        reason,
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, nothing);
  };
