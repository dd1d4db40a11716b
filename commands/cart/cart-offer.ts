import { z } from 'zod';
import { cart, type CartState } from '../../domain/cart';
import { money, type TaxCategory } from '../../domain/money';
import { orderTotalOf, withTax } from '../../domain/order';
import type { AccountId } from '../../domain/kernel';
import { product } from '../../domain/product';
import { promotion, type OfferedLine } from '../../domain/promotion';
import type { Aggregates } from '../../platform/execution';
import { promotionIdOfCoupon } from '../../platform/ids';
import {
  deliveryFields,
  deliveryOf,
  isRefused,
  type Delivery,
  type DeliveryDeps,
  type DeliveryWish,
} from '../delivery/delivery';
import { named, ofKind } from '../use-case/fields';
import {
  callerIdSchema,
  countrySchema,
  couponSchema,
  moneySchema,
  nameSchema,
  placeSchema,
  productIdSchema,
  promotionIdSchema,
  shippingMethodIdSchema,
  taxCategorySchema,
  textSchema,
} from '../use-case/input';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { applicableRejections, loadOffer } from '../promotion';
import { messageOf } from '../rejections';
import { consignmentOf, shippingOptionsOf, type SentLine } from '../shipping';
import { taxTermsOf, type TaxDeps } from '../tax';
import { useCase } from '../use-case/use-case';

/**
 * Returns the lines of a cart with the categories, the tax categories and the weights of their products. A product that is not sold any more is in no
 * category.
 */
const offeredLines = (
  aggregates: Aggregates,
  { lines }: CartState,
): Promise<readonly (OfferedLine & SentLine & { readonly taxCategory?: TaxCategory | undefined })[]> =>
  Promise.all(
    lines.map(async (line) => {
      const state = await aggregates.of(product).load(line.productId);
      if (state.status === 'NONE') return { ...line, category: '' };
      const { category, weightGrams, taxCategory } = state;
      return { ...line, category, weightGrams, taxCategory };
    }),
  );

const offeredLine = named(
  'OfferedLine',
  'The discount of a line of a cart.',
  z.object({
    productId: productIdSchema,
    discount: moneySchema.describe('The sum that promotions take off the price of all pieces.'),
  }),
);

export const appliedPromotion = named(
  'AppliedPromotion',
  'A promotion of an order, with the sum that it takes off.',
  z.object({
    promotionId: promotionIdSchema,
    name: nameSchema.describe('The name of the promotion.'),
    coupon: couponSchema.exactOptional(),
    amount: moneySchema.describe('The sum that it takes off all lines together.'),
  }),
);

const shippingOption = named(
  'ShippingOption',
  'A method by which the order can be sent.',
  z.object({
    shippingMethodId: shippingMethodIdSchema,
    name: nameSchema.describe('The name of the method.'),
    charge: moneySchema
      .describe('The charge. Absent where it depends on a destination that was not given.')
      .exactOptional(),
  }),
);

const taxEntry = named(
  'TaxEntry',
  'The sums of an order that are taxed at one rate.',
  z.object({
    category: taxCategorySchema,
    rateHundredths: ofKind('quantity', z.number()).describe(
      'The rate in hundredths of a per cent: 1900 is 19 %.',
    ),
    net: moneySchema.describe('The sum without the tax.'),
    tax: moneySchema.describe('The tax.'),
  }),
);

export const orderTax = named(
  'OrderTax',
  'The tax of an order.',
  z.object({
    country: countrySchema.describe('The country whose tax it is: two letters, ISO 3166-1.'),
    isIncluded: ofKind('flag', z.boolean()).describe(
      'Whether the prices and the charge of the shipping contain the tax. If not, it is added to the total.',
    ),
    entries: z.array(taxEntry).readonly().describe('The sums by rate.'),
  }),
);

const problem = named(
  'CouponProblem',
  'The reason why a coupon does not apply.',
  z.object({
    code: textSchema(100).describe('The code of the rejection.'),
    message: textSchema(1_000).describe('The reason with its remedy, for people.'),
  }),
);

/** Returns where an order would go; undefined while no address or place is complete. */
const knownDelivery = async (
  deps: DeliveryDeps,
  customerId: AccountId,
  wish: DeliveryWish,
): Promise<Delivery | undefined> => {
  const delivery = await deliveryOf(deps, customerId, wish);
  return isRefused(delivery) ? undefined : delivery;
};

