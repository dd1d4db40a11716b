import { z } from 'zod';
import { product } from '../../domain/product';
import { parse, productIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { demandKeeper } from './demand-keeper';

const schema = z.object({ productId: productIdSchema });

/** Sold no more; orders that were placed go on. */
export const discontinueProduct =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'discontinueProduct'> =>
  async (input, context) => {
    const { productId } = parse(schema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      { type: 'DiscontinueProduct', productId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
