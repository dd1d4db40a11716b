import { accept, epochMsOf, isBlank, later, reject, unreachable } from '../kernel';
import type { Decision, Millis } from '../kernel';
import { isPositive } from '../money';
import type { Money } from '../money';
import type {
  ConfirmPromotionUse,
  CreatePromotion,
  PromotionCommand,
  PromotionField,
  PromotionRejection,
  ReleasePromotionUse,
  ReservePromotionUse,
  StopPromotion,
} from './commands';
import type { PromotionEvent, PromotionRule } from './events';
import { isLimited, refusalOfUse } from './state';
import type { KnownPromotion, PromotionState } from './state';

type PromotionDecision = Decision<PromotionEvent, PromotionRejection>;

/** The limit of the uses of one promotion, because all of them are in one stream. */
export const promotionUsesMax = 100_000;
export const promotionProductsMax = 200;
export const promotionCategoriesMax = 50;

/** Capital letters, digits, `-` and `_`, so that a code can be read aloud and typed. */
const COUPON = /^[A-Z0-9][A-Z0-9_-]{2,39}$/;

const isWholeWithin = (value: number, max: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= max;

const isMissingOr = <Value>(value: Value | undefined, test: (value: Value) => boolean): boolean =>
  value === undefined || test(value);

const currenciesOf = ({ amount, discountMax, minimum }: PromotionRule): ReadonlySet<string> =>
  new Set([amount, discountMax, minimum].flatMap((sum: Money | undefined) => sum?.currency ?? []));

/** Returns the first field that is wrong; undefined for a valid rule. */
const wrongFieldOf = (rule: PromotionRule): PromotionField | undefined => {
  const { percent, amount, discountMax, productIds, categories, startsAt, endsAt } = rule;
  const checks: readonly (readonly [PromotionField, boolean])[] = [
    ['name', !isBlank(rule.name)],
    ['coupon', isMissingOr(rule.coupon, (coupon) => COUPON.test(coupon))],
    // A promotion has exactly one of the two.
    ['percent', (percent === undefined) !== (amount === undefined)],
    ['percent', isMissingOr(percent, (value) => isWholeWithin(value, 100))],
    ['amount', isMissingOr(amount, isPositive)],
    ['discountMax', isMissingOr(discountMax, (sum) => isPositive(sum) && percent !== undefined)],
    // Two sums of different currencies cannot be compared.
    ['minimum', isMissingOr(rule.minimum, isPositive) && currenciesOf(rule).size <= 1],
    ['productIds', isMissingOr(productIds, (ids) => isWholeWithin(ids.length, promotionProductsMax))],
    ['categories', isMissingOr(categories, (names) => isWholeWithin(names.length, promotionCategoriesMax))],
    [
      'endsAt',
      isMissingOr(endsAt, (end) => isMissingOr(startsAt, (start) => epochMsOf(start) < epochMsOf(end))),
    ],
    ['usesMax', isMissingOr(rule.usesMax, (max) => isWholeWithin(max, promotionUsesMax))],
    ['usesOfCustomerMax', isMissingOr(rule.usesOfCustomerMax, (max) => isWholeWithin(max, promotionUsesMax))],
  ];
  return checks.find(([, isRight]) => !isRight)?.[0];
};

/** A limit for each customer needs a limit for all, because all uses are in one stream. */
const bounded = (rule: PromotionRule): PromotionRule => {
  const usesMax = rule.usesMax ?? (rule.usesOfCustomerMax === undefined ? undefined : promotionUsesMax);
  return { ...rule, usesMax };
};

const isSame = (one: PromotionRule, other: PromotionRule): boolean => {
  // A stored rule does not have the keys of what is undefined.
  const written = (rule: PromotionRule): string =>
    JSON.stringify(
      Object.entries(rule)
        .filter(([, value]) => value !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  return written(one) === written(other);
};

const createPromotion = (
  { promotionId, rule, at }: CreatePromotion,
  state: PromotionState,
): PromotionDecision => {
  const field = wrongFieldOf(rule);
  if (field !== undefined) return reject({ code: 'PROMOTION_INVALID', field });
  if (state.status === 'NONE')
    return accept({ type: 'PromotionCreated', data: { promotionId, rule: bounded(rule), createdAt: at } });
  // A code is one promotion for ever, so that an old order's code still says what it meant.
  return isSame(state.rule, bounded(rule))
    ? accept()
    : reject({ code: 'COUPON_TAKEN', coupon: state.rule.coupon ?? '' });
};

const stopPromotion = ({ promotionId, at }: StopPromotion, { status }: KnownPromotion): PromotionDecision =>
  status === 'STOPPED'
    ? accept()
    : accept({ type: 'PromotionStopped', data: { promotionId, stoppedAt: at } });

/** A use that is held for less than this is reserved again, so that it cannot lapse while its order is placed. */
const HELD_MIN_MS = (5 * 60_000) as Millis;

const reserveUse = (command: ReservePromotionUse, state: KnownPromotion): PromotionDecision => {
  const { promotionId, orderId, customerId, heldUntil, at } = command;
  const { neededUntil = later(at, HELD_MIN_MS) } = command;
  const refusal = refusalOfUse(state, command);
  if (refusal !== undefined) return reject(refusal);
  // Without a limit there is nothing to count, and the stream of a rule that applies to every order stays short.
  if (!isLimited(state.rule)) return accept();
  const use = state.uses.get(orderId);
  const reserved = {
    type: 'PromotionUseReserved',
    data: { promotionId, orderId, customerId, heldUntil, reservedAt: at },
  } as const;
  if (use === undefined) return accept<PromotionEvent>(reserved);
  const isLong = isMissingOr(use.heldUntil, (end) => epochMsOf(neededUntil) <= epochMsOf(end));
  if (isLong) return accept();
  const released = { type: 'PromotionUseReleased', data: { promotionId, orderId, releasedAt: at } } as const;
  return accept<PromotionEvent>(released, reserved);
};

const confirmUse = (
  { promotionId, orderId, at }: ConfirmPromotionUse,
  { uses }: KnownPromotion,
): PromotionDecision =>
  // A use that was released, or confirmed already, is not held.
  uses.get(orderId)?.heldUntil === undefined
    ? accept()
    : accept({ type: 'PromotionUseConfirmed', data: { promotionId, orderId, confirmedAt: at } });

const releaseUse = (
  { promotionId, orderId, at }: ReleasePromotionUse,
  { uses }: KnownPromotion,
): PromotionDecision =>
  uses.get(orderId) === undefined
    ? accept()
    : accept({ type: 'PromotionUseReleased', data: { promotionId, orderId, releasedAt: at } });

export const decide = (command: PromotionCommand, state: PromotionState): PromotionDecision => {
  if (command.type === 'CreatePromotion') return createPromotion(command, state);
  const { promotionId } = command;
  if (state.status === 'NONE') return reject({ code: 'PROMOTION_NOT_FOUND', promotionId });
  switch (command.type) {
    case 'StopPromotion':
      return stopPromotion(command, state);
    case 'ReservePromotionUse':
      return reserveUse(command, state);
    case 'ConfirmPromotionUse':
      return confirmUse(command, state);
    case 'ReleasePromotionUse':
      return releaseUse(command, state);
    default:
      return unreachable(command);
  }
};
