import { z } from 'zod';
import type { OrderId } from '../../domain/kernel';
import { order } from '../../domain/order';
import { isSecured, isUndecided, payment } from '../../domain/payment';
import { orderIdSchema, paymentIdSchema, refundIdSchema } from '../use-case/input';
import { rejected, type Rejected } from '../use-case/outcome';
import { unfinishedPayment } from '../payment';
import { useCase } from '../use-case/use-case';
import type { AllowedContext } from '../use-case/authorization';
import type { PayDeps } from './attempt-payment';

/** Returns the payment of an order that waits for its payer or for the provider, if there is one. */
const openPaymentOf = async (
  { aggregates }: PayDeps,
  orderId: OrderId,
  { principal, forAll }: AllowedContext,
): Promise<Awaited<ReturnType<typeof unfinishedPayment>> | Rejected<'ORDER_NOT_FOUND'>> => {
  const known = await aggregates.of(order).load(orderId);
  if (known.progress === 'NONE' || (!forAll && known.customerId !== principal.id))
    return rejected({ code: 'ORDER_NOT_FOUND', orderId });
  return known.openPaymentId === undefined ? undefined : unfinishedPayment(aggregates, known.openPaymentId);
};

const input = z.object({ orderId: orderIdSchema });

export const openPaymentUseCases = {
  checkPayment: useCase({
    summary:
      'Asks the payment provider how the open payment of an order stands, and records the answer. For a payer who comes back from the provider: without it the platform asks within a minute.',
    allow: { by: 'customer', or: 'order:change' },
    input,
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND'],
    handle: async ({ orderId }, context, deps: PayDeps) => {
      const open = await openPaymentOf(deps, orderId, context);
      if (open !== undefined && 'kind' in open) return open;
      const settled = open && (await deps.settlePayment(open, context));
      // The order shows the outcome, and that there is none yet.
      const position = settled && 'position' in settled ? settled.position : undefined;
      return { kind: 'accepted', value: {}, position };
    },
  }),

  cancelPayment: useCase({
    summary:
      'Ends the open payment of an order that waits for its payer, so that the order can be paid in another way. Nothing happens where none is open.',
    allow: { by: 'customer', or: 'order:change' },
    input,
    success: z.object({}),
    rejections: ['ORDER_NOT_FOUND', 'ORDER_ALREADY_PAID', 'ORDER_PAYMENT_PENDING'],
    handle: async ({ orderId }, context, deps: PayDeps) => {
      const open = await openPaymentOf(deps, orderId, context);
      if (open === undefined) return { kind: 'accepted', value: {} };
      if ('kind' in open) return open;
      const { paymentId } = open;
      const settled = await deps.closePayment(open, context);
      switch (settled.kind) {
        case 'paid':
          // The payer was faster.
          return rejected({ code: 'ORDER_ALREADY_PAID', orderId, paymentId });
        case 'open':
          return rejected({ code: 'ORDER_PAYMENT_PENDING', orderId, paymentId });
        case 'unknown':
          return { kind: 'unknown', commandId: context.commandId };
        case 'declined':
          return { kind: 'accepted', value: {}, position: settled.position };
        case 'refused':
        case 'given-back':
          return { kind: 'accepted', value: {} };
      }
    },
  }),

  recordPaymentNotice: useCase({
    summary:
      'Asks the payment provider about a payment or a refund of which it has sent a notice. The notice itself is believed in nothing, so that it may come early, late, twice or never.',
    allow: { by: 'gateway', or: 'order:change' },
    internal: true,
    input: z.object({
      paymentId: paymentIdSchema,
      refundId: refundIdSchema.describe('The refund, if the notice is of one.').exactOptional(),
    }),
    success: z.object({}),
    rejections: [],
    handle: async ({ paymentId, refundId }, context, deps: PayDeps) => {
      const { aggregates, settlePayment, settleRefund, settleCapture } = deps;
      if (refundId !== undefined) {
        const known = await aggregates.of(payment).load(paymentId);
        if (isSecured(known) && known.refunds.has(refundId))
          await settleRefund({ paymentId, refundId }, context);
        return { kind: 'accepted', value: {} };
      }
      const known = await aggregates.of(payment).load(paymentId);
      if (known.status === 'AUTHORISED') {
        // A notice of a capture names the payment: all that are not decided are asked about.
        for (const [captureId, { status }] of known.captures)
          if (isUndecided(status)) await settleCapture({ paymentId, captureId }, context);
        return { kind: 'accepted', value: {} };
      }
      const open = await unfinishedPayment(aggregates, paymentId);
      // A notice that comes before the answer of the provider: that answer is recorded by those who wait for it.
      if (open) await settlePayment(open, context);
      return { kind: 'accepted', value: {} };
    },
  }),
};
