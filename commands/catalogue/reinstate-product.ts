import { z } from 'zod';
import { product } from '../../domain/product';
import { parse, productIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { demandKeeper } from './demand-keeper';

const schema = z.object({ productId: productIdSchema });

/** Sold again. */
export const reinstateProduct =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'reinstateProduct'> =>
  async (input, context) => {
    const { productId } = parse(schema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      { type: 'ReinstateProduct', productId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
