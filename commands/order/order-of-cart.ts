import type { z } from 'zod';
import type { CartState } from '../../domain/cart';
import {
  later,
  type Instant,
  type Millis,
  type OrderId,
  type PromotionId,
  type SerialNumber,
} from '../../domain/kernel';
import { order, type OrderCommand, type OrderEvent } from '../../domain/order';
import type { CommandContext, Executed } from '../../platform/execution';
import { orderIdOfCart, paymentId as paymentIdOf } from '../../platform/ids';
import { sellableProduct } from '../catalogue/catalogue';
import {
  deliveryFields,
  deliveryOf,
  deliveryRejections,
  isRefused,
  type Delivery,
  type DeliveryDeps,
} from '../delivery/delivery';
import { applicableRejections, loadOffer, reserveUses } from '../promotion';
import type { Rejection } from '../rejections';
import { consignmentOf, shippingOf, type SentLine, type ShippingRefusal } from '../shipping';
import { taxTermsOf, type TaxDeps } from '../tax';
import {
  callerIdSchema,
  moneySchema,
  paymentMethodSchema,
  shippingMethodIdSchema,
  textSchema,
  warehouseIdSchema,
} from '../use-case/input';
import { rejected, type Rejected } from '../use-case/outcome';
import { isWarehouse } from '../warehouse';
import { customerWordsFields } from './customer-words';

export type CartOrderDeps = DeliveryDeps &
  TaxDeps & {
    /** The time after which an unpaid order expires. */
    readonly payWithin: Millis;
  };

/** The part of an order on which its price depends, besides the cart. */
export const pricedFields = {
  customerId: callerIdSchema,
  ...deliveryFields,
  shippingMethodId: shippingMethodIdSchema
    .describe(
      'The method by which the order is sent. Needed where the shop offers methods in the currency of the cart.',
    )
    .exactOptional(),
};

export const orderedFields = {
  ...pricedFields,
  ...customerWordsFields,
  carrierAccount: textSchema(100).min(1).describe("The customer's account with the carrier.").exactOptional(),
  paymentMethod: paymentMethodSchema
    .describe('Pays the order at once: `test` on the embedded default. The order is not paid where absent.')
    .exactOptional(),
  warehouseId: warehouseIdSchema
    .describe('The warehouse to prefer. The nearest one with the goods is chosen where absent.')
    .exactOptional(),
  expectedTotal: moneySchema
    .describe('The total that the customer has seen. The order is rejected if it would cost more or less.')
    .exactOptional(),
};

type Given = z.output<z.ZodObject<typeof orderedFields>>;
export type OrderedInput = Omit<Given, 'expectedTotal'> & Partial<Pick<PlaceOrder, 'expectedTotal'>>;

export type PlaceOrder = Extract<OrderCommand, { type: 'PlaceOrder' }>;
type OrderedLine = PlaceOrder['lines'][number];
type SoldLine = OrderedLine & SentLine & { readonly category: string };

/** The terms of an order: its prices, by line in the order of the cart, and all that is added or taken off. */
export type Terms = Pick<PlaceOrder, 'promotions' | 'shipping' | 'taxTerms'> & {
  readonly lines: readonly Pick<OrderedLine, 'unitPrice' | 'currentPrice' | 'discount' | 'taxCategory'>[];
};

/** A cart whose goods are sold and whose order could be sent. `lines`: as the customer saw them, with the present prices. */
export type CartToOrder = Delivery & {
  readonly input: OrderedInput;
  readonly full: CartState;
  readonly orderId: OrderId;
  readonly lines: readonly SoldLine[];
  readonly at: Instant;
};

/** The rejections of a cart that cannot become an order. */
export const cartOrderRejections = [
  'CART_EMPTY',
  'PRODUCT_NOT_FOUND',
  'PRODUCT_DISCONTINUED',
  'WAREHOUSE_NOT_FOUND',
  'SHIPPING_METHOD_REQUIRED',
  'SHIPPING_METHOD_NOT_OFFERED',
  ...deliveryRejections,
  ...applicableRejections,
  // Of the decider.
  'ORDER_EMPTY',
  'ORDER_TOO_LARGE',
  'ORDER_CURRENCY_MIXED',
  'QUANTITY_OUT_OF_RANGE',
  'PRICE_NOT_POSITIVE',
] as const;

