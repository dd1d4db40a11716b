import { z } from 'zod';
import { cart, type CartState } from '../../domain/cart';
import { later, type Millis, type OrderId } from '../../domain/kernel';
import { order, type OrderCommand, type OrderEvent, type OrderPlaced } from '../../domain/order';
import { warehouse } from '../../domain/warehouse';
import type { Position } from '../../platform/event-store';
import { orderIdOfCart, paymentId as paymentIdOf } from '../../platform/ids';
import type { Logger } from '../../platform/telemetry';
import type { Executed, CommandContext } from '../../platform/execution';
import { sellableProduct } from '../catalogue';
import {
  callerIdSchema,
  orderIdSchema,
  paymentMethodSchema,
  placeSchema,
  textSchema,
  warehouseIdSchema,
} from '../input';
import type { Numbers } from '../numbering';
import { notAccepted, rejected, type Rejected } from '../outcome';
import type { Rejection } from '../rejections';
import { useCase } from '../use-case';
import { refusalOfMethod, type PayDeps } from './attempt-payment';
import { checkOutCart, checkOutContext } from './check-out-cart';
import { payAtOnce } from './pay-at-once';

export type PlaceOrderDeps = PayDeps & {
  readonly numbers: Numbers;
  readonly logger: Logger;
  /** The time after which an unpaid order expires. */
  readonly payWithin: Millis;
};

const inputSchema = z.object({
  customerId: callerIdSchema,
  destination: placeSchema.describe('The place where the order is delivered.'),
  carrierAccount: textSchema(100).min(1).describe("The customer's account with the carrier.").exactOptional(),
  paymentMethod: paymentMethodSchema
    .describe('Pays the order at once: `test` on the embedded default. The order is not paid where absent.')
    .exactOptional(),
  warehouseId: warehouseIdSchema
    .describe('The warehouse to prefer. The nearest one with the goods is chosen where absent.')
    .exactOptional(),
});

type PlaceOrder = Extract<OrderCommand, { type: 'PlaceOrder' }>;
type Lines = PlaceOrder['lines'];

/** Returns the cart's lines as the customer saw them, with the present prices. */
const linesOf = async (
  { aggregates }: PlaceOrderDeps,
  { lines }: CartState,
): Promise<
  | { readonly kind: 'found'; readonly lines: Lines }
  | Exclude<Awaited<ReturnType<typeof sellableProduct>>, { kind: 'found' }>
> => {
  const sold = await Promise.all(
    lines.map(async (line) => ({ line, goods: await sellableProduct(aggregates, line.productId) })),
  );
  const found: Lines[number][] = [];
  for (const { line, goods } of sold) {
    if (goods.kind !== 'found') return goods;
    const { number: productNumber, price: currentPrice, sellerId } = goods.product;
    found.push({ ...line, productNumber, currentPrice, sellerId });
  }
  return { kind: 'found', lines: found };
};

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

type CartRejected =
  | Rejected<'CART_EMPTY'>
  | Rejected<'PRODUCT_NOT_FOUND'>
  | Rejected<'PRODUCT_DISCONTINUED'>
  | Rejected<'WAREHOUSE_NOT_FOUND'>;

/** Returns the order of a cart, or the reason why it cannot become one. */
const orderFrom = async (
  deps: PlaceOrderDeps,
  { customerId, destination, carrierAccount, warehouseId, paymentMethod }: Input,
  full: CartState,
  { commandId }: CommandContext,
): Promise<PlaceOrder | CartRejected> => {
  if (full.lines.length === 0) return rejected({ code: 'CART_EMPTY' });
  const priced = await linesOf(deps, full);
  if (priced.kind === 'rejected') return priced;
  const { aggregates, clock, numbers, payWithin } = deps;
  if (warehouseId !== undefined && (await aggregates.of(warehouse).load(warehouseId)).status === 'NONE')
    return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
  const { generation } = full;
  const orderId = orderIdOfCart(customerId, generation);
  const at = clock.now();
  return {
    type: 'PlaceOrder',
    orderId,
    number: await numbers.next('order'),
    customerId,
    cartGeneration: generation,
    lines: priced.lines,
    destination,
    carrierAccount,
    warehouseId,
    paymentMethod,
    paymentId: paymentMethod === undefined ? undefined : paymentIdOf(orderId, commandId),
    payBy: later(at, payWithin),
    at,
  };
};

/** Places the order; if its cart is rejected, a repeat still finds the order that it placed before. */
const place = async (
  { aggregates }: PlaceOrderDeps,
  orderId: OrderId,
  command: PlaceOrder | CartRejected,
  context: CommandContext,
): Promise<Executed<OrderEvent, Rejection>> => {
  if ('type' in command) return aggregates.of(order).execute(orderId, command, context, { assumeNew: true });
  const before = await aggregates.of(order).effectOf(orderId, context.commandId);
  return before === undefined ? command : { kind: 'accepted', ...before };
};

export const placeOrder = useCase({
  summary:
    "Orders what is in the caller's cart, at the prices that the customer saw. With a payment method the order is paid at once; a declined payment leaves it unpaid.",
  allow: { by: 'owner', or: 'order:place' },
  input: inputSchema,
  success: z.object({ orderId: orderIdSchema }),
  rejections: [
    'CART_EMPTY',
    'ORDER_EMPTY',
    'ORDER_ALREADY_PLACED',
    'ORDER_TOO_LARGE',
    'ORDER_CURRENCY_MIXED',
    'QUANTITY_OUT_OF_RANGE',
    'PRICE_NOT_POSITIVE',
    'PRICE_CHANGED',
    'PRODUCT_NOT_FOUND',
    'PRODUCT_DISCONTINUED',
    'PLACE_OUT_OF_RANGE',
    'WAREHOUSE_NOT_FOUND',
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
    const order = await orderFrom(deps, input, full, context);
    const executed = await place(deps, orderId, order, context);
    if (executed.kind !== 'accepted') return notAccepted(executed);
    // By the lines of the order, because a repeat may have read a cart with more by now.
    const placed = executed.events.find((event) => event.type === 'OrderPlaced');
    const position = (placed && (await checkOut(deps, placed.data, context))) ?? executed.position;
    // A declined payment does not undo the order: the answer is the order, which can be paid in another way until it expires.
    return payAtOnce(deps, { orderId, paymentMethod, position }, context);
  },
});
