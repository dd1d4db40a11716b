import { z } from 'zod';
import { product } from '../../domain/product';
import { moneySchema, parse, productIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { demandKeeper } from './demand-keeper';

const schema = z.object({ productId: productIdSchema, price: moneySchema });

/** Carts keep the price that was seen; who orders at an older one is told so. */
export const changeProductPrice =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'changeProductPrice'> =>
  async (input, context) => {
    const { productId, price } = parse(schema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      { type: 'ChangeProductPrice', productId, price, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