export const offerUseCases = {
  offerCart: useCase({
    summary:
      "Calculates what the caller's cart costs with the promotions that apply to it now, at the prices that the customer saw, and what it costs to send it.",
    allow: { by: 'owner', or: 'cart:read' },
    internal: true,
    input: z.object({
      customerId: callerIdSchema,
      ...deliveryFields,
      shippingMethodId: shippingMethodIdSchema
        .describe('The method by which the order would be sent.')
        .exactOptional(),
    }),
    success: z.object({
      lines: z.array(offeredLine).readonly().describe('The lines of the cart, in its order.'),
      promotions: z
        .array(appliedPromotion)
        .readonly()
        .describe('The promotions, in the order in which they apply.'),
      goods: moneySchema.describe('The price of all lines before the promotions.').exactOptional(),
      discount: moneySchema.describe('The sum that all promotions take off.').exactOptional(),
      shippingOptions: z
        .array(shippingOption)
        .readonly()
        .describe(
          'The methods by which the order can be sent. One of them must be chosen, if there are any.',
        ),
      shipping: moneySchema
        .describe('The charge of the chosen method. Absent while it is unknown, or none is chosen.')
        .exactOptional(),
      tax: orderTax
        .describe(
          'The tax of the order, of the goods after discounts and of the shipping. Absent where none is due.',
        )
        .exactOptional(),
      total: moneySchema
        .describe(
          'The total of the order, if it were placed now, with the charge of the chosen method and the tax that the prices do not contain. Absent for an empty cart, as are the other sums.',
        )
        .exactOptional(),
      destination: placeSchema
        .describe('The place where the order would be delivered. Absent while it is unknown.')
        .exactOptional(),
      coupon: couponSchema.describe('The code of the coupon that the customer has given.').exactOptional(),
      problem: problem.describe('The reason why the coupon does not apply.').exactOptional(),
    }),
    rejections: [],
    handle: async ({ customerId, shippingMethodId, ...wish }, context, deps: TaxDeps & DeliveryDeps) => {
      const { aggregates, clock } = deps;
      const at = clock.now();
      const state = await aggregates.of(cart).load(customerId);
      const { coupon } = state.coupon ?? {};
      const given = coupon === undefined ? {} : { coupon };
      const currency = state.lines[0]?.unitPrice.currency;
      if (currency === undefined)
        return {
          kind: 'accepted',
          value: { lines: [], promotions: [], shippingOptions: [], ...given },
        };
      const lines = await offeredLines(aggregates, state);
      const offer = await loadOffer(deps, { ...state, customerId, lines, at }, context);
      const { discounts, refusal } = offer;
      const goods = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amountMinor * quantity, 0);
      const discount = discounts.reduce((sum, amount) => sum + amount, 0);
      const { destination, shipTo } = (await knownDelivery(deps, customerId, wish)) ?? {};
      const goodsToSend = { ...consignmentOf(lines, discounts), destination };
      const options = await shippingOptionsOf(deps, goodsToSend);
      const chosen = options.find((option) => option.shippingMethodId === shippingMethodId);
      const shipping = chosen?.charge;
      const sold = {
        lines: lines.map((line, index) => ({ ...line, discount: money(discounts[index] ?? 0, currency) })),
        shipping: chosen && shipping && { ...chosen, charge: shipping },
        taxTerms: await taxTermsOf(deps, { customerId, shipTo, at }),
      };
      const taxed = withTax(sold, currency);
      const { tax } = taxed;
      const value = {
        lines: lines.map(({ productId }, index) => ({
          productId,
          discount: money(discounts[index] ?? 0, currency),
        })),
        promotions: offer.promotions.map(({ coupon: code, ...applied }) =>
          code === undefined ? applied : { ...applied, coupon: code },
        ),
        goods: money(goods, currency),
        discount: money(discount, currency),
        shippingOptions: options.map(({ charge, ...option }) =>
          charge === undefined ? option : { ...option, charge },
        ),
        ...(shipping && { shipping }),
        ...(tax && { tax }),
        total: money(orderTotalOf(taxed), currency),
        ...(destination && { destination }),
        ...given,
        ...(refusal && { problem: { code: refusal.code, message: messageOf(refusal) } }),
      };
      return { kind: 'accepted', value };
    },
  }),

  applyCoupon: useCase({
    summary: "Gives the code of a coupon for the caller's cart, in place of one that was given before.",
    allow: { by: 'owner', or: 'cart:change' },
    input: z.object({ customerId: callerIdSchema, coupon: couponSchema }),
    success: z.object({}),
    rejections: ['CART_EMPTY', 'COUPON_UNKNOWN', ...applicableRejections],
    handle: async ({ customerId, coupon }, context, deps) => {
      const { aggregates, clock } = deps;
      const promotionId = promotionIdOfCoupon(coupon);
      if ((await aggregates.of(promotion).load(promotionId)).status === 'NONE')
        return rejected({ code: 'COUPON_UNKNOWN', coupon });
      const state = await aggregates.of(cart).load(customerId);
      const at = clock.now();
      if (state.lines.length > 0) {
        const lines = await offeredLines(aggregates, state);
        const tried = { ...state, coupon: { promotionId, coupon }, customerId, lines, at };
        const { refusal } = await loadOffer(deps, tried, context);
        if (refusal) return rejected(refusal);
      }
      const command = { type: 'ApplyCoupon', customerId, promotionId, coupon, at } as const;
      return outcomeOf(await aggregates.of(cart).execute(customerId, command, context), nothing);
    },
  }),

  removeCoupon: useCase({
    summary: "Removes the code of the coupon from the caller's cart.",
    allow: { by: 'owner', or: 'cart:change' },
    input: z.object({ customerId: callerIdSchema }),
    success: z.object({}),
    rejections: [],
    handle: async ({ customerId }, context, { aggregates, clock }) => {
      const command = { type: 'RemoveCoupon', customerId, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(cart).execute(customerId, command, context), nothing);
    },
  }),
};
