import { z } from 'zod';
import type { SerialNumber } from '../../domain/kernel';
import { product } from '../../domain/product';
import { productId as productIdOf } from '../../platform/identity';
import { demandSeller } from '../authorization';
import { accountIdSchema, imageUrlSchema, moneySchema, nameSchema, parse, textSchema } from '../input';
import type { Numbers } from '../numbering';
import { outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({
  sku: textSchema(100),
  name: nameSchema,
  description: textSchema(10_000),
  category: textSchema(100),
  price: moneySchema,
  imageUrl: imageUrlSchema.optional(),
  sellerId: accountIdSchema.optional(),
});

/** Series begin at 1, so no product has it. */
const NO_NUMBER = 0 as SerialNumber;

/** Puts a product into the catalogue. A SKU is one product, for ever. */
export const registerProduct =
  ({
    aggregates,
    clock,
    numbers,
  }: UseCaseDeps & { readonly numbers: Numbers }): UseCaseOf<'registerProduct'> =>
  async (input, context) => {
    const { imageUrl, sellerId, ...facts } = parse(schema, input);
    demandSeller(context, sellerId);
    const productId = productIdOf(facts.sku);
    // What will be refused, or answered as a repeat, takes no number for nothing.
    const known = await aggregates.load(product, productId);
    const number = known.status === 'NONE' ? await numbers.next('product') : NO_NUMBER;
    const executed = await aggregates.execute(
      product,
      productId,
      {
        type: 'RegisterProduct',
        productId,
        number,
        ...facts,
        ...(imageUrl === undefined ? {} : { imageUrl }),
        ...(sellerId === undefined ? {} : { sellerId }),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, { productId });
  };
