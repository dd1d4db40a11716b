import { z } from 'zod';
import { order } from '../../domain/order';
import { requestedBy } from '../authorization';
import { orderIdSchema, parse } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ orderId: orderIdSchema });

/** The customer has everything. */
export const confirmReceipt =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'confirmReceipt'> =>
  async (input, context) => {
    const { orderId } = parse(schema, input);
    const executed = await aggregates.execute(
      order,
      orderId,
      { type: 'ConfirmReceipt', orderId, ...requestedBy(context), at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