type CartRejected =
  | Rejected<'CART_EMPTY'>
  | Rejected<'PRODUCT_NOT_FOUND'>
  | Rejected<'PRODUCT_DISCONTINUED'>
  | Rejected<'WAREHOUSE_NOT_FOUND'>
  | ShippingRefusal
  | Rejected<(typeof deliveryRejections)[number]>
  | Rejected<(typeof applicableRejections)[number]>;

export type NotPlaced = Exclude<Executed<OrderEvent, Rejection>, { kind: 'accepted' }>;

/** Returns the cart's lines as the customer saw them, with the present prices. */
const linesOf = async (
  { aggregates }: CartOrderDeps,
  { lines }: CartState,
): Promise<
  | { readonly kind: 'found'; readonly lines: readonly SoldLine[] }
  | Exclude<Awaited<ReturnType<typeof sellableProduct>>, { kind: 'found' }>
> => {
  const sold = await Promise.all(
    lines.map(async (line) => ({ line, goods: await sellableProduct(aggregates, line.productId) })),
  );
  const found: SoldLine[] = [];
  for (const { line, goods } of sold) {
    if (goods.kind !== 'found') return goods;
    const { number: productNumber, price: currentPrice, ...facts } = goods.product;
    const { sellerId, category, weightGrams, taxCategory } = facts;
    found.push({ ...line, productNumber, currentPrice, sellerId, category, weightGrams, taxCategory });
  }
  return { kind: 'found', lines: found };
};

/** Returns the cart with all that its order needs but the price; or the reason why it cannot become one. */
export const cartToOrder = async (
  deps: CartOrderDeps,
  input: OrderedInput,
  full: CartState,
): Promise<CartToOrder | CartRejected> => {
  const { customerId, warehouseId } = input;
  if (full.lines.length === 0) return rejected({ code: 'CART_EMPTY' });
  const sold = await linesOf(deps, full);
  if (sold.kind === 'rejected') return sold;
  if (warehouseId !== undefined && !(await isWarehouse(deps, warehouseId)))
    return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
  const delivery = await deliveryOf(deps, customerId, input);
  if (isRefused(delivery)) return delivery;
  const orderId = orderIdOfCart(customerId, full.generation);
  return { input, full, orderId, lines: sold.lines, ...delivery, at: deps.clock.now() };
};

/** Returns the cart as it is if the customer accepts the present prices, with any total. */
export const atPresentPrices = (cart: CartToOrder): CartToOrder => ({
  ...cart,
  input: { ...cart.input, expectedTotal: undefined },
  lines: cart.lines.map((line) => ({ ...line, unitPrice: line.currentPrice })),
});

/** The terms of now. `limited`: the promotions of which the order must reserve a use first. */
type TermsNow = { readonly terms: Terms; readonly limited: readonly PromotionId[] };

/** @param without - automatic promotions whose last uses other orders have taken meanwhile. */
const termsNow = async (
  deps: CartOrderDeps,
  { input, full, lines, destination, shipTo, at }: CartToOrder,
  without: readonly PromotionId[],
  context: CommandContext,
): Promise<TermsNow | CartRejected> => {
  const { customerId, shippingMethodId } = input;
  const offer = await loadOffer(deps, { ...full, customerId, lines, without, at }, context);
  // The customer has seen the total with the coupon.
  if (offer.refusal !== undefined) return rejected(offer.refusal);
  const goods = { ...consignmentOf(lines, offer.discounts), destination };
  const sent = await shippingOf(deps, shippingMethodId, goods);
  if ('kind' in sent) return sent;
  const terms = {
    lines: lines.map(({ unitPrice, currentPrice, taxCategory }, index) => ({
      ...{ unitPrice, currentPrice, taxCategory },
      discount: { amountMinor: offer.discounts[index] ?? 0, currency: unitPrice.currency },
    })),
    promotions: offer.promotions,
    shipping: sent.shipping,
    taxTerms: await taxTermsOf(deps, { customerId, shipTo, at }),
  };
  return { terms, limited: offer.limited };
};

