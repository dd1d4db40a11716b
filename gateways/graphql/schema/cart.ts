import { useCases, type InputOf, type SuccessOf } from '../../../commands';
import { fieldsOf } from '../../../commands/use-case/fields';
import type { AccountId, Instant } from '../../../domain/kernel';
import { add, MoneyError, times, type Money } from '../../../domain/money';
import { uuidV7 } from '../../../platform/ids';
import { Fault } from '../../../platform/faults';
import { Cart, CartLine, carts } from '../../../projections/carts';
import type { EdgeContext } from '../context';
import { signedIn } from '../access/caller';
import { readArguments } from './input-types';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type CartShown = Pick<Cart, 'lines'> & {
  readonly changedAt: Cart['changedAt'] | null;
  readonly asOf?: Instant | undefined;
};

const emptyCart: CartShown = { lines: [], changedAt: null };

const cartOf = async (customerId: AccountId, context: EdgeContext, asOf?: Instant): Promise<CartShown> => ({
  ...((await context.cart(customerId, asOf)) ?? emptyCart),
  asOf,
});

const offerFields = fieldsOf(useCases.offerCart.input);

/** Returns what the command services calculate for the cart of the viewer; null for a cart of the past. */
const offerOf = async (
  { asOf }: CartShown,
  args: Readonly<Record<string, unknown>>,
  context: EdgeContext,
): Promise<OfferShown | null> => {
  if (asOf !== undefined) return null;
  const { commands, clock, random } = context.services;
  const command = context.commandContext(uuidV7(clock, random), false);
  const customerId = signedIn(context.viewer).id;
  const input = { ...readArguments(offerFields, args), customerId } as InputOf<'offerCart'>;
  const outcome = await commands.send('offerCart', input, command);
  if (outcome.kind !== 'accepted') throw new Error(`The cart has no offer: ${JSON.stringify(outcome)}`);
  return outcome.value;
};

type OfferShown = SuccessOf<'offerCart'>;

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

"The price of a cart with the promotions that apply to it now. The order costs the same, unless something changes before it is placed."
type CartOffer {
  "The discount of each line, in the order of the lines."
  lines: [CartOfferLine!]!
  "The promotions, in the order in which they apply."
  promotions: [AppliedPromotion!]!
  "The price of all lines before the promotions; null while the cart is empty, as are the other sums."
  goods: Money
  "The sum that all promotions take off."
  discount: Money
  "The methods by which the order can be sent, with what each costs. One of them must be chosen, if there are any."
  shippingOptions: [ShippingOption!]!
  "The charge of the chosen method; null while it is unknown, or none is chosen."
  shipping: Money
  "The tax of the order, of the goods after discounts and of the shipping; null where none is due. It depends on the country of the address, or of the customer's default address where none is given."
  tax: OrderTax
  "The total of the order, if it were placed now, with the charge of the chosen method and the tax that the prices do not contain: the \`expectedTotal\` of \`placeOrder\`."
  total: Money
  "The place where the order would be delivered; null while it is unknown."
  destination: Place
  "The code of the coupon that was given; null where none was."
  coupon: String
  "The reason why the coupon does not apply; null where it does, or where none was given. The order is refused for the same reason."
  problem: CouponProblem
}

"The discount of a line of a cart."
type CartOfferLine {
  "The product of the line."
  productId: ID!
  "The sum that promotions take off the price of all pieces."
  discount: Money!
}

"A method by which an order can be sent."
type ShippingOption {
  "The ID of the method."
  shippingMethodId: ID!
  "The name of the method."
  name: String!
  "The charge; null where it depends on a destination that was not given."
  charge: Money
}

"The reason why a coupon does not apply."
type CouponProblem {
  "The code of the rejection."
  code: ErrorCode!
  "The reason with its remedy, for people."
  message: String!
}

"A line of a quote."
type QuotedLine {
  "The product of the line."
  productId: ID!
  "The name of the product."
  name: String!
  "The number of pieces."
  quantity: Int!
  "The price of one piece."
  unitPrice: Money!
  "The sum that promotions take off the price of all pieces; null where none does."
  discount: Money
}

"A price that has changed since the customer saw it."
type QuoteChange {
  "The product of the line."
  productId: ID!
  "The price of one piece that the customer has seen."
  was: Money!
  "The price of one piece in the quote."
  now: Money!
}

"A line that was not added to a cart."
type SkippedCartLine {
  "The product of the line."
  productId: ID!
  "The code of the reason."
  code: ErrorCode!
  "The reason with its remedy, for people."
  message: String!
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
    offer: {
      type: 'CartOffer',
      description: 'The price of the cart with the promotions that apply now; null for a cart of the past.',
      args: `
    "The place where the order would be delivered."
    destination: PlaceInput
    "The address of the own address book that the order would be sent to."
    addressId: ID
    "The postal address that the order would be sent to."
    address: PostalAddressInput
    "The method by which the order would be sent."
    shippingMethodId: ID`,
      resolve: offerOf,
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
  mergeCart: { ...shownCart, repeats: ['skipped'] },
  changeCartLine: shownCart,
  removeFromCart: shownCart,
  quoteCart: {
    ...shownCart,
    repeats: [
      ...(['quote', 'validUntil', 'lines', 'promotions', 'shipping'] as const),
      ...(['tax', 'total', 'changes', 'changed'] as const),
    ],
  },
  applyCoupon: shownCart,
  removeCoupon: shownCart,
} satisfies Mutations;

const mutations = mutationsConcept(cartMutations);

export const cart: Concept = combined({ typeDefs: queries, resolvers }, cartType, cartLineType, mutations);
