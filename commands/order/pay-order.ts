import { z } from 'zod';
import { order, paymentOf, statusOf, type KnownOrder } from '../../domain/order';
import { payment } from '../../domain/payment';
import { paymentId as paymentIdOf } from '../../platform/identity';
import { isStaff } from '../authorization';
import { orderIdSchema, parse, textSchema } from '../input';
import { rejected } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { attemptPayment, refusalOfMethod, type PayDeps } from './attempt-payment';

const schema = z.object({ orderId: orderIdSchema, paymentMethod: textSchema(50).min(1) });

/** Refuses, before any money moves, to pay what is paid, cancelled or on its way back. */
const refusalOfStatus = (known: KnownOrder): ReturnType<typeof rejected> | undefined => {
  const { orderId } = known;
  if (known.progress === 'PLACED') return undefined;
  const paid = paymentOf(known);
  if (known.progress === 'CANCELLED' || paid === undefined)
    return rejected({ code: 'ORDER_WRONG_STATUS', orderId, status: statusOf(known) });
  return rejected({ code: 'ORDER_ALREADY_PAID', orderId, paymentId: paid.paymentId });
};

/** Pays an order in full. Declined, it stays as it was and can be paid in another way. */
export const payOrder =
  (deps: PayDeps): UseCaseOf<'payOrder'> =>
  async (input, context) => {
    const { orderId, paymentMethod: method } = parse(schema, input);
    const { principal, commandId } = context;
    const known = await deps.aggregates.load(order, orderId);
    if (known.progress === 'NONE' || (!isStaff(principal) && known.customerId !== principal.id))
      return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const earlier = await deps.aggregates.load(payment, paymentIdOf(orderId, commandId));
    // A repeat is told how its own attempt ended, not that the order is paid by now.
    if (earlier.status === 'NONE') {
      const refusal = refusalOfMethod(deps, method) ?? refusalOfStatus(known);
      if (refusal) return refusal;
    }
    const { customerId, total: amount } = known;
    return attemptPayment(deps, { orderId, customerId, amount, method }, context);
  };
