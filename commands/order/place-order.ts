import { z } from 'zod';
import { cart, type CartState } from '../../domain/cart';
import { epochMsOf, type OrderId } from '../../domain/kernel';
import { order, type OrderEvent, type OrderPlaced } from '../../domain/order';
import type { Position } from '../../platform/event-store';
import { orderIdOfCart } from '../../platform/ids';
import type { Logger } from '../../platform/telemetry';
import type { Executed, CommandContext } from '../../platform/execution';
import { orderIdSchema } from '../use-case/input';
import type { Numbers } from '../numbering';
import { notAccepted, rejected } from '../use-case/outcome';
import type { Rejection } from '../rejections';
import { useCase } from '../use-case/use-case';
import { refusalOfMethod, type PayDeps } from './attempt-payment';
import { checkOutCart, checkOutContext } from './check-out-cart';
import {
  cartOrderRejections,
  cartToOrder,
  orderedFields,
  orderOn,
  reservedOrder,
  type CartToOrder,
  type NotPlaced,
  type PlaceOrder,
} from './order-of-cart';
import { payAtOnce } from './pay-at-once';
import { differencesOf, isQuoteOf, quoteSchema, readQuote, signedQuote, termsOf } from './quote';
import { quoteNow, type QuoteDeps } from './quote-cart';

export type PlaceOrderDeps = PayDeps &
  QuoteDeps & {
    readonly numbers: Numbers;
    readonly logger: Logger;
  };

const inputSchema = z.object({
  ...orderedFields,
  quote: quoteSchema
    .describe(
      'A quote of the cart for the same delivery. While it is valid, the order costs exactly that. Afterwards it is placed if it still costs the same.',
    )
    .exactOptional(),
});

/**
 * Checks the cart out. The order exists already, so the check-out reactor finishes a failed check-out.
 *
 * @returns the store's position after it, if known.
 */
const checkOut = async (
  deps: PlaceOrderDeps,
  placed: OrderPlaced['data'],
  context: CommandContext,
): Promise<Position | undefined> => {
  try {
    const checkedOut = await checkOutCart(deps, placed, context);
    return checkedOut?.kind === 'accepted' ? checkedOut.position : undefined;
  } catch (error) {
    deps.logger.warn({ error, orderId: placed.orderId }, 'The cart is checked out later');
    return undefined;
  }
};

type Input = z.output<typeof inputSchema>;

/**
 * Returns the order of a cart on the terms of a quote. Its uses of promotions have been held since the quote was made. Once the
 * quote has ended, the order is that of now, if it costs the same; if not, the rejection has a new quote.
 */
const quotedOrder = async (
  deps: PlaceOrderDeps,
  found: CartToOrder,
  given: string,
  context: CommandContext,
): Promise<PlaceOrder | NotPlaced> => {
  const quote = await readQuote(deps, given);
  if (quote === undefined || !isQuoteOf(quote, found)) return rejected({ code: 'QUOTE_NOT_VALID' });
  const numbered = async () => ({
    number: await deps.numbers.next('order'),
    commandId: context.commandId,
  });
  if (epochMsOf(found.at) < epochMsOf(quote.validUntil))
    return orderOn(deps, found, termsOf(quote), await numbered());
  const now = await quoteNow(deps, found, context);
  if ('kind' in now) return now;
  const changed = differencesOf(quote, now.quote);
  if (changed.length === 0) return orderOn(deps, found, termsOf(now.quote), await numbered());
  return rejected({
    code: 'QUOTE_EXPIRED',
    ...{ changed, was: quote.total, now: now.quote.total },
    ...{ quote: await signedQuote(deps, now.quote), validUntil: now.quote.validUntil },
  });
};

/** Returns the order of a cart, or the reason why it cannot be placed. */
const orderOf = async (
  deps: PlaceOrderDeps,
  { input: { quote, ...input }, full }: { readonly input: Input; readonly full: CartState },
  context: CommandContext,
): Promise<PlaceOrder | NotPlaced> => {
  const found = await cartToOrder(deps, input, full);
  if ('kind' in found) return found;
  if (quote !== undefined) return quotedOrder(deps, found, quote, context);
  return reservedOrder(deps, found, { number: await deps.numbers.next('order') }, context);
};

/** Places the order; if its cart is rejected, a repeat still finds the order that it placed before. */
const place = async (
  deps: PlaceOrderDeps,
  orderId: OrderId,
  ordered: PlaceOrder | NotPlaced,
  context: CommandContext,
): Promise<Executed<OrderEvent, Rejection>> => {
  const orders = deps.aggregates.of(order);
  if ('type' in ordered) return orders.execute(orderId, ordered, context, { assumeNew: true });
  const before = await orders.effectOf(orderId, context.commandId);
  return before === undefined ? ordered : { kind: 'accepted', ...before };
};

export const placeOrder = useCase({
  summary:
    "Orders what is in the caller's cart, at the prices that the customer saw, or at those of a quote. With a payment method the order is paid at once; a declined payment leaves it unpaid.",
  allow: { by: 'owner', or: 'order:place' },
  input: inputSchema,
  success: z.object({ orderId: orderIdSchema }),
  rejections: [
    ...cartOrderRejections,
    'ORDER_ALREADY_PLACED',
    'PRICE_CHANGED',
    'TOTAL_CHANGED',
    'QUOTE_NOT_VALID',
    'QUOTE_EXPIRED',
    'PAYMENT_METHOD_UNKNOWN',
  ],
  handle: async (input, context, deps: PlaceOrderDeps) => {
    const { customerId, paymentMethod } = input;
    const refusal = paymentMethod === undefined ? undefined : refusalOfMethod(deps, paymentMethod);
    if (refusal) return refusal;

    // A repeat finds that it has checked out its cart, and that the next one has begun. The cart is read before that
    // check, so that a check-out in between is not missed.
    const { aggregates } = deps;
    const full = await aggregates.of(cart).load(customerId);
    const effect = await aggregates.of(cart).effectOf(customerId, checkOutContext(context).commandId);
    const [repeated] = effect?.events ?? [];
    if (repeated?.type === 'CartCheckedOut') {
      const { orderId } = repeated.data;
      return payAtOnce(deps, { orderId, paymentMethod, position: effect?.position }, context);
    }

    const orderId = orderIdOfCart(customerId, full.generation);
    const ordered = await orderOf(deps, { input, full }, context);
    const executed = await place(deps, orderId, ordered, context);
    if (executed.kind !== 'accepted') return notAccepted(executed);
    // By the lines of the order, because a repeat may have read a cart with more by now.
    const placed = executed.events.find((event) => event.type === 'OrderPlaced');
    const position = (placed && (await checkOut(deps, placed.data, context))) ?? executed.position;
    // A declined payment does not undo the order: the answer is the order, which can be paid in another way until it expires.
    return payAtOnce(deps, { orderId, paymentMethod, position }, context);
  },
});
