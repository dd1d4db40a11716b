import { z } from 'zod';
import { cart } from '../../domain/cart';
import { demandSelf } from '../authorization';
import { accountIdSchema, parse, productIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ customerId: accountIdSchema, productId: productIdSchema });

export const removeFromCart =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'removeFromCart'> =>
  async (input, context) => {
    const { customerId, productId } = parse(schema, input);
    demandSelf(context, customerId);
    const executed = await aggregates.execute(
      cart,
      customerId,
      { type: 'RemoveFromCart', customerId, productId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
