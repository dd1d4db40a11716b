import { z } from 'zod';
import { order } from '../../domain/order';
import { payment } from '../../domain/payment';
import { paymentId as paymentIdOf } from '../../platform/ids';
import { orderIdSchema, paymentIdSchema, paymentMethodSchema } from '../use-case/input';
import { notAccepted, rejected, stepOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { attemptPayment, refusalOfMethod, type PayDeps } from './attempt-payment';

export const payOrder = useCase({
  summary:
    'Pays an order in full. Where the payer must act first, or the provider decides later, `payerAction` and `isPaymentPending` of the order say so. A declined payment changes nothing: the order can be paid in another way.',
  allow: { by: 'customer', or: 'order:change' },
  input: z.object({ orderId: orderIdSchema, paymentMethod: paymentMethodSchema }),
  success: z.object({ paymentId: paymentIdSchema }),
  rejections: [
    'ORDER_NOT_FOUND',
    'ORDER_WRONG_STATUS',
    'ORDER_ALREADY_PAID',
    'ORDER_PAYMENT_PENDING',
    'PAYMENT_MISMATCH',
    'PAYMENT_DECLINED',
    'PAYMENT_METHOD_UNKNOWN',
    'PAYMENT_NOT_POSITIVE',
    'PAYMENT_ALREADY_REQUESTED',
  ],
  handle: async ({ orderId, paymentMethod: method }, context, deps: PayDeps) => {
    const { principal, commandId, forAll } = context;
    const { aggregates, clock } = deps;
    const known = await aggregates.of(order).load(orderId);
    if (known.progress === 'NONE' || (!forAll && known.customerId !== principal.id))
      return rejected({ code: 'ORDER_NOT_FOUND', orderId });
    const paymentId = paymentIdOf(orderId, commandId);
    const earlier = await aggregates.of(payment).load(paymentId);
    // A repeat gets the result of its own attempt, even if the order is paid by now.
    if (earlier.status === 'NONE') {
      const refusal = refusalOfMethod(deps, method);
      if (refusal) return refusal;
      // The order is reserved before the provider is called, so that of two simultaneous payments one is rejected.
      const orders = aggregates.of(order);
      const started = await orders.execute(
        orderId,
        { type: 'StartPayment', orderId, paymentId, method, at: clock.now() },
        stepOf(context, 'start-payment'),
      );
      if (started.kind === 'rejected') return notAccepted(started);
      if (started.kind === 'unknown') return { kind: 'unknown', commandId };
    }
    const { customerId, total: amount } = known;
    return attemptPayment(deps, { orderId, customerId, amount, method }, context);
  },
});
