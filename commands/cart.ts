import { z } from 'zod';
import { cart } from '../domain/cart';
import { demandSelf } from './authorization';
import { sellableProduct } from './catalogue';
import { accountIdSchema, parse, productIdSchema, quantitySchema } from './input';
import { nothing, outcomeOf } from './outcome';
import type { UseCaseDeps, UseCaseOf } from './use-case';

const addToCartSchema = z.object({
  customerId: accountIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
});

/** Adds so many more of a product to a cart, at today's price. */
export const addToCart =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'addToCart'> =>
  async (input, context) => {
    const { customerId, productId, quantity } = parse(addToCartSchema, input);
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

const changeCartLineSchema = z.object({
  customerId: accountIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
});

/** Sets how many of a product are in a cart, at today's price: the way to accept a price that has changed. */
export const changeCartLine =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'changeCartLine'> =>
  async (input, context) => {
    const { customerId, productId, quantity } = parse(changeCartLineSchema, input);
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

const removeFromCartSchema = z.object({ customerId: accountIdSchema, productId: productIdSchema });

export const removeFromCart =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'removeFromCart'> =>
  async (input, context) => {
    const { customerId, productId } = parse(removeFromCartSchema, input);
    demandSelf(context, customerId);
    const executed = await aggregates.execute(
      cart,
      customerId,
      { type: 'RemoveFromCart', customerId, productId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
