import { z } from 'zod';
import { cart } from '../domain/cart';
import { sellableProduct } from './catalogue';
import { callerIdSchema, productIdSchema, quantitySchema } from './input';
import { nothing, outcomeOf } from './outcome';
import { useCase } from './use-case';

export const cartUseCases = {
  addToCart: useCase({
    summary: "Adds a quantity of a product to the caller's cart, at today's price.",
    allow: { by: 'owner', or: 'cart:change' },
    input: z.object({
      customerId: callerIdSchema,
      productId: productIdSchema,
      quantity: quantitySchema.describe('The quantity to add.'),
    }),
    success: z.object({}),
    rejections: [
      'PRODUCT_NOT_FOUND',
      'PRODUCT_DISCONTINUED',
      'QUANTITY_OUT_OF_RANGE',
      'CART_FULL',
      'CART_CURRENCY_MIXED',
      'CART_TOTAL_TOO_LARGE',
    ],
    handle: async ({ customerId, productId, quantity }, context, { aggregates, clock }) => {
      const sold = await sellableProduct(aggregates, productId);
      if (sold.kind === 'rejected') return sold;
      const { sku, name, price: unitPrice } = sold.product;
      const carts = aggregates.of(cart);
      const executed = await carts.execute(
        customerId,
        { type: 'AddToCart', customerId, productId, sku, name, quantity, unitPrice, at: clock.now() },
        context,
      );
      return outcomeOf(executed, nothing);
    },
  }),

  changeCartLine: useCase({
    summary:
      "Sets the quantity of a product in the caller's cart, at today's price. A changed price is accepted by it.",
    allow: { by: 'owner', or: 'cart:change' },
    input: z.object({
      customerId: callerIdSchema,
      productId: productIdSchema,
      quantity: quantitySchema.describe('The new quantity.'),
    }),
    success: z.object({}),
    rejections: [
      'PRODUCT_NOT_FOUND',
      'PRODUCT_DISCONTINUED',
      'QUANTITY_OUT_OF_RANGE',
      'CART_LINE_NOT_FOUND',
      'CART_CURRENCY_MIXED',
      'CART_TOTAL_TOO_LARGE',
    ],
    handle: async ({ customerId, productId, quantity }, context, { aggregates, clock }) => {
      const sold = await sellableProduct(aggregates, productId);
      if (sold.kind === 'rejected') return sold;
      const unitPrice = sold.product.price;
      const carts = aggregates.of(cart);
      const executed = await carts.execute(
        customerId,
        { type: 'ChangeCartLine', customerId, productId, quantity, unitPrice, at: clock.now() },
        context,
      );
      return outcomeOf(executed, nothing);
    },
  }),

  removeFromCart: useCase({
    summary: "Removes a product from the caller's cart.",
    allow: { by: 'owner', or: 'cart:change' },
    input: z.object({ customerId: callerIdSchema, productId: productIdSchema }),
    success: z.object({}),
    rejections: ['CART_LINE_NOT_FOUND'],
    handle: async ({ customerId, productId }, context, { aggregates, clock }) => {
      const carts = aggregates.of(cart);
      const executed = await carts.execute(
        customerId,
        { type: 'RemoveFromCart', customerId, productId, at: clock.now() },
        context,
      );
      return outcomeOf(executed, nothing);
    },
  }),
};
