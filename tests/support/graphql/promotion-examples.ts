import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { PromotionId, ShippingMethodId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import type { Example } from './account-examples';
import { ids } from './edge';

const gbp = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const { ada, mug } = ids;
const place = { x: 3, y: -9 };
const promotionId = ids.review as string as PromotionId;
const ofCart = { select: 'cart { itemCount }', shows: { cart: { itemCount: 2 } } };
const rule = {
  ...{ name: 'Spring', coupon: 'SPRING', percent: 10, discountMax: gbp, minimum: gbp },
  ...{ productIds: [mug], categories: ['kitchen'], usesMax: 100, usesOfCustomerMax: 1 },
  ...{ startsAt: '2026-03-01T00:00:00.000Z', endsAt: '2026-04-01T00:00:00.000Z' },
};
// The read model does not show it yet.
const ofPromotion = { select: 'promotion { id }', shows: { promotion: null } };

/** Examples of the mutations about promotions, and of the one that uses them. */
export const promotionExamples: {
  readonly [
    Name in Extract<
      MutationName,
      'createPromotion' | 'stopPromotion' | 'applyCoupon' | 'removeCoupon' | 'placeOrder'
    >
  ]: Example<Name>;
} = {
  createPromotion: {
    input: { ...rule, amount: null },
    sends: rule as never,
    value: { promotionId },
    ...ofPromotion,
  },
  stopPromotion: { input: { promotionId }, sends: { promotionId }, value: {}, ...ofPromotion },
  applyCoupon: {
    input: { coupon: 'SPRING' },
    sends: { customerId: ada, coupon: 'SPRING' },
    value: {},
    ...ofCart,
  },
  placeOrder: {
    input: {
      ...{ destination: place, addressId: null, carrierAccount: null, paymentMethod: 'test' },
      address: { recipient: 'Ada', line1: '1 Quay', line2: null, city: 'Hull', country: 'gb' },
      warehouseId: '1',
      ...{ shippingMethodId: ids.review, expectedTotal: gbp, quote: 'signed' },
      ...{ noteToSeller: 'Pack it well.', gift: { message: null, withoutPrices: true } },
    },
    sends: {
      ...{ customerId: ada, destination: place, paymentMethod: 'test', warehouseId: ids.warehouse },
      address: { recipient: 'Ada', line1: '1 Quay', city: 'Hull', country: 'gb' },
      ...{ shippingMethodId: ids.review as string as ShippingMethodId, expectedTotal: gbp, quote: 'signed' },
      ...{ noteToSeller: 'Pack it well.', gift: { withoutPrices: true } },
    },
    value: { orderId: ids.order },
    select: 'order { id }',
    shows: { order: { id: ids.order } },
  },
  removeCoupon: { input: {}, sends: { customerId: ada }, value: {}, ...ofCart },
};

type PromotionCode = Extract<
  Rejection['code'],
  `PROMOTION_${string}` | `COUPON_${string}` | `AUTOMATIC_${string}` | 'TOTAL_CHANGED'
>;

/** One rejection of each code about promotions, with figures. */
export const promotionSamples: {
  readonly [Code in PromotionCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  TOTAL_CHANGED: { was: gbp, now: { ...gbp, amountMinor: 1_400 } },
  PROMOTION_NOT_FOUND: { promotionId },
  PROMOTION_INVALID: { field: 'percent' },
  COUPON_TAKEN: { coupon: 'SPRING' },
  COUPON_UNKNOWN: { coupon: 'SPRING' },
  AUTOMATIC_PROMOTIONS_FULL: { max: 50 },
  PROMOTION_NOT_ACTIVE: { promotionId, state: 'ENDED' },
  PROMOTION_USED_UP: { promotionId, usesMax: 100 },
  PROMOTION_USED_BY_CUSTOMER: { promotionId, usesMax: 1 },
  PROMOTION_HAS_NO_GOODS: { promotionId },
  PROMOTION_MINIMUM_NOT_REACHED: { promotionId, minimum: gbp, reached: { ...gbp, amountMinor: 5 } },
  PROMOTION_TAKES_ALL: { promotionId },
};
