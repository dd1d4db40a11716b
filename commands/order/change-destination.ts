import { z } from 'zod';
import { order } from '../../domain/order';
import { requestedBy } from '../authorization';
import { orderIdSchema, parse, placeSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ orderId: orderIdSchema, destination: placeSchema });

/** Sends what is not delivered yet elsewhere. */
export const changeDestination =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'changeDestination'> =>
  async (input, context) => {
    const { orderId, destination } = parse(schema, input);
    const executed = await aggregates.execute(
      order,
      orderId,
      { type: 'ChangeOrderDestination', orderId, ...requestedBy(context), destination, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