/** Returns the command that orders a cart on some terms. */
export const orderOn = (
  { payWithin }: CartOrderDeps,
  { input, full, orderId, lines, destination, shipTo, at }: CartToOrder,
  { lines: priced, ...terms }: Terms,
  { number, commandId }: { readonly number: SerialNumber; readonly commandId: string },
): PlaceOrder => {
  const { customerId, carrierAccount, expectedTotal, warehouseId, paymentMethod, noteToSeller, gift } = input;
  return {
    type: 'PlaceOrder',
    ...{ orderId, number, customerId, cartGeneration: full.generation },
    lines: lines.map((line, index) => ({ ...line, ...priced[index] })),
    ...terms,
    ...{ destination, shipTo, noteToSeller, gift, carrierAccount, expectedTotal, warehouseId, paymentMethod },
    paymentId: paymentMethod === undefined ? undefined : paymentIdOf(orderId, commandId),
    payBy: later(at, payWithin),
    at,
  };
};

/** The way in which a cart is ordered. */
export type Ordering = {
  readonly number: SerialNumber;
  /** The time until which the order can be placed with its uses of limited promotions. Default: at once. */
  readonly until?: Instant | undefined;
  readonly without?: readonly PromotionId[];
};

/** Returns the facts of the order if the command were accepted; or the rejection. */
export const decided = (command: PlaceOrder) => {
  const decision = order.decide(command, order.initial);
  if (!decision.ok) return { kind: 'rejected', rejection: decision.rejection } as const;
  const [placed] = decision.events;
  if (placed?.type !== 'OrderPlaced') throw new Error('An order that is accepted is placed');
  return { kind: 'placed', data: placed.data } as const;
};

/** Reserves the uses of limited promotions for an order that will be accepted, unless it exists already. */
const reserve = async (
  deps: CartOrderDeps,
  { command, limited }: { readonly command: PlaceOrder; readonly limited: readonly PromotionId[] },
  until: Instant | undefined,
  context: CommandContext,
): Promise<NotPlaced | undefined> => {
  if (limited.length === 0) return undefined;
  // An order that will be refused must not hold a use that another one could have.
  const checked = decided(command);
  if (checked.kind === 'rejected') return checked;
  const { orderId, customerId } = command;
  // A repeat must not reserve what the order that exists was placed without.
  if ((await deps.aggregates.of(order).load(orderId)).progress !== 'NONE') return undefined;
  return reserveUses(deps, { orderId, customerId, promotionIds: limited, until }, context);
};

/**
 * Returns the order of a cart on the terms of now, with its uses reserved, or the reason why it cannot be placed. An automatic
 * promotion that another order has used up meanwhile is left out: the customer has not requested it, and `expectedTotal` says what
 * they have seen.
 */
export const reservedOrder = async (
  deps: CartOrderDeps,
  cart: CartToOrder,
  ordering: Ordering,
  context: CommandContext,
): Promise<PlaceOrder | NotPlaced> => {
  const { number, until, without = [] } = ordering;
  const now = await termsNow(deps, cart, without, context);
  if ('kind' in now) return now;
  const { terms, limited } = now;
  const command = orderOn(deps, cart, terms, { number, commandId: context.commandId });
  const refusal = await reserve(deps, { command, limited }, until, context);
  if (refusal === undefined) return command;
  const lost = limited.find(
    (id) =>
      id !== cart.full.coupon?.promotionId &&
      refusal.kind === 'rejected' &&
      'promotionId' in refusal.rejection &&
      refusal.rejection.promotionId === id,
  );
  return lost === undefined
    ? refusal
    : reservedOrder(deps, cart, { ...ordering, without: [...without, lost] }, context);
};
