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

/** Sets how many of a product are in a cart, at today's price: the way to accept a price that has changed. */
export const changeCartLine =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'changeCartLine'> =>
  async (input, context) => {
    const { customerId, productId, quantity } = parse(schema, input);
    demandSelf(context, customerId);
    const sold = await sellableProduct(aggregates, productId);
    if (sold.kind === 'rejected') return sold;
    const unitPrice = sold.product.price;
    const executed = await aggregates.execute(
      cart,
      customerId,
      { type: 'ChangeCartLine', customerId, productId, quantity, unitPrice, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
