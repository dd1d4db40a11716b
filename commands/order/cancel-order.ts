import { z } from 'zod';
import { order } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { requestedBy } from '../authorization';
import { orderIdSchema, parse } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ orderId: orderIdSchema });

/** Calls an order off: an unpaid one is cancelled, a paid one that is not on a truck yet is refunded. */
export const cancelOrder =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'cancelOrder'> =>
  async (input, context) => {
    const { orderId } = parse(schema, input);
    const executed = await aggregates.execute(
      order,
      orderId,
      {
        type: 'CancelOrder',
        orderId,
        ...requestedBy(context),
        refundId: refundIdOf(orderId, context.commandId),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, nothing);
  };
