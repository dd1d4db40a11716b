import { z } from 'zod';
import { order } from '../../domain/order';
import { payment } from '../../domain/payment';
import { paymentId as paymentIdOf } from '../../platform/ids';
import { isStaff } from '../authorization';
import { orderIdSchema, parse, textSchema } from '../input';
import { rejected, stepOf } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { attemptPayment, refusalOfMethod, type PayDeps } from './attempt-payment';

const schema = z.object({ orderId: orderIdSchema, paymentMethod: textSchema(50).min(1) });

/** Pays an order in full. Declined, it stays as it was and can be paid in another way. */
export const payOrder =
  (deps: PayDeps): UseCaseOf<'payOrder'> =>
  async (input, context) => {
    const { orderId, paymentMethod: method } = parse(schema, input);
    const { principal, commandId } = context;
    const known = await deps.aggregates.load(order, orderId);
    if (known.progress === 'NONE' || (!isStaff(principal) && known.customerId !== principal.id))
      return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const paymentId = paymentIdOf(orderId, commandId);
    const earlier = await deps.aggregates.load(payment, paymentId);
    // A repeat is told how its own attempt ended, not that the order is paid by now.
    if (earlier.status === 'NONE') {
      const refusal = refusalOfMethod(deps, method);
      if (refusal) return refusal;
      // The order is held before anything is asked for, so that of two payments at once one is refused.
      const { aggregates, clock } = deps;
      const started = await aggregates.execute(
        order,
        orderId,
        { type: 'StartPayment', orderId, paymentId, method, at: clock.now() },
        stepOf(context, 'start-payment'),
      );
      if (started.kind === 'rejected') return started;
      if (started.kind === 'unknown') return { kind: 'unknown', commandId };
    }
    const { customerId, total: amount } = known;
    return attemptPayment(deps, { orderId, customerId, amount, method }, context);
  };
