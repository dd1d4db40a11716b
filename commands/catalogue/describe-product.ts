import { z } from 'zod';
import { product } from '../../domain/product';
import { imageUrlSchema, nameSchema, parse, productIdSchema, textSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { demandKeeper } from './demand-keeper';

const schema = z.object({
  productId: productIdSchema,
  name: nameSchema,
  description: textSchema(10_000),
  category: textSchema(100),
  imageUrl: imageUrlSchema.optional(),
});

/** Replaces the whole description: what is left out is gone. */
export const describeProduct =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'describeProduct'> =>
  async (input, context) => {
    const { productId, imageUrl, ...words } = parse(schema, input);
    await demandKeeper(aggregates, productId, context);
    const executed = await aggregates.execute(
      product,
      productId,
      {
        type: 'DescribeProduct',
        productId,
        ...words,
        ...(imageUrl === undefined ? {} : { imageUrl }),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, nothing);
  };
