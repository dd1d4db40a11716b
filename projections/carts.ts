import { z } from 'zod';
import { withoutOrdered, type CartEvent } from '../domain/cart';
import type { AccountId, ProductId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const CartLine = z
  .strictObject({
    productId: uuid<ProductId>().describe("The product's unique identifier."),
    sku: z.string().describe("The seller's own key of the product."),
    name: z.string().describe("The product's name when it was added."),
    quantity: z.int32().describe('The number of pieces.'),
    unitPrice: money.describe('The price of one piece that the customer has seen.'),
  })
  .describe('One product in a cart.');
export type CartLine = DocumentOf<typeof CartLine>;

export const Cart = z
  .strictObject({
    id: uuid<AccountId>().describe("The customer's account."),
    lines: z.array(CartLine).describe('The products, in the order in which they were first added.'),
    changedAt: instant.describe('The time when the cart was last changed.'),
  })
  .describe('The products that a customer is about to order, at the prices that the customer has seen.');
export type Cart = DocumentOf<typeof Cart>;

const withLine = (lines: readonly CartLine[], line: CartLine): readonly CartLine[] =>
  lines.some(({ productId }) => productId === line.productId)
    ? lines.map((present) => (present.productId === line.productId ? line : present))
    : [...lines, line];

export const carts = readModel<Cart, CartEvent>('carts', {
  question: "What is in each customer's cart?",
  version: 1,
  document: Cart,
  indexes: { by_change: ['changedAt'] },
  key: ({ data }) => data.customerId,
  on: {
    CartLineAdded: (found, { data: { customerId, productId, sku, name, quantity, unitPrice, addedAt } }) => ({
      id: customerId,
      lines: withLine(found?.lines ?? [], { productId, sku, name, quantity, unitPrice }),
      changedAt: addedAt,
    }),
    CartLineChanged: (found, { data: { productId, quantity, unitPrice, changedAt } }) =>
      found && {
        ...found,
        lines: found.lines.map((line) =>
          line.productId === productId ? { ...line, quantity, unitPrice } : line,
        ),
        changedAt,
      },
    CartLineRemoved: (found, { data: { productId, removedAt } }) =>
      found && {
        ...found,
        lines: found.lines.filter((line) => line.productId !== productId),
        changedAt: removedAt,
      },
    // The cart's offer is calculated from the cart itself, for the promotions are not in this read model.
    CartCouponApplied: (found, { data: { appliedAt } }) => found && { ...found, changedAt: appliedAt },
    CartCouponRemoved: (found, { data: { removedAt } }) => found && { ...found, changedAt: removedAt },
    CartCheckedOut: (found, { data: { ordered, checkedOutAt } }) =>
      found && { ...found, lines: withoutOrdered(found.lines, ordered), changedAt: checkedOutAt },
  },
});
