import { z } from 'zod';
import { order } from '../../domain/order';
import { refundId as refundIdOf } from '../../platform/ids';
import { requestedBy } from '../authorization';
import { orderIdSchema, parse } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { recordLoadingParts } from './start-part-loading';

const schema = z.object({ orderId: orderIdSchema });

/** Calls an order off: an unpaid one is cancelled, a paid one of which nothing is being loaded or gone is refunded. */
export const cancelOrder =
  (deps: UseCaseDeps): UseCaseOf<'cancelOrder'> =>
  async (input, context) => {
    const { aggregates, clock } = deps;
    const { orderId } = parse(schema, input);
    await recordLoadingParts(deps, orderId, context);
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
