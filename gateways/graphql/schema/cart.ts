import type { AccountId, ProductId } from '../../../domain/kernel';
import { add, MoneyError, times, type Money } from '../../../domain/money';
import { Fault } from '../../../platform/faults';
import { Cart, CartLine, carts } from '../../../projections/carts';
import type { EdgeContext } from '../context';
import { signedIn } from '../caller';
import { afterwards, mutation, mutationsConcept } from './mutation';
import { combined, objectType } from './object-type';
import type { Concept } from './resolvers';

type CartShown = Pick<Cart, 'lines'> & { readonly changedAt: Cart['changedAt'] | null };

const emptyCart: CartShown = { lines: [], changedAt: null };

const cartOf = async (customerId: AccountId, { services }: EdgeContext): Promise<CartShown> =>
  (await services.readers.carts.getMany([customerId]))[0]?.document ?? emptyCart;

/**
 * A sum of lines that may have come into the cart before prices were bounded.
 *
 * @throws Fault `INPUT_INVALID` where no order could come to so much; the lines can still be read, changed and removed.
 */
const withinBounds = <Sum>(sum: () => Sum): Sum => {
  try {
    return sum();
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new Fault(
      'INPUT_INVALID',
      'The cart comes to more than an order may. Remove the dearest line, or ask for fewer pieces of it.',
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
  cart: Cart
}
`;

const resolvers: Concept['resolvers'] = {
  Query: {
    cart: (_root: unknown, _args: object, context: EdgeContext) =>
      cartOf(signedIn(context.viewer).id, context),
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
      description: 'When the cart was last changed; null for one that was never used.',
    },
  },
});

const cartLineType = objectType('CartLine', CartLine, {
  fields: {
    product: {
      type: 'Product',
      description: 'The product as it is now; null while the catalogue does not show it.',
      resolve: ({ productId }: CartLine, _args: object, context: EdgeContext) => context.product(productId),
    },
    total: { type: 'Money!', description: 'The price of all pieces.', resolve: totalOfLine },
  },
});

const cartSuccess = `
  "The cart as it is now; null where the read models don't show it yet: read it later."
  cart: Cart`;

const productIdInput = `
  "The product."
  productId: ID!`;

type OfCustomer = { readonly customerId: AccountId };

const keep = (_value: object, _input: object, { viewer }: EdgeContext): OfCustomer => ({
  customerId: signedIn(viewer).id,
});
const fields = { cart: afterwards(({ customerId }: OfCustomer, context) => cartOf(customerId, context)) };

export const cartMutations = {
  addToCart: mutation('addToCart', {
    description: "Puts so many more of a product into one's cart, at today's price.",
    input: `${productIdInput}
  "How many more."
  quantity: Int!`,
    success: cartSuccess,
    rejections: [
      'PRODUCT_NOT_FOUND',
      'PRODUCT_DISCONTINUED',
      'QUANTITY_OUT_OF_RANGE',
      'CART_FULL',
      'CART_CURRENCY_MIXED',
      'CART_TOTAL_TOO_LARGE',
    ],
    command: ({ productId, quantity }: { productId: ProductId; quantity: number }, { id: customerId }) => ({
      customerId,
      productId,
      quantity,
    }),
    keep,
    fields,
  }),
  changeCartLine: mutation('changeCartLine', {
    description: "Sets how many of a product are in one's cart, at today's price.",
    input: `${productIdInput}
  "How many there are to be."
  quantity: Int!`,
    success: cartSuccess,
    rejections: [
      'PRODUCT_NOT_FOUND',
      'PRODUCT_DISCONTINUED',
      'QUANTITY_OUT_OF_RANGE',
      'CART_LINE_NOT_FOUND',
      'CART_CURRENCY_MIXED',
      'CART_TOTAL_TOO_LARGE',
    ],
    command: ({ productId, quantity }: { productId: ProductId; quantity: number }, { id: customerId }) => ({
      customerId,
      productId,
      quantity,
    }),
    keep,
    fields,
  }),
  removeFromCart: mutation('removeFromCart', {
    description: "Takes a product out of one's cart.",
    input: productIdInput,
    success: cartSuccess,
    rejections: ['CART_LINE_NOT_FOUND'],
    command: ({ productId }: { productId: ProductId }, { id: customerId }) => ({ customerId, productId }),
    keep,
    fields,
  }),
};

const mutations = mutationsConcept(cartMutations);

export const cart: Concept = combined({ typeDefs: queries, resolvers }, cartType, cartLineType, mutations);
