import { z } from 'zod';
import { cart } from '../../domain/cart';
import { demandSelf } from '../authorization';
import { sellableProduct } from '../catalogue/sellable-product';
import { accountIdSchema, parse, productIdSchema, quantitySchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({
  customerId: accountIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
});

/** Adds so many more of a product to a cart, at today's price. */
export const addToCart =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'addToCart'> =>
  async (input, context) => {
    const { customerId, productId, quantity } = parse(schema, input);
    demandSelf(context, customerId);
    const sold = await sellableProduct(aggregates, productId);
    if (sold.kind === 'rejected') return sold;
    const { sku, name, price: unitPrice } = sold.product;
    const executed = await aggregates.execute(
      cart,
      customerId,
      { type: 'AddToCart', customerId, productId, sku, name, quantity, unitPrice, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
