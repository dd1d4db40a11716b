import { withoutOrdered, type CartEvent } from '../domain/cart';
import type { AccountId, Instant, ProductId } from '../domain/kernel';
import type { Money } from '../domain/money';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { instant, list, money, record, text, whole } from './schema';

/** A customer's cart as it stands; `id` is the customer's account id. */
export type Cart = {
  readonly id: AccountId;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: Money;
  }[];
  readonly changedAt: Instant;
};

const collection: CollectionSpec = {
  name: 'carts',
  version: 1,
  indexes: [{ name: 'by_change', fields: ['changedAt'] }],
  schema: record<Cart>(
    {
      id: text("The customer's account id."),
      lines: list(
        record<Cart['lines'][number]>(
          {
            productId: text('UUID.'),
            sku: text("The seller's own key for it."),
            name: text('What it was called when it went into the cart.'),
            quantity: whole('How many.'),
            unitPrice: money('The price that the customer has seen.'),
          },
          'So many of one product.',
        ),
        'In the order in which products were first added.',
      ),
      changedAt: instant('When it was last changed.'),
    },
    "A customer's cart as it stands.",
  ),
};

const idOf = ({ data }: { readonly data: { readonly customerId: string } }) => [data.customerId];

type Line = Cart['lines'][number];

const withLine = (lines: readonly Line[], line: Line): readonly Line[] =>
  lines.some(({ productId }) => productId === line.productId)
    ? lines.map((present) => (present.productId === line.productId ? line : present))
    : [...lines, line];

/** What is in each customer's cart. */
export const carts: Projection<Cart, CartEvent> = {
  collection,
  handlers: {
    CartLineAdded: {
      ids: idOf,
      evolve: (cart, { data: { customerId, productId, sku, name, quantity, unitPrice, addedAt } }) => ({
        id: customerId,
        lines: withLine(cart?.lines ?? [], { productId, sku, name, quantity, unitPrice }),
        changedAt: addedAt,
      }),
    },
    CartLineChanged: {
      ids: idOf,
      evolve: (cart, { data: { productId, quantity, unitPrice, changedAt } }) =>
        cart && {
          ...cart,
          lines: cart.lines.map((line) =>
            line.productId === productId ? { ...line, quantity, unitPrice } : line,
          ),
          changedAt,
        },
    },
    CartLineRemoved: {
      ids: idOf,
      evolve: (cart, { data: { productId, removedAt } }) =>
        cart && {
          ...cart,
          lines: cart.lines.filter((line) => line.productId !== productId),
          changedAt: removedAt,
        },
    },
    CartCheckedOut: {
      ids: idOf,
      evolve: (cart, { data }) =>
        cart && {
          ...cart,
          lines: withoutOrdered(cart.lines, data.ordered),
          changedAt: data.checkedOutAt,
        },
    },
  },
};
