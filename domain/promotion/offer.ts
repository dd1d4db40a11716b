import type { AccountId, Instant, OrderId, ProductId, PromotionId } from '../kernel';
import { split } from '../money';
import type { Money } from '../money';
import type { PromotionRefusal } from './commands';
import type { PromotionRule } from './events';
import { refusalOfUse } from './state';
import type { KnownPromotion } from './state';

/** Goods that are about to be ordered. */
export type OfferedLine = {
  readonly productId: ProductId;
  readonly category: string;
  readonly quantity: number;
  readonly unitPrice: Money;
};

/** A promotion of an order, with the sum that it takes off. */
export type AppliedPromotion = {
  readonly promotionId: PromotionId;
  readonly name: string;
  readonly coupon?: string | undefined;
  readonly amount: Money;
};

/**
 * The discounts of an order. `discounts`: in minor units, one for each line. `refusal`: the reason why the coupon does not
 * apply; the rest holds without it.
 */
export type Offer = {
  readonly discounts: readonly number[];
  readonly promotions: readonly AppliedPromotion[];
  readonly refusal?: PromotionRefusal | undefined;
};

/** `lines`: of one currency, at least one. `automatic`: the promotions that apply by themselves. */
export type OfferRequest = {
  readonly orderId: OrderId;
  readonly customerId: AccountId;
  readonly lines: readonly OfferedLine[];
  readonly automatic: readonly KnownPromotion[];
  readonly coupon?: KnownPromotion | undefined;
  readonly at: Instant;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const isOfPromotion = ({ productIds, categories }: PromotionRule, line: OfferedLine): boolean =>
  (productIds === undefined && categories === undefined) ||
  (productIds?.includes(line.productId) ?? false) ||
  (categories?.includes(line.category) ?? false);

const amountOf = ({ percent, amount, discountMax }: PromotionRule, goods: number): number => {
  const most = discountMax?.amountMinor ?? goods;
  // The shop does not give a part of a minor unit.
  const asked =
    percent === undefined ? (amount?.amountMinor ?? 0) : Number((BigInt(goods) * BigInt(percent)) / 100n);
  return Math.min(asked, most, goods);
};

type Discounts = readonly number[];

/** Returns what the promotion takes off each line, of which `left` is to be paid, or the reason why it does not apply. */
const discountsOf = (
  { promotionId, rule }: KnownPromotion,
  lines: readonly OfferedLine[],
  left: readonly number[],
): Discounts | PromotionRefusal => {
  const currency = (rule.amount ?? rule.minimum ?? rule.discountMax)?.currency;
  const weights = lines.map((line, index) =>
    isOfPromotion(rule, line) && (currency === undefined || currency === line.unitPrice.currency)
      ? (left[index] ?? 0)
      : 0,
  );
  const goods = sum(weights);
  if (goods === 0) return { code: 'PROMOTION_HAS_NO_GOODS', promotionId };
  const { minimum } = rule;
  if (minimum !== undefined && goods < minimum.amountMinor) {
    const reached = { amountMinor: goods, currency: minimum.currency };
    return { code: 'PROMOTION_MINIMUM_NOT_REACHED', promotionId, minimum, reached };
  }
  const amount = amountOf(rule, goods);
  // An order of nothing could not be paid, nor refunded.
  if (amount >= sum(left)) return { code: 'PROMOTION_TAKES_ALL', promotionId };
  // A discount of nothing must not take one of the promotion's uses.
  return amount === 0 ? { code: 'PROMOTION_HAS_NO_GOODS', promotionId } : split(amount, weights);
};

const isRefusal = (found: Discounts | PromotionRefusal): found is PromotionRefusal => 'code' in found;

const tried = (
  promotion: KnownPromotion,
  request: OfferRequest,
  left: readonly number[],
): Discounts | PromotionRefusal =>
  refusalOfUse(promotion, request) ?? discountsOf(promotion, request.lines, left);

const appliedOf = (
  { promotionId, rule: { name, coupon } }: KnownPromotion,
  discounts: Discounts,
  { lines }: OfferRequest,
): readonly AppliedPromotion[] => {
  const currency = lines[0]?.unitPrice.currency;
  return currency === undefined
    ? []
    : [{ promotionId, name, coupon, amount: { amountMinor: sum(discounts), currency } }];
};

/** Returns the automatic promotion that takes most off; of equals, the one with the lower id. */
const bestOf = (
  request: OfferRequest,
  left: readonly number[],
): { readonly promotion: KnownPromotion; readonly discounts: Discounts } | undefined => {
  const candidates = request.automatic.flatMap((promotion) => {
    const discounts = tried(promotion, request, left);
    return isRefusal(discounts) ? [] : [{ promotion, discounts }];
  });
  const [best] = candidates.toSorted(
    (a, b) =>
      sum(b.discounts) - sum(a.discounts) || (a.promotion.promotionId < b.promotion.promotionId ? -1 : 1),
  );
  return best;
};

/**
 * Returns the discounts of an order: first the best automatic promotion, then the coupon on what is left to be paid. Each is
 * split onto its goods by the largest remainder.
 */
export const offerOf = (request: OfferRequest): Offer => {
  const { lines, coupon } = request;
  const prices = lines.map(({ unitPrice, quantity }) => unitPrice.amountMinor * quantity);
  const best = bestOf(request, prices);
  const first = best?.discounts ?? lines.map(() => 0);
  const promotions = best ? appliedOf(best.promotion, first, request) : [];
  if (coupon === undefined) return { discounts: first, promotions };
  const left = prices.map((price, index) => price - (first[index] ?? 0));
  const second = tried(coupon, request, left);
  if (isRefusal(second)) return { discounts: first, promotions, refusal: second };
  return {
    discounts: first.map((discount, index) => discount + (second[index] ?? 0)),
    promotions: [...promotions, ...appliedOf(coupon, second, request)],
  };
};
