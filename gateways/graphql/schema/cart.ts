import type { AccountId, Instant } from '../../../domain/kernel';
import { add, MoneyError, times, type Money } from '../../../domain/money';
import { Fault } from '../../../platform/faults';
import { Cart, CartLine, carts } from '../../../projections/carts';
import type { EdgeContext } from '../context';
import { signedIn } from '../caller';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type CartShown = Pick<Cart, 'lines'> & { readonly changedAt: Cart['changedAt'] | null };

const emptyCart: CartShown = { lines: [], changedAt: null };

const cartOf = async (customerId: AccountId, context: EdgeContext, asOf?: Instant): Promise<CartShown> =>
  (await context.cart(customerId, asOf)) ?? emptyCart;

/**
 * Returns a sum of lines that may have been added to the cart before prices were bounded.
 *
 * @throws Fault `INPUT_INVALID` if the sum is more than an order may have; the lines can still be read, changed and removed.
 */
const withinBounds = <Sum>(sum: () => Sum): Sum => {
  try {
    return sum();
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new Fault(
      'INPUT_INVALID',
      'The total of the cart is more than that of an order may be. Remove the most expensive line, or reduce its quantity.',
      { cause: error },
    );
  }
};

const totalOfLine = ({ unitPrice, quantity }: CartLine): Money =>
  withinBounds(() => times(unitPrice, quantity));

const totalOf = ({ lines }: CartShown): Money | null => {
  const totals = lines.map(totalOfLine);
  return withinBounds(() => totals.reduce<Money | null>((sum, line) => (sum ? add(sum, line) : line), null));
};

const queries = `
extend type Query {
  "The cart of the signed-in customer."
  cart(
    "Returns the cart as it was at this moment."
    asOf: DateTime
  ): Cart
}
`;

const resolvers: Concept['resolvers'] = {
  Query: {
    cart: allowed('account', ({ asOf }: { readonly asOf?: Instant | null }, context) =>
      cartOf(signedIn(context.viewer).id, context, asOf ?? undefined),
    ),
  },
};

const cartType = objectType('Cart', Cart, {
  readModels: [carts],
  omit: ['id'],
  types: { lines: 'CartLine' },
  fields: {
    total: {
      type: 'Money',
      description: 'The price of all lines; null while the cart is empty.',
      resolve: totalOf,
    },
    itemCount: {
      type: 'Int!',
      description: 'The number of pieces in the cart.',
      resolve: ({ lines }: CartShown) => lines.reduce((count, { quantity }) => count + quantity, 0),
    },
    changedAt: {
      type: 'DateTime',
      description: 'The time when the cart was last changed; null for one that was never used.',
    },
  },
});

const cartLineType = objectType('CartLine', CartLine, {
  fields: {
    product: {
      type: 'Product',
      description: 'The product as it is now; null while the catalogue does not show it.',
      resolve: ({ productId }: CartLine, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.products.load(productId, viewer),
    },
    total: { type: 'Money!', description: 'The price of all pieces.', resolve: totalOfLine },
  },
});

const shownCart = {
  shows: shown('cart', 'Cart', ({ customerId }: { readonly customerId: AccountId }, context) =>
    cartOf(customerId, context),
  ),
};

export const cartMutations = {
  addToCart: shownCart,
  changeCartLine: shownCart,
  removeFromCart: shownCart,
} satisfies Mutations;

const mutations = mutationsConcept(cartMutations);

export const cart: Concept = combined({ typeDefs: queries, resolvers }, cartType, cartLineType, mutations);
