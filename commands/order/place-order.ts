import { z } from 'zod';
import { cart, type CartState } from '../../domain/cart';
import { later, type Millis, type OrderId, type PromotionId } from '../../domain/kernel';
import { order, type OrderCommand, type OrderEvent, type OrderPlaced } from '../../domain/order';
import type { Position } from '../../platform/event-store';
import { orderIdOfCart, paymentId as paymentIdOf } from '../../platform/ids';
import type { Logger } from '../../platform/telemetry';
import type { Executed, CommandContext } from '../../platform/execution';
import { sellableProduct } from '../catalogue/catalogue';
import {
  deliveryFields,
  deliveryOf,
  deliveryRejections,
  isRefused,
  type DeliveryDeps,
} from '../delivery/delivery';
import {
  callerIdSchema,
  moneySchema,
  orderIdSchema,
  paymentMethodSchema,
  shippingMethodIdSchema,
  textSchema,
  warehouseIdSchema,
} from '../use-case/input';
import type { Numbers } from '../numbering';
import { notAccepted, rejected, type Rejected } from '../use-case/outcome';
import { applicableRejections, loadOffer, reserveUses } from '../promotion';
import type { Rejection } from '../rejections';
import { consignmentOf, shippingOf, type SentLine, type ShippingRefusal } from '../shipping';
import { taxTermsOf, type TaxDeps } from '../tax';
import { useCase } from '../use-case/use-case';
import { isWarehouse } from '../warehouse';
import { refusalOfMethod, type PayDeps } from './attempt-payment';
import { checkOutCart, checkOutContext } from './check-out-cart';
import { customerWordsFields } from './customer-words';
import { payAtOnce } from './pay-at-once';

export type PlaceOrderDeps = PayDeps &
  DeliveryDeps &
  TaxDeps & {
    readonly numbers: Numbers;
    readonly logger: Logger;
    /** The time after which an unpaid order expires. */
    readonly payWithin: Millis;
  };

const inputSchema = z.object({
  customerId: callerIdSchema,
  ...deliveryFields,
  ...customerWordsFields,
  carrierAccount: textSchema(100).min(1).describe("The customer's account with the carrier.").exactOptional(),
  paymentMethod: paymentMethodSchema
    .describe('Pays the order at once: `test` on the embedded default. The order is not paid where absent.')
    .exactOptional(),
  warehouseId: warehouseIdSchema
    .describe('The warehouse to prefer. The nearest one with the goods is chosen where absent.')
    .exactOptional(),
  shippingMethodId: shippingMethodIdSchema
    .describe(
      'The method by which the order is sent. Needed where the shop offers methods in the currency of the cart.',
    )
    .exactOptional(),
  expectedTotal: moneySchema
    .describe('The total that the customer has seen. The order is rejected if it would cost more or less.')
    .exactOptional(),
});

type PlaceOrder = Extract<OrderCommand, { type: 'PlaceOrder' }>;
type PricedLine = PlaceOrder['lines'][number] & SentLine & { readonly category: string };

/** Returns the cart's lines as the customer saw them, with the present prices. */
const linesOf = async (
  { aggregates }: PlaceOrderDeps,
  { lines }: CartState,
): Promise<
  | { readonly kind: 'found'; readonly lines: readonly PricedLine[] }
  | Exclude<Awaited<ReturnType<typeof sellableProduct>>, { kind: 'found' }>
