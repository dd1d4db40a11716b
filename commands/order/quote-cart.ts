import { z } from 'zod';
import { cart } from '../../domain/cart';
import { later, type Millis, type SerialNumber } from '../../domain/kernel';
import { equals } from '../../domain/money';
import type { Random } from '../../platform/clock';
import type { CommandContext } from '../../platform/execution';
import { appliedPromotion, orderTax } from '../cart/cart-offer';
import { named } from '../use-case/fields';
import { instantSchema, moneySchema, nameSchema, productIdSchema, quantitySchema } from '../use-case/input';
import { notAccepted } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import {
  atPresentPrices,
  cartOrderRejections,
  cartToOrder,
  decided,
  pricedFields,
  reservedOrder,
  type CartOrderDeps,
  type CartToOrder,
  type NotPlaced,
} from './order-of-cart';
import {
  differencesOf,
  isOfGoods,
  quoteDifferences,
  quotedPrice,
  quoteOf,
  quoteSchema,
  readQuote,
  signedQuote,
  type Quote,
} from './quote';

/** The time for which a quote is valid: long enough to pay by, and so short that prices stay those of the shop. */
export const QUOTE_VALID_MS = (15 * 60_000) as Millis;

export type QuoteDeps = CartOrderDeps & { readonly random: Random };

const quotedLine = named(
  'QuotedLine',
  'A line of a quote.',
  z.object({
    productId: productIdSchema,
    name: nameSchema.describe('The name of the product.'),
    quantity: quantitySchema,
    unitPrice: moneySchema.describe('The price of one piece.'),
    discount: moneySchema
      .describe('The sum that promotions take off the price of all pieces. Absent where none does.')
      .exactOptional(),
  }),
);

const quoteChange = named(
  'QuoteChange',
  'A price that has changed since the customer saw it.',
  z.object({
    productId: productIdSchema,
    was: moneySchema.describe('The price of one piece that the customer has seen.'),
    now: moneySchema.describe('The price of one piece in the quote.'),
  }),
);

/** A quote with the order that would be placed by it. */
export type Quoted = {
  readonly quote: Quote;
  readonly order: Extract<ReturnType<typeof decided>, { readonly kind: 'placed' }>['data'];
};

/** No order has it: a number is taken when an order is placed. */
const NO_NUMBER = 0 as SerialNumber;

/** Quotes a cart at the prices of now, and holds its uses of promotions with a limit for as long. */
export const quoteNow = async (
  deps: QuoteDeps,
  found: CartToOrder,
  context: CommandContext,
): Promise<Quoted | NotPlaced> => {
  const validUntil = later(found.at, QUOTE_VALID_MS);
  const present = atPresentPrices(found);
  const ordering = { number: NO_NUMBER, until: validUntil };
  const command = await reservedOrder(deps, present, ordering, context);
  if (!('type' in command)) return command;
  const placed = decided(command);
  if (placed.kind === 'rejected') return placed;
  return { quote: quoteOf(present, command, placed.data, validUntil), order: placed.data };
};

/** Returns the lines whose prices differ from those that the customer has seen: in an earlier quote, or in the cart. */
const changesOf = ({ full }: CartToOrder, now: Quote, earlier: Quote | undefined) =>
  full.lines.flatMap(({ productId, unitPrice }, index) => {
    const was = (earlier && quotedPrice(earlier, index)) ?? unitPrice;
    const price = quotedPrice(now, index);
    return price === undefined || equals(was, price) ? [] : [{ productId, was, now: price }];
  });

export const quoteCart = useCase({
  summary:
    "Quotes the caller's cart at the prices of now: an order that is placed with the quote while it is valid costs exactly that, even if prices, promotions, shipping charges or tax rates change meanwhile.",
  allow: { by: 'owner', or: 'order:place' },
  input: z.object({
    ...pricedFields,
    since: quoteSchema
      .describe(
        'An earlier quote of the cart, to learn what has changed since. Default: since the products were added.',
      )
      .exactOptional(),
  }),
  success: z.object({
    quote: z.string().describe('The quote, to be given to `placeOrder` as it is.'),
    validUntil: instantSchema.describe('The first moment at which it is not valid any more.'),
    lines: z.array(quotedLine).readonly().describe('The lines of the cart, in its order.'),
    promotions: z
      .array(appliedPromotion)
      .readonly()
      .describe('The promotions, in the order in which they apply.'),
    shipping: moneySchema
      .describe('The charge of the shipping. Absent where no method was chosen.')
      .exactOptional(),
    tax: orderTax.describe('The tax of the order. Absent where none is due.').exactOptional(),
    total: moneySchema.describe('The total of the order.'),
    changes: z
      .array(quoteChange)
      .readonly()
      .describe('The prices that have changed since the customer saw them.'),
    changed: z
      .array(z.enum(quoteDifferences))
      .readonly()
      .describe(
        'The parts of the price that differ from those of the earlier quote: `PRICES`, `PROMOTIONS`, `SHIPPING`, `TAX`.',
      ),
  }),
  rejections: cartOrderRejections,
  handle: async ({ since, ...input }, context, deps: QuoteDeps) => {
    const full = await deps.aggregates.of(cart).load(input.customerId);
    const found = await cartToOrder(deps, input, full);
    if ('kind' in found) return found;
    const quoted = await quoteNow(deps, found, context);
    if ('kind' in quoted) return notAccepted(quoted);
    const { quote, order } = quoted;
    const known = since === undefined ? undefined : await readQuote(deps, since);
    // That of other goods says nothing about these.
    const earlier = known && isOfGoods(known, found) ? known : undefined;
    const value = {
      quote: await signedQuote(deps, quote),
      ...{ validUntil: quote.validUntil, total: quote.total },
      lines: order.lines.map(({ productId, name, quantity, unitPrice, discount }) => ({
        ...{ productId, name, quantity, unitPrice },
        ...(discount && { discount }),
      })),
      promotions: quote.promotions.map(({ coupon, ...applied }) =>
        coupon === undefined ? applied : { ...applied, coupon },
      ),
      ...(quote.shipping && { shipping: quote.shipping.charge }),
      ...(order.tax && { tax: order.tax }),
      changes: changesOf(found, quote, earlier),
      changed: earlier ? differencesOf(earlier, quote) : [],
    };
    return { kind: 'accepted', value };
  },
});
