import type { AccountId, ProductId } from '../../../domain/kernel';
import { add, MoneyError, times, type Money } from '../../../domain/money';
import { Fault } from '../../../platform/faults';
import { carts, type Cart } from '../../../projections/carts';
import type { EdgeContext } from '../context';
import { signedIn } from '../caller';
import { afterwards, mutation, mutationsConcept } from './mutation';
import type { Concept } from './resolvers';

type CartShown = Pick<Cart, 'lines'> & { readonly changedAt: Cart['changedAt'] | null };
type CartLine = Cart['lines'][number];

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

const typeDefs = `
extend type Query {
  "One's own cart."
  cart: Cart
}

"What somebody is about to order, at the prices they saw."
type Cart {
  "What is in it, in the order it was put in."
  lines: [CartLine!]!
  "What it comes to; null while it is empty."
  total: Money
  "How many things are in it."
  itemCount: Int!
  "When it was last changed; null for one that was never used."
  changedAt: DateTime
}

"So many of one product."
type CartLine {
  "The product as it is today; null while the catalogue doesn't show it."
  product: Product
  "Its id."
  productId: ID!
  "What it was called when it went into the cart."
  name: String!
  "The seller's own key for it."
  sku: String!
  "How many."
  quantity: Int!
  "The price when it went into the cart."
  unitPrice: Money!
  "The price of them all."
  total: Money!
}
`;

const resolvers: Concept['resolvers'] = {
  Query: {
    cart: (_root: unknown, _args: object, context: EdgeContext) =>
      cartOf(signedIn(context.viewer).id, context),
  },
  Cart: {
    total: totalOf,
    itemCount: ({ lines }: CartShown) => lines.reduce((count, { quantity }) => count + quantity, 0),
  },
  CartLine: {
    product: ({ productId }: CartLine, _args: object, context: EdgeContext) => context.product(productId),
    total: totalOfLine,
  },
};

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

export const cart: Concept = {
  typeDefs: typeDefs + mutations.typeDefs,
  readModels: { Cart: [carts] },
  resolvers: { ...resolvers, ...mutations.resolvers },
};