> => {
  const sold = await Promise.all(
    lines.map(async (line) => ({ line, goods: await sellableProduct(aggregates, line.productId) })),
  );
  const found: PricedLine[] = [];
  for (const { line, goods } of sold) {
    if (goods.kind !== 'found') return goods;
    const { number: productNumber, price: currentPrice, ...facts } = goods.product;
    const { sellerId, category, weightGrams, taxCategory } = facts;
    found.push({ ...line, productNumber, currentPrice, sellerId, category, weightGrams, taxCategory });
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
  | Rejected<'WAREHOUSE_NOT_FOUND'>
  | ShippingRefusal
  | Rejected<(typeof deliveryRejections)[number]>
  | Rejected<(typeof applicableRejections)[number]>;

/** A cart that is being ordered. `without`: automatic promotions whose last uses other orders have taken meanwhile. */
type Ordering = {
  readonly input: Input;
  readonly full: CartState;
  readonly without: readonly PromotionId[];
};

/** The order of a cart. `limited`: the promotions of which it must reserve a use first. */
type CartOrder = { readonly command: PlaceOrder; readonly limited: readonly PromotionId[] };

/** Returns the order of a cart, or the reason why it cannot become one. */
const orderFrom = async (
  deps: PlaceOrderDeps,
  { input, full, without }: Ordering,
  context: CommandContext,
): Promise<CartOrder | CartRejected> => {
  const { customerId, warehouseId, paymentMethod, shippingMethodId, carrierAccount, expectedTotal } = input;
  if (full.lines.length === 0) return rejected({ code: 'CART_EMPTY' });
  const priced = await linesOf(deps, full);
  if (priced.kind === 'rejected') return priced;
  const { clock, numbers, payWithin } = deps;
  if (warehouseId !== undefined && !(await isWarehouse(deps, warehouseId)))
    return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
  const { generation } = full;
  const orderId = orderIdOfCart(customerId, generation);
  const at = clock.now();
  const { lines } = priced;
  const offer = await loadOffer(deps, { ...full, customerId, lines, without, at }, context);
  // The customer has seen the total with the coupon.
  if (offer.refusal !== undefined) return rejected(offer.refusal);
  const delivery = await deliveryOf(deps, customerId, input);
  if (isRefused(delivery)) return delivery;
  const goods = { ...consignmentOf(lines, offer.discounts), destination: delivery.destination };
  const sent = await shippingOf(deps, shippingMethodId, goods);
  if ('kind' in sent) return sent;
  const command: PlaceOrder = {
    type: 'PlaceOrder',
    orderId,
    number: await numbers.next('order'),
    customerId,
    cartGeneration: generation,
    lines: lines.map((line, index) => ({
      ...line,
      discount: { amountMinor: offer.discounts[index] ?? 0, currency: line.unitPrice.currency },
    })),
    promotions: offer.promotions,
    shipping: sent.shipping,
    taxTerms: await taxTermsOf(deps, { customerId, shipTo: delivery.shipTo, at }),
    ...delivery,
    noteToSeller: input.noteToSeller,
    gift: input.gift,
    carrierAccount,
    expectedTotal,
    warehouseId,
    paymentMethod,
    paymentId: paymentMethod === undefined ? undefined : paymentIdOf(orderId, context.commandId),
    payBy: later(at, payWithin),
    at,
  };
  return { command, limited: offer.limited };
};

type NotPlaced = Exclude<Executed<OrderEvent, Rejection>, { kind: 'accepted' }>;

/** Reserves the uses of limited promotions for an order that will be accepted, unless it exists already. */
const reserve = async (
  deps: PlaceOrderDeps,
  { command, limited }: CartOrder,
  context: CommandContext,
): Promise<NotPlaced | undefined> => {
  if (limited.length === 0) return undefined;
  // An order that will be refused must not hold a use that another one could have.
  const checked = order.decide(command, order.initial);
  if (!checked.ok) return { kind: 'rejected', rejection: checked.rejection };
  const { orderId, customerId } = command;
  // A repeat must not reserve what the order that exists was placed without.
  if ((await deps.aggregates.of(order).load(orderId)).progress !== 'NONE') return undefined;
  return reserveUses(deps, { orderId, customerId, promotionIds: limited }, context);
};

/**
 * Returns the order of a cart, with its uses reserved, or the reason why it cannot be placed. An automatic promotion that another
 * order has used up meanwhile is left out: the customer has not requested it, and `expectedTotal` says what they have seen.
 */
const reservedOrder = async (
  deps: PlaceOrderDeps,
  ordering: Ordering,
  context: CommandContext,
): Promise<PlaceOrder | NotPlaced> => {
  const ordered = await orderFrom(deps, ordering, context);
  if (!('command' in ordered)) return ordered;
  const { command, limited } = ordered;
  const refusal = await reserve(deps, ordered, context);
  if (refusal === undefined) return command;
  const { full, without } = ordering;
  const lost = limited.find(
    (id) =>
      id !== full.coupon?.promotionId &&
      refusal.kind === 'rejected' &&
      'promotionId' in refusal.rejection &&
      refusal.rejection.promotionId === id,
  );
  return lost === undefined
    ? refusal
    : reservedOrder(deps, { ...ordering, without: [...without, lost] }, context);
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
    'TOTAL_CHANGED',
    ...applicableRejections,
    'PRODUCT_NOT_FOUND',
    'PRODUCT_DISCONTINUED',
    ...deliveryRejections,
    'WAREHOUSE_NOT_FOUND',
    'SHIPPING_METHOD_REQUIRED',
    'SHIPPING_METHOD_NOT_OFFERED',
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
    const ordered = await reservedOrder(deps, { input, full, without: [] }, context);
    const executed = await place(deps, orderId, ordered, context);
    if (executed.kind !== 'accepted') return notAccepted(executed);
    // By the lines of the order, because a repeat may have read a cart with more by now.
    const placed = executed.events.find((event) => event.type === 'OrderPlaced');
    const position = (placed && (await checkOut(deps, placed.data, context))) ?? executed.position;
    // A declined payment does not undo the order: the answer is the order, which can be paid in another way until it expires.
    return payAtOnce(deps, { orderId, paymentMethod, position }, context);
  },
});
