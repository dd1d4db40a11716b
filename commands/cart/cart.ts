import { z } from 'zod';
import { cart } from '../../domain/cart';
import type { AccountId, ProductId } from '../../domain/kernel';
import type { Position } from '../../platform/event-store';
import type { CommandContext } from '../../platform/execution';
import { sellableProduct, soldName } from '../catalogue/catalogue';
import { named } from '../use-case/fields';
import { callerIdSchema, productIdSchema, quantitySchema, textSchema } from '../use-case/input';
import { nothing, outcomeOf, stepOf, type Outcome } from '../use-case/outcome';
import { messageOf } from '../rejections';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

/** As many lines as a guest's cart can have in the shop's pages. Each is a command of its own. */
const MERGED_LINES_MAX = 100;

type Line = { readonly productId: ProductId; readonly quantity: number };

/** Adds a quantity of a product to a cart, at the price of now. */
const addLine = async (
  { aggregates, clock }: UseCaseDeps,
  { customerId, productId, quantity }: Line & { readonly customerId: AccountId },
  context: CommandContext,
) => {
  const sold = await sellableProduct(aggregates, productId);
  if (sold.kind === 'rejected') return sold;
  const { sku, price: unitPrice } = sold.product;
  const name = await soldName(aggregates, productId, sold.product);
  const executed = await aggregates
    .of(cart)
    .execute(
      customerId,
      { type: 'AddToCart', customerId, productId, sku, name, quantity, unitPrice, at: clock.now() },
      context,
    );
  return outcomeOf(executed, nothing);
};

const guestLine = named(
  'GuestCartLine',
  'A line of the cart of a guest.',
  z.object({ productId: productIdSchema, quantity: quantitySchema }),
);

const skippedLine = named(
  'SkippedCartLine',
  'A line that was not added to a cart.',
  z.object({
    productId: productIdSchema,
    code: textSchema(100).describe('The code of the reason.'),
    message: textSchema(1_000).describe('The reason with its remedy, for people.'),
  }),
);

type Skipped = { readonly productId: ProductId; readonly code: string; readonly message: string };

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
    handle: (input, context, deps) => addLine(deps, input, context),
  }),

  mergeCart: useCase({
    summary:
      "Adds the lines of a guest's cart to the caller's cart, at today's prices. A line that cannot be added is skipped, with the reason.",
    allow: { by: 'owner', or: 'cart:change' },
    input: z.object({
      customerId: callerIdSchema,
      lines: z.array(guestLine).max(MERGED_LINES_MAX).readonly().describe('The lines of the guest.'),
    }),
    success: z.object({
      skipped: z.array(skippedLine).readonly().describe('The lines that were not added, with the reasons.'),
    }),
    rejections: [],
    handle: async ({ customerId, lines }, context, deps) => {
      const skipped: Skipped[] = [];
      let position: Position | undefined;
      for (const [index, line] of lines.entries()) {
        // One after the other: they change one stream. A repeat after an unknown outcome adds only what is missing.
        const step = stepOf(context, `merge ${index}`);
        const added: Outcome<object> = await addLine(deps, { customerId, ...line }, step);
        if (added.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
        if (added.kind === 'accepted') position = added.position ?? position;
        else {
          const { rejection } = added;
          skipped.push({ productId: line.productId, code: rejection.code, message: messageOf(rejection) });
        }
      }
      return { kind: 'accepted', value: { skipped }, position };
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
